import { addDays } from './time/civil.ts';
import { toLocal } from './time/zone.ts';

/** Of Slack's own statuses these two mean being away; what else somebody writes there is nobody's business. */
const meansAway: readonly string[] = [':face_with_thermometer:', ':palm_tree:'];

/** A status that says that somebody is away. */
export interface AwayStatus {
  emoji: string;
  /** Null: until it is cleared. */
  until: number | null;
}

/** Slack counts the end in seconds; nought is none. */
export function awayStatusIn(profile: {
  status_emoji?: string | undefined;
  status_expiration?: number | undefined;
}): AwayStatus | null {
  const { status_emoji: emoji = '', status_expiration: expiration = 0 } = profile;
  // With a tone of skin it is the same status.
  const plain = emoji.replace(/::skin-tone-\d:$/, ':');
  if (!meansAway.includes(plain)) return null;
  return { emoji: plain, until: expiration > 0 ? expiration * 1000 : null };
}

/** Tells one status from another. */
export const statusKey = (status: AwayStatus | null): string | null =>
  status === null ? null : `${status.emoji} ${status.until ?? ''}`;

/**
 * The days, both included, on which a status says that somebody is away; none where it is over. Somebody who is back
 * when their day begins is not away on it. One without an end holds for today and tomorrow: whoever reads it daily moves it on,
 * and nothing that lies further ahead is called off for it.
 */
export function daysAway(
  status: AwayStatus,
  now: number,
  { zone, starts }: { zone: string; starts: string },
): { firstDay: string; lastDay: string } | undefined {
  const { date: firstDay } = toLocal(now, zone);
  if (status.until === null) return { firstDay, lastDay: addDays(firstDay, 1) };
  const end = toLocal(status.until, zone);
  const lastDay = end.time <= starts ? addDays(end.date, -1) : end.date;
  return status.until <= now || lastDay < firstDay ? undefined : { firstDay, lastDay };
}
