import { weekOf } from './sending.ts';
import { addDays } from './time/civil.ts';

/** Which weeks a manager can still tell of, each by its Monday: this one and the last four, the latest first. */
export function weeksToTell(today: string): string[] {
  const thisWeek = weekOf(today);
  return [0, 1, 2, 3, 4].map((back) => addDays(thisWeek, -7 * back));
}

/** The Monday of a period such as '2026-W10'. */
export function mondayOf(period: string): string {
  const [year = '', week = ''] = period.split('-W');
  // The fourth of January is in the first week, whatever day it is.
  return addDays(weekOf(`${year}-01-04`), 7 * (Number(week) - 1));
}

/** What is known of a week that could be told of. */
export interface TellableWeek {
  week: string;
  reported: boolean;
  /** When its report falls or fell due, where one is asked for and was not excused. */
  dueAt: number | undefined;
}

/**
 * The week meant by somebody who names none: this week, unless last week's report is missing and this week's is
 * not asked for yet.
 */
export function weekMeant(weeks: readonly TellableWeek[], now: number): string {
  const [current, last] = weeks;
  if (current === undefined) throw new Error('no week can be told of');
  const isAsked = current.reported || (current.dueAt !== undefined && current.dueAt <= now);
  const isMissing = last?.reported === false && last.dueAt !== undefined;
  return !isAsked && isMissing ? last.week : current.week;
}
