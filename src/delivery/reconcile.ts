import { settleDelivery, takeUnclear, type UnclearDelivery } from '#storage/deliveries.ts';
import { insertMessage, markMessage } from '#storage/messages.ts';
import { markAsked } from '#storage/occurrences.ts';
import type { Draining } from './settings.ts';
import { slackAnswerOf } from './slack-answer.ts';

/** Slack's clock and ours need not agree to the second. */
const clocksApart = 5 * 60_000;

/** While one of several waits for its turn to read, or for the reader to come back. */
const lease = 60_000;

/** Slack will not let this conversation be read; only an operator can say whether the message is there. */
const unreadable = new Set(['missing_scope', 'channel_not_found', 'not_in_channel', 'access_denied', 'no_permission']);
const unreadableAgain = 6 * 60 * 60_000;

/**
 * Settles what was begun and whose end is unclear: once the quarantine is over, the conversation is searched
 * for the message's key. Found means delivered; not found means that it may be posted again. Where the
 * conversation cannot be read, uncertain stays uncertain.
 */
export async function reconcile(draining: Draining): Promise<number> {
  const { context, workspaceId } = draining;
  const { clock, database, quarantine } = context;
  const machineNow = clock.machineNow();
  const unclear = await database.inWorkspace(workspaceId, (trx) =>
    takeUnclear(
      trx,
      workspaceId,
      new Date(machineNow - quarantine),
      new Date(machineNow),
      new Date(machineNow + lease),
    ),
  );
  const byChannel = Map.groupBy(unclear, (one) => one.channel);
  for (const [channel, deliveries] of byChannel) {
    if (draining.stopping()) break;
    await settleConversation(draining, channel, deliveries);
  }
  return unclear.length;
}

async function settleConversation(draining: Draining, channel: string, deliveries: UnclearDelivery[]): Promise<void> {
  const { context, workspaceId } = draining;
  const { clock, database, log } = context;
  const oldest = Math.min(...deliveries.map((one) => one.intentAt.getTime())) - clocksApart;
  const read = await readKeys(draining, channel, oldest);
  const at = new Date(clock.now());
  await database.inWorkspace(workspaceId, async (trx) => {
    for (const one of deliveries) {
      const base = { id: one.id, fence: one.fence };
      if (read.kind === 'unread') {
        const wait = unreadable.has(read.answer) ? unreadableAgain : (read.retryAfter ?? 30) * 1000;
        const retryAt = new Date(clock.machineNow() + wait);
        await settleDelivery(trx, workspaceId, { ...base, to: 'uncertain', answer: read.answer, retryAt });
        continue;
      }
      const ts = read.keys.get(one.postKey);
      if (ts === undefined) {
        await settleDelivery(trx, workspaceId, { ...base, to: 'pending', answer: 'not_found_in_conversation' });
        continue;
      }
      const settled = { ...base, to: 'delivered', answer: 'found_in_conversation', settledAt: at } as const;
      if (!(await settleDelivery(trx, workspaceId, settled))) continue;
      await insertMessage(trx, workspaceId, {
        id: one.id,
        deliveryId: one.id,
        channel,
        ts,
        contentHash: '',
        postedAt: at,
      });
      await markAsked(trx, workspaceId, [one.id], at);
      // What it says was composed by whoever posted it, and may be out of date by now.
      await markMessage(trx, workspaceId, one.id);
    }
  });
  log.info({ workspaceId, channel, deliveries: deliveries.length, read: read.kind }, 'unclear messages looked for');
}

type Read =
  | { kind: 'read'; keys: Map<string, string> }
  | { kind: 'unread'; answer: string; retryAfter: number | undefined };

/** The keys of our messages since an instant, with their ts; all pages, or nothing. */
async function readKeys({ context, workspaceId }: Draining, channel: string, since: number): Promise<Read> {
  const keys = new Map<string, string>();
  const client = context.slack.client(workspaceId);
  try {
    let cursor: string | undefined;
    do {
      const page = await client.conversations.history({
        channel,
        oldest: (since / 1000).toFixed(6),
        include_all_metadata: true,
        limit: 200,
        ...(cursor === undefined ? {} : { cursor }),
      });
      for (const message of page.messages ?? []) {
        const key = keyOf(message.metadata);
        if (key !== undefined && message.ts !== undefined) keys.set(key, message.ts);
      }
      cursor = page.has_more === true ? page.response_metadata?.next_cursor || undefined : undefined;
    } while (cursor !== undefined);
    return { kind: 'read', keys };
  } catch (error) {
    return { kind: 'unread', ...slackAnswerOf(error) };
  }
}

function keyOf(metadata: unknown): string | undefined {
  const payload = (metadata as { event_payload?: { key?: unknown } } | undefined)?.event_payload;
  return typeof payload?.key === 'string' ? payload.key : undefined;
}
