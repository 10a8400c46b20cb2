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
  'users.list': 20,
  'users.profile.get': 100,
};

/** A Slack that counts nothing, as that of the sandbox. */
export const unlimited: MethodLimits = {};

/**
 * Longer than Slack's minute: a call reaches Slack a little after it was allowed, at its turn in its batch. In between
 * there is room at Slack that nothing scheduled takes: for whoever waits for an answer and was told to come back.
 */
export const countedFor = 61_000;

/** Calls of so many milliseconds are counted together, from the first of them on. */
const together = 100;

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
  const made = recent.reduce((sum, one) => sum + one.calls, 0);
  if (made < limit) return { calls: limit - made, again: undefined, recent };
  return { calls: 0, again: whenLessThan(limit, recent, made), recent };
}

/** What people were answered counts too, and goes out whatever was made: it may be more than the limit. */
function whenLessThan(limit: number, recent: readonly Calls[], made: number): number | undefined {
  let left = made;
  for (const { at, calls } of recent.toSorted((a, b) => a.at - b.at)) {
    left -= calls;
    if (left < limit) return at + countedFor;
  }
  return undefined;
}

/** Counts calls that are about to be made. A minute is as many entries as there were calls, at most. */
export function countCalls(recent: readonly Calls[], calls: number, now: number): Calls[] {
  if (calls === 0) return [...recent];
  const at = Math.floor(now / together) * together;
  const same = recent.find((one) => one.at === at);
  return same === undefined
    ? [...recent, { at, calls }]
    : recent.map((one) => (one === same ? { at, calls: one.calls + calls } : one));
}

/** Between two posts in one conversation. */
export const betweenPosts = 1_000;
