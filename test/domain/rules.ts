/** Rules, and moments to ask about, as fast-check makes them; and what they mean, found by walking over days. */

import fc from 'fast-check';
import type { Occurrence, Rule } from '#domain/recurrence.ts';
import { FIRST, instantOf, LAST, localOf, Temporal, transitionsOf, zones } from './time/oracle.ts';

const weekday = fc.integer({ min: 1, max: 7 });
const two = (value: number) => `${value}`.padStart(2, '0');
const anyTime = fc
  .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
  .map(([hour, minute]) => `${two(hour)}:${two(minute)}`);
/** Most changes of the clocks happen between 22:00 and 04:00. */
const nightTime = fc.constantFrom(
  '00:00',
  '00:30',
  '01:30',
  '02:00',
  '02:15',
  '02:30',
  '03:30',
  '23:30',
  '23:59',
);
const time = fc.oneof(anyTime, nightTime);
const date = fc.integer({ min: FIRST, max: LAST }).map((instant) => localOf(instant, 'UTC').date);
const nthWeekday = fc.record({
  day: fc.constant('nth-weekday'),
  nth: fc.constantFrom(...([1, 2, 3, 4, 'last'] as const)),
  weekday,
});
const firstWorkingDay = fc.record({ day: fc.constant('first-working-day') });
const lastWorkingDay = fc.record({ day: fc.constant('last-working-day') });

export const weekly = fc.record({
  kind: fc.constant('weekly'),
  weekday,
  time,
  interval: fc.integer({ min: 1, max: 6 }),
  anchor: date,
});
const monthly = fc.record({
  kind: fc.constant('monthly'),
  on: fc.oneof(nthWeekday, firstWorkingDay, lastWorkingDay),
  time,
});
const quarterly = fc.record({
  kind: fc.constant('quarterly'),
  on: fc.oneof(nthWeekday, firstWorkingDay),
  time,
  fiscalYearStart: fc.integer({ min: 1, max: 12 }),
});

export const rules: fc.Arbitrary<Rule> = fc.oneof(weekly, monthly, quarterly);

/** A zone and a moment, in half of the cases within days of a change of its clocks. */
export const places = fc.constantFrom(...zones).chain((zone) => {
  const transitions = transitionsOf(zone).map(({ at }) => at);
  const anywhere = fc.integer({ min: FIRST, max: LAST });
  const near = fc
    .tuple(fc.constantFrom(FIRST, ...transitions), fc.integer({ min: -9 * 86_400, max: 3 * 86_400 }))
    .map(([at, seconds]) => at + seconds * 1000);
  return fc.record({ zone: fc.constant(zone), after: fc.oneof(anywhere, near) });
});

/** Days off by their place in the month, so long that some months have hardly a working day left. */
export const calendars = fc
  .record({
    weekdays: fc.uniqueArray(weekday, { minLength: 1, maxLength: 7 }),
    offFrom: fc.integer({ min: 1, max: 31 }),
    offFor: fc.integer({ min: 0, max: 12 }),
  })
  .map(({ weekdays, offFrom, offFor }) => (text: string) => {
    const day = Temporal.PlainDate.from(text);
    return weekdays.includes(day.dayOfWeek) && !(day.day >= offFrom && day.day < offFrom + offFor);
  });

/** The rule read literally, day after day. */
export function* walk(rule: Rule, zone: string, after: number, works: Works): Generator<Occurrence> {
  // Two days back: a wall time that did not exist may have moved into the next day.
  let day = Temporal.PlainDate.from(localOf(after, zone).date).subtract({ days: 2 });
  for (;;) {
    if (fallsOn(rule, day, works)) {
      const due = instantOf(day.toString(), rule.time, zone);
      if (due > after) yield { period: periodOf(rule, day), due };
    }
    day = day.add({ days: 1 });
  }
}

type Works = (date: string) => boolean;

function fallsOn(rule: Rule, day: Temporal.PlainDate, works: Works): boolean {
  switch (rule.kind) {
    case 'weekly': {
      if (day.dayOfWeek !== rule.weekday) return false;
      const weeks = monday(Temporal.PlainDate.from(rule.anchor)).until(monday(day)).days / 7;
      return weeks % rule.interval === 0;
    }
    case 'monthly':
      return fallsInMonth(rule.on, day, works);
    case 'quarterly':
      return (day.month + 12 - rule.fiscalYearStart) % 3 === 0 && fallsInMonth(rule.on, day, works);
  }
}

function fallsInMonth(
  on: Extract<Rule, { kind: 'monthly' }>['on'],
  day: Temporal.PlainDate,
  works: Works,
): boolean {
  if (on.day === 'nth-weekday') {
    if (day.dayOfWeek !== on.weekday) return false;
    return on.nth === 'last' ? day.day + 7 > day.daysInMonth : Math.ceil(day.day / 7) === on.nth;
  }
  const working = Array.from({ length: day.daysInMonth }, (_, index) => index + 1).filter((number) =>
    works(day.with({ day: number }).toString()),
  );
  if (on.day === 'first-working-day') return day.day === (working.at(0) ?? 1);
  return day.day === (working.at(-1) ?? day.daysInMonth);
}

function periodOf(rule: Rule, day: Temporal.PlainDate): string {
  if (rule.kind === 'weekly') return `${day.yearOfWeek}-W${two(day.weekOfYear ?? 0)}`;
  if (rule.kind === 'monthly') return `${day.year}-${two(day.month)}`;
  const start = rule.fiscalYearStart;
  const quarter = Math.floor(((day.month + 12 - start) % 12) / 3) + 1;
  if (start === 1) return `${day.year}-Q${quarter}`;
  return `FY${day.month >= start ? day.year + 1 : day.year}-Q${quarter}`;
}

function monday(day: Temporal.PlainDate): Temporal.PlainDate {
  return day.subtract({ days: day.dayOfWeek - 1 });
}
