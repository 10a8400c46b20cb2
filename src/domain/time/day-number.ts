/**
 * Civil days as whole numbers (1970-01-01 is 0) and months as whole numbers (January of year 0 is 0).
 * A rule is evaluated on these; text appears only at the edges.
 */

export const MS_PER_DAY = 86_400_000;

export type NthInMonth = 1 | 2 | 3 | 4 | 'last';

/** ISO: Monday is 1, Sunday is 7. Day 0 was a Thursday. */
export function weekdayOfDay(day: number): number {
  return modulo(day + 3, 7) + 1;
}

/** Weeks run from Monday to Sunday; week 0 holds day 0. */
export function weekOfDay(day: number): number {
  return Math.floor((day + 3) / 7);
}

export function dayInWeek(week: number, weekday: number): number {
  return week * 7 - 3 + (weekday - 1);
}

/** '2026-W47'. The year is the one that holds the week's Thursday, so it can differ from the date's own. */
export function weekKey(week: number): string {
  const thursday = dayInWeek(week, 4);
  const year = new Date(thursday * MS_PER_DAY).getUTCFullYear();
  const number = Math.floor((thursday - firstDayOfMonth(year * 12)) / 7) + 1;
  return `${padYear(year)}-W${pad(number)}`;
}

export function monthOfDay(day: number): number {
  const date = new Date(day * MS_PER_DAY);
  return date.getUTCFullYear() * 12 + date.getUTCMonth();
}

export function firstDayOfMonth(month: number): number {
  return Date.UTC(Math.floor(month / 12), modulo(month, 12)) / MS_PER_DAY;
}

export function lastDayOfMonthNumber(month: number): number {
  return firstDayOfMonth(month + 1) - 1;
}

export function nthWeekday(month: number, nth: NthInMonth, weekday: number): number {
  if (nth === 'last') {
    const last = lastDayOfMonthNumber(month);
    return last - modulo(weekdayOfDay(last) - weekday, 7);
  }
  const first = firstDayOfMonth(month);
  return first + modulo(weekday - weekdayOfDay(first), 7) + (nth - 1) * 7;
}

/** '2026-11' */
export function monthKey(month: number): string {
  return `${padYear(Math.floor(month / 12))}-${pad(modulo(month, 12) + 1)}`;
}

export function modulo(value: number, divisor: number): number {
  return ((value % divisor) + divisor) % divisor;
}

export function pad(value: number): string {
  return value < 10 ? `0${value}` : `${value}`;
}

export function padYear(year: number): string {
  return year >= 1000 ? `${year}` : `${year}`.padStart(4, '0');
}
