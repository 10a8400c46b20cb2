/**
 * A rule as a ladder of periods: each has a number, exactly one day on which it falls due, and a key. The
 * key names the period and not the day, so that moving a slot within its week keeps the occurrence.
 */

import type { DayOfMonth, Rule } from './recurrence-rule.ts';
import { dateOfDay, dayNumber } from './time/civil.ts';
import {
  dayInWeek,
  firstDayOfMonth,
  lastDayOfMonthNumber,
  modulo,
  monthKey,
  monthOfDay,
  nthWeekday,
  padYear,
  weekdayOfDay,
  weekKey,
  weekOfDay,
} from './time/day-number.ts';

export type IsWorkingDay = (date: string) => boolean;

export type Periods = {
  /** The period that holds a day, or the next one where the rule leaves weeks out. */
  at(day: number): number;
  readonly step: number;
  dayOf(period: number): number;
  keyOf(period: number): string;
};

export function periodsOf(rule: Rule, isWorkingDay?: IsWorkingDay): Periods {
  const works = isWorkingDay === undefined ? isMondayToFriday : (day: number) => isWorkingDay(dateOfDay(day));
  switch (rule.kind) {
    case 'weekly': {
      const anchor = weekOfDay(dayNumber(rule.anchor));
      return {
        at(day) {
          const week = weekOfDay(day);
          return week + modulo(anchor - week, rule.interval);
        },
        step: rule.interval,
        dayOf: (week) => dayInWeek(week, rule.weekday),
        keyOf: weekKey,
      };
    }
    case 'monthly':
      return {
        at: monthOfDay,
        step: 1,
        dayOf: (month) => dayInMonth(rule.on, month, works),
        keyOf: monthKey,
      };
    case 'quarterly': {
      const shift = rule.fiscalYearStart - 1;
      return {
        at: (day) => Math.floor((monthOfDay(day) - shift) / 3),
        step: 1,
        dayOf: (quarter) => dayInMonth(rule.on, quarter * 3 + shift, works),
        keyOf: (quarter) => quarterKey(quarter, rule.fiscalYearStart),
      };
    }
  }
}

function dayInMonth(on: DayOfMonth, month: number, works: (day: number) => boolean): number {
  const first = firstDayOfMonth(month);
  const last = lastDayOfMonthNumber(month);
  switch (on.day) {
    case 'nth-weekday':
      return nthWeekday(month, on.nth, on.weekday);
    // A month without a working day still has its occurrence, to be excused rather than missing.
    case 'first-working-day':
      for (let day = first; day <= last; day++) if (works(day)) return day;
      return first;
    case 'last-working-day':
      for (let day = last; day >= first; day--) if (works(day)) return day;
      return last;
  }
}

/** A fiscal year that starts during a calendar year is named for the year in which it ends. */
function quarterKey(quarter: number, fiscalYearStart: number): string {
  const year = Math.floor(quarter / 4);
  const number = modulo(quarter, 4) + 1;
  return fiscalYearStart === 1 ? `${padYear(year)}-Q${number}` : `FY${padYear(year + 1)}-Q${number}`;
}

function isMondayToFriday(day: number): boolean {
  return weekdayOfDay(day) <= 5;
}
