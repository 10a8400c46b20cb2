/** On which day a practice item that is due is really asked for. */

import { type Absence, firstDayWithout } from '../absence.ts';
import type { IsWorkingDay } from '../recurrence-periods.ts';
import { addDays, isoWeek, weekdayOf } from '../time/civil.ts';

/** The due date, or the first day after the absence in which it falls. */
export function suspend(dueOn: string, repId: string, absences: readonly Absence[]): string {
  return firstDayWithout(absences, [repId], dueOn);
}

/** The due date, or the Monday of the first ISO week in which the rep has fewer than `perWeek` planned. */
export function atMostPerWeek(perWeek: number, dueOn: string, planned: readonly string[]): string {
  if (perWeek < 1) throw new RangeError(`Nothing can be planned at ${perWeek} a week`);
  const taken = Map.groupBy(planned, isoWeek);
  let day = dueOn;
  while ((taken.get(isoWeek(day))?.length ?? 0) >= perWeek) day = addDays(day, 8 - weekdayOf(day));
  return day;
}

export interface PracticeCalendar {
  repId: string;
  absences: readonly Absence[];
  isWorkingDay: IsWorkingDay;
  /** What else the rep is asked to practise, and was in the same week. */
  planned: readonly string[];
  perWeek: number;
}

/**
 * The first day from `dueOn` on that is a working day, outside absences, and in a week with room. Moving for
 * one reason can run into another, hence the loop.
 */
export function nextDate(dueOn: string, calendar: PracticeCalendar): string {
  const { repId, absences, isWorkingDay, planned, perWeek } = calendar;
  for (let day = dueOn; ; ) {
    const back = suspend(day, repId, absences);
    const free = atMostPerWeek(perWeek, back, planned);
    if (free === day && isWorkingDay(day)) return day;
    day = free === day ? addDays(day, 1) : free;
  }
}
