import { holidayOn, type PublicHoliday } from './holidays.ts';
import { addDays, lastDayOfMonth, weekdayOf } from './time/civil.ts';
import { toInstant, toLocal } from './time/zone.ts';

/** When a person works, in their own wall time. */
export interface WorkingTime {
  zone: string;
  /** ISO weekdays. */
  days: readonly number[];
  starts: string;
  ends: string;
  /** Whose public holidays are days off; none where it is not known. */
  country?: string | null | undefined;
}

/** What decides about a day as a whole. */
export type WorkingDays = Pick<WorkingTime, 'days' | 'country'>;

const mondayToFriday = [1, 2, 3, 4, 5];

/** Somebody without any working day would never be asked anything: Monday to Friday is meant then. */
export function isWorkingDay(time: WorkingDays, date: string): boolean {
  return isDayOfWeek(time, date) && holidayAt(time, date) === undefined;
}

/** The public holiday that makes a date no working day; what falls on a day off anyway makes no difference. */
export function holidayAtWork(time: WorkingDays, date: string): PublicHoliday | undefined {
  return isDayOfWeek(time, date) ? holidayAt(time, date) : undefined;
}

/** Those among some days from a date on. */
export function holidaysFrom(time: WorkingDays, from: string, days: number): PublicHoliday[] {
  return Array.from({ length: days }, (_, index) => holidayAtWork(time, addDays(from, index))).filter(
    (one) => one !== undefined,
  );
}

const isDayOfWeek = ({ days }: WorkingDays, date: string): boolean =>
  (days.length === 0 ? mondayToFriday : days).includes(weekdayOf(date));

const holidayAt = ({ country }: WorkingDays, date: string): PublicHoliday | undefined =>
  country == null ? undefined : holidayOn(country, date);

export function isWorkingAt(time: WorkingTime, instant: number): boolean {
  const { date, time: wall } = toLocal(instant, time.zone);
  return isWorkingDay(time, date) && wall >= time.starts && wall < time.ends;
}

/** The `count`-th working day after a date; before it where `count` is negative. */
export function addWorkingDays(time: WorkingTime, date: string, count: number): string {
  const step = count < 0 ? -1 : 1;
  let day = date;
  for (let left = Math.abs(count); left > 0; ) {
    day = addDays(day, step);
    if (isWorkingDay(time, day)) left -= 1;
  }
  return day;
}

/** This date if it is a working day, else the next one. */
export function workingDayFrom(time: WorkingTime, date: string): string {
  return isWorkingDay(time, date) ? date : addWorkingDays(time, date, 1);
}

/** The `nth` working day of a date's month, from 1; undefined where the month has fewer. */
export function nthWorkingDayOfMonth(time: WorkingTime, date: string, nth: number): string | undefined {
  const day = addWorkingDays(time, addDays(`${date.slice(0, 7)}-01`, -1), nth);
  return day <= lastDayOfMonth(date) ? day : undefined;
}

/** When a day's card comes: at the usual time, or when the working day begins, whichever is later. */
export function cardMoment(time: WorkingTime, date: string, cardTime: string): number {
  const atUsualTime = cardTime >= time.starts && cardTime < time.ends;
  return toInstant({ date, time: atUsualTime ? cardTime : time.starts }, time.zone);
}

/** The next moment after `after` at which a card may come; today's has to be still ahead. */
export function nextCardMoment(time: WorkingTime, after: number, cardTime: string): number {
  const { date } = toLocal(after, time.zone);
  const today = isWorkingDay(time, date) ? cardMoment(time, date, cardTime) : undefined;
  if (today !== undefined && today > after) return today;
  return cardMoment(time, addWorkingDays(time, date, 1), cardTime);
}
