/** Civil dates as 'YYYY-MM-DD' and wall times as 'HH:MM': no zone, no clock. */

import { z } from 'zod';
import {
  lastDayOfMonthNumber,
  MS_PER_DAY,
  monthOfDay,
  type NthInMonth,
  nthWeekday,
  pad,
  padYear,
  weekdayOfDay,
  weekKey,
  weekOfDay,
} from './day-number.ts';

// Date.UTC reads years below 100 as 19xx, and the text has room for four digits.
const FIRST_YEAR = 100;
const LAST_YEAR = 9999;

export const civilDateSchema = z.iso.date().refine((date) => Number(date.slice(0, 4)) >= FIRST_YEAR);
export const wallTimeSchema = z.iso.time({ precision: -1 });

export function dayNumber(date: string): number {
  const year = digits(date, 0, 4);
  const month = digits(date, 5, 7);
  const day = digits(date, 8, 10);
  const instant = Date.UTC(year, month - 1, day);
  // Date.UTC carries a 30 February over into March.
  const exists =
    year >= FIRST_YEAR && month >= 1 && month <= 12 && day >= 1 && instant <= Date.UTC(year, month, 0);
  if (!exists || date.length !== 10 || date[4] !== '-' || date[7] !== '-') {
    throw new RangeError(`Not a date: ${date}`);
  }
  return instant / MS_PER_DAY;
}

export function dateOfDay(day: number): string {
  const date = new Date(day * MS_PER_DAY);
  const year = date.getUTCFullYear();
  if (!(year >= FIRST_YEAR && year <= LAST_YEAR)) throw new RangeError(`Not within four-digit years: ${day}`);
  return `${padYear(year)}-${pad(date.getUTCMonth() + 1)}-${pad(date.getUTCDate())}`;
}

export function minuteOfDay(time: string): number {
  const hour = digits(time, 0, 2);
  const minute = digits(time, 3, 5);
  if (!(hour < 24 && minute < 60) || time.length !== 5 || time[2] !== ':') {
    throw new RangeError(`Not a wall time: ${time}`);
  }
  return hour * 60 + minute;
}

// Read by hand because every occurrence reads its rule's time and anchor, and a pattern was half of its cost.
function digits(text: string, from: number, to: number): number {
  let value = 0;
  for (let index = from; index < to; index++) {
    const digit = text.charCodeAt(index) - 48;
    if (!(digit >= 0 && digit <= 9)) return Number.NaN;
    value = value * 10 + digit;
  }
  return value;
}

export function addDays(date: string, days: number): string {
  return dateOfDay(dayNumber(date) + days);
}

/** Positive when `to` is the later date. */
export function daysBetween(from: string, to: string): number {
  return dayNumber(to) - dayNumber(from);
}

/** ISO: Monday is 1, Sunday is 7. */
export function weekdayOf(date: string): number {
  return weekdayOfDay(dayNumber(date));
}

/** '2026-W47' */
export function isoWeek(date: string): string {
  return weekKey(weekOfDay(dayNumber(date)));
}

/** The last day of the month that holds `date`. */
export function lastDayOfMonth(date: string): string {
  return dateOfDay(lastDayOfMonthNumber(monthOfDay(dayNumber(date))));
}

/** In the month that holds `date`. */
export function nthWeekdayOfMonth(date: string, nth: NthInMonth, weekday: number): string {
  return dateOfDay(nthWeekday(monthOfDay(dayNumber(date)), nth, weekday));
}
