/** When each of a rep's practice items is asked for next, all of them together. */

import { addDays } from '../time/civil.ts';
import { nextDate, type PracticeCalendar } from './calendar.ts';
import { type PracticeProgress, type Review, replayed, reviewed } from './schedule.ts';

/** A time that was asked and ended without a look back; `missed` unless it was excused. */
export interface Unanswered {
  endedOn: string;
  missed: boolean;
}

/** What was reviewed before an item was brought back stays in the memory and no longer counts towards retiring it. */
export function progressOf(
  firstDueOn: string,
  reviews: { before: readonly Review[]; since: readonly Review[] },
  longestInterval: number,
): PracticeProgress {
  const before = replayed(firstDueOn, reviews.before, longestInterval);
  return reviews.since.reduce<PracticeProgress>(
    (progress, review) => reviewed(progress, review, longestInterval),
    {
      ...before,
      correctAtLongest: 0,
      retired: false,
    },
  );
}

const firstPause = 3;

/**
 * Nothing was learnt from a time that nobody answered, so the schedule stays as it was. The item comes again after
 * three days, and after twice as many each time it is missed again: what is not wanted is asked ever less.
 */
export function askedAgainOn({ endedOn }: Unanswered, missedInARow: number, longestInterval: number): string {
  return addDays(endedOn, Math.min(longestInterval, firstPause * 2 ** Math.max(0, missedInARow - 1)));
}

/** From which day on an item is to be asked for. `unanswered`: since the last review, oldest first. */
export function wantedFrom(
  { dueOn }: PracticeProgress,
  unanswered: readonly Unanswered[],
  earliest: string,
  longestInterval: number,
): string {
  const last = unanswered.at(-1);
  const missed = unanswered.filter((one) => one.missed).length;
  const again = last === undefined ? earliest : askedAgainOn(last, missed, longestInterval);
  return [dueOn, again, earliest].reduce((latest, day) => (day > latest ? day : latest));
}

/**
 * A day for each, in the order in which they are wanted; who is first keeps the place where two want the same day.
 * `taken`: the days of what stays where it is.
 */
export function placedDates(
  wanted: readonly { id: string; from: string }[],
  taken: readonly string[],
  calendar: Omit<PracticeCalendar, 'planned'>,
): Map<string, string> {
  const planned = [...taken];
  const inOrder = wanted.toSorted((one, other) =>
    one.from === other.from ? 0 : one.from < other.from ? -1 : 1,
  );
  return new Map(
    inOrder.map(({ id, from }) => {
      const day = nextDate(from, { ...calendar, planned });
      planned.push(day);
      return [id, day];
    }),
  );
}
