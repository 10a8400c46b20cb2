/**
 * The life of one message to one person, or of a digest to a channel: pending → posting → delivered | uncertain | folded | dropped.
 *
 *   pending ──▶ posting ──▶ delivered
 *      ▲           │ └────▶ uncertain ──▶ delivered   (found in the conversation)
 *      │           │            │
 *      └───────────┴────────────┘                     (certainly not there: may be posted again)
 *   pending ──▶ folded (another message carries it) | dropped (no longer wanted, or Slack will never take it)
 */
export type DeliveryKind = 'card' | 'prompt' | 'digest';

export type DeliveryState = 'pending' | 'posting' | 'delivered' | 'uncertain' | 'folded' | 'dropped';

const next: Record<DeliveryState, readonly DeliveryState[]> = {
  pending: ['posting', 'folded', 'dropped'],
  posting: ['delivered', 'uncertain', 'pending', 'dropped'],
  uncertain: ['delivered', 'pending', 'dropped'],
  delivered: [],
  folded: [],
  dropped: [],
};

export function deliveryMayBecome(from: DeliveryState, to: DeliveryState): boolean {
  return next[from].includes(to);
}

/** The states an update that leads to `to` may start from. */
export function deliveryStatesBefore(to: DeliveryState): DeliveryState[] {
  return (Object.keys(next) as DeliveryState[]).filter((from) => deliveryMayBecome(from, to));
}

/** How long an unclear post is left alone before the conversation is searched for it. */
export const defaultQuarantine = 60_000;

/**
 * A post may only be written to the socket well before anybody else may conclude that it is not there. Both
 * clocks must agree: wall time jumps when a machine is corrected, monotonic time may stop while it sleeps.
 */
export function mayStillPost(
  intent: { machine: number; monotonic: number },
  now: { machine: number; monotonic: number },
  quarantine: number,
): boolean {
  const half = quarantine / 2;
  const wall = now.machine - intent.machine;
  const elapsed = now.monotonic - intent.monotonic;
  return wall >= 0 && wall < half && elapsed < half;
}

const shortestWait = 5_000;
export const longestWait = 600_000;

/** When to try again what Slack certainly did not take: doubling from 5 s to 10 minutes, without a limit on tries. */
export function nextAttemptAt(now: number, attempts: number, retryAfter?: number): number {
  // At least a moment later, whatever Slack says: otherwise it would be tried again at once, over and over.
  if (retryAfter !== undefined) return now + Math.max(1, retryAfter) * 1000;
  return now + Math.min(shortestWait * 2 ** Math.max(0, attempts - 1), longestWait);
}

/** Slack says of these that it cannot show what the blocks are: the same in words may be taken. */
const refusalsOfBlocks = new Set([
  'block_mismatch',
  'invalid_blocks',
  'invalid_blocks_format',
  'msg_blocks_too_long',
]);

export const isAboutBlocks = (answer: string): boolean => refusalsOfBlocks.has(answer);
