/** When a rule falls due. Nothing here knows what time it is: the moment to count from is a parameter. */

import { type IsWorkingDay, type Periods, periodsOf } from './recurrence-periods.ts';
import type { Rule } from './recurrence-rule.ts';
import { minuteOfDay } from './time/civil.ts';
import { instantAt, localDay } from './time/zone.ts';

export { type Rule, ruleSchema } from './recurrence-rule.ts';

export type Occurrence = {
  /** Names the week, month or quarter: '2026-W47', '2026-11', '2026-Q4', 'FY2027-Q4'. */
  readonly period: string;
  /** Epoch milliseconds. */
  readonly due: number;
};

/** The first occurrence that falls due strictly after `after`. Working days are Monday to Friday unless told. */
export function nextOccurrence(
  rule: Rule,
  zone: string,
  after: number,
  isWorkingDay?: IsWorkingDay,
): Occurrence {
  const periods = periodsOf(rule, isWorkingDay);
  const minute = minuteOfDay(rule.time);
  for (let period = earliestPeriod(periods, zone, after); ; period += periods.step) {
    const due = instantAt(periods.dayOf(period), minute, zone);
    if (due > after) return { period: periods.keyOf(period), due };
  }
}

/** Those with `after` < due ≤ `until`, so that windows laid end to end hold each occurrence once. */
export function occurrencesBetween(
  rule: Rule,
  zone: string,
  after: number,
  until: number,
  isWorkingDay?: IsWorkingDay,
): Occurrence[] {
  const periods = periodsOf(rule, isWorkingDay);
  const minute = minuteOfDay(rule.time);
  const occurrences: Occurrence[] = [];
  for (let period = earliestPeriod(periods, zone, after); ; period += periods.step) {
    const due = instantAt(periods.dayOf(period), minute, zone);
    if (due > until) return occurrences;
    if (due > after) occurrences.push({ period: periods.keyOf(period), due });
  }
}

// From the day before: a gap over midnight (Nuuk), or a skipped date (Apia 2011), moves the last moment of
// one period into the next.
function earliestPeriod(periods: Periods, zone: string, after: number): number {
  return periods.at(localDay(after, zone) - 1);
}
