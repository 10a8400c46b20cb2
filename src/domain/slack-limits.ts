/**
 * How often Slack may be called. It counts each method for each workspace over the last minute, and asks for a
 * second between two posts in one conversation.
 */

/** Calls of a method that an app may make in a workspace within a minute; none where it is not ours to count. */
export type MethodLimits = Readonly<Record<string, number>>;

/**
 * Of posting Slack says no more than "several hundred a minute" for the workspace: three hundred is the least that can
 * mean. The others are the published tiers.
 */
export const slackLimits: MethodLimits = {
  'chat.postMessage': 300,
  'chat.update': 50,
  'conversations.open': 50,
  'conversations.history': 50,
};

/** A Slack that counts nothing, as that of the sandbox. */
export const unlimited: MethodLimits = {};

/**
 * Longer than Slack's minute: a call is counted from the beginning of the second in which it is allowed, and reaches
 * Slack a little later, at its turn in its batch.
 */
export const countedFor = 61_500;

/** What scheduled work leaves to those who wait for an answer to what they just did. */
const share = 0.98;

/** Calls that were allowed, with the instant of machine time. */
export interface Calls {
  at: number;
  calls: number;
}

export interface Room {
  calls: number;
  /** Where there is none: when there will be. */
  again: number | undefined;
  /** Of those counted so far, the ones that still count. */
  recent: readonly Calls[];
}

/** How many calls scheduled work may make now. */
export function roomFor(limit: number | undefined, counted: readonly Calls[], now: number): Room {
  if (limit === undefined) return { calls: Number.MAX_SAFE_INTEGER, again: undefined, recent: [] };
  const recent = counted
    // A clock that was set back must not leave calls that count for hours.
    .map((one) => ({ ...one, at: Math.min(one.at, now) }))
    .filter((one) => one.at > now - countedFor);
  const most = Math.max(1, Math.floor(limit * share));
  const made = recent.reduce((sum, one) => sum + one.calls, 0);
  if (made < most) return { calls: most - made, again: undefined, recent };
  const first = Math.min(...recent.map((one) => one.at));
  return { calls: 0, again: first + countedFor, recent };
}

/** Counts calls that are about to be made, those of one second together: a minute is sixty-odd entries at most. */
export function countCalls(recent: readonly Calls[], calls: number, now: number): Calls[] {
  if (calls === 0) return [...recent];
  const at = Math.floor(now / 1000) * 1000;
  const same = recent.find((one) => one.at === at);
  return same === undefined
    ? [...recent, { at, calls }]
    : recent.map((one) => (one === same ? { at, calls: one.calls + calls } : one));
}

/** Between two posts in one conversation. */
export const betweenPosts = 1_000;
