import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nextOccurrence, occurrencesBetween, type Rule } from '#domain/recurrence.ts';
import { startOfDay } from '#domain/time/zone.ts';
import { calendars, places, rules, walk, weekly } from './rules.ts';
import { Temporal } from './time/oracle.ts';

const DAY = 86_400_000;
const monToFri = (date: string) => Temporal.PlainDate.from(date).dayOfWeek <= 5;

describe('any rule in any zone', () => {
  it('falls due next when a walk over the days says so', () => {
    fc.assert(
      fc.property(rules, places, calendars, (rule, { zone, after }, works) => {
        const [expected] = take(walk(rule, zone, after, works), 1);
        expect(nextOccurrence(rule, zone, after, works)).toEqual(expected);
      }),
      { numRuns: 1200 },
    );
  });

  it('has Monday to Friday as working days unless told', () => {
    fc.assert(
      fc.property(rules, places, (rule, { zone, after }) => {
        expect(nextOccurrence(rule, zone, after)).toEqual(nextOccurrence(rule, zone, after, monToFri));
      }),
      { numRuns: 200 },
    );
  });

  it('goes on strictly after the occurrence before, each period once', () => {
    fc.assert(
      fc.property(rules, places, calendars, (rule, { zone, after }, works) => {
        const expected = take(walk(rule, zone, after, works), 3);
        let from = after;
        for (const occurrence of expected) {
          const next = nextOccurrence(rule, zone, from, works);
          expect(next).toEqual(occurrence);
          expect(nextOccurrence(rule, zone, next.due - 1, works)).toEqual(next);
          from = next.due;
        }
        expect(new Set(expected.map(({ period }) => period)).size).toBe(3);
      }),
      { numRuns: 200 },
    );
  });

  it('has the same occurrences in one window as in two laid end to end, cut anywhere', () => {
    fc.assert(
      fc.property(rules, places, fc.nat(400 * DAY), fc.nat(400), (rule, { zone, after }, cut, pick) => {
        const until = after + 400 * DAY;
        const whole = occurrencesBetween(rule, zone, after, until);
        expect(whole).toEqual(takeUntil(rule, zone, after, until));
        const middles = [after + cut, whole[pick % whole.length]?.due ?? after];
        for (const middle of middles) {
          const parts = [
            ...occurrencesBetween(rule, zone, after, middle),
            ...occurrencesBetween(rule, zone, middle, until),
          ];
          expect(parts).toEqual(whole);
        }
      }),
      { numRuns: 300 },
    );
  });
});

describe('the key of an occurrence', () => {
  it('stays when a weekly slot moves within its week', () => {
    const slot = fc.record({
      weekday: fc.integer({ min: 1, max: 7 }),
      time: fc.constantFrom('00:00', '08:30'),
    });
    fc.assert(
      fc.property(weekly, places, slot, (rule, { zone }, moved) => {
        const sunday = startOfDay('2026-01-05', zone) - 1;
        const keys = (rule: Rule) => take(series(rule, zone, sunday), 30).map(({ period }) => period);
        expect(keys({ ...rule, ...moved })).toEqual(keys(rule));
      }),
      { numRuns: 200 },
    );
  });

  it('stays when the anchor moves within its week, and not when it moves to a week between', () => {
    const rule: Rule = { kind: 'weekly', weekday: 4, time: '16:00', interval: 2, anchor: '2026-11-19' };
    const first = (anchor: string) =>
      nextOccurrence({ ...rule, anchor }, 'Europe/Berlin', Date.UTC(2026, 10, 16)).period;
    expect(['2026-11-16', '2026-11-22', '2020-11-19'].map(first)).toEqual([
      '2026-W47',
      '2026-W47',
      '2026-W48',
    ]);
    expect(first('2030-11-21')).toBe('2026-W48');
    expect(first('2026-11-23')).toBe('2026-W48');
  });

  it('is of the week or month that the slot belongs to, also where the clocks move it into the next', () => {
    // Apia skipped 30 December 2011, a Friday, and Kiritimati the last day of 1994, a Saturday.
    const friday: Rule = { kind: 'weekly', weekday: 5, time: '16:00', interval: 1, anchor: '2026-01-01' };
    expect(nextOccurrence(friday, 'Pacific/Apia', Date.parse('2011-12-29T23:00-10:00'))).toEqual({
      period: '2011-W52',
      due: Date.parse('2011-12-31T16:00+14:00'),
    });
    const lastSaturday: Rule = {
      kind: 'monthly',
      on: { day: 'nth-weekday', nth: 'last', weekday: 6 },
      time: '16:00',
    };
    expect(nextOccurrence(lastSaturday, 'Pacific/Kiritimati', Date.parse('1995-01-01T09:00+14:00'))).toEqual({
      period: '1994-12',
      due: Date.parse('1995-01-01T16:00+14:00'),
    });
  });
});

describe('rules by example', () => {
  const berlin = (rule: Rule, after: string, works?: (date: string) => boolean) => {
    const { period, due } = nextOccurrence(rule, 'Europe/Berlin', Date.parse(after), works);
    return `${period} ${new Date(due).toISOString().slice(0, 16)}`;
  };

  it('the weekly 1:1 keeps its wall time over the change of the clocks', () => {
    const rule: Rule = { kind: 'weekly', weekday: 4, time: '16:00', interval: 1, anchor: '2026-01-01' };
    expect(berlin(rule, '2026-10-20T00:00Z')).toBe('2026-W43 2026-10-22T14:00');
    expect(berlin(rule, '2026-10-22T14:00Z')).toBe('2026-W44 2026-10-29T15:00');
    expect(berlin(rule, '2026-12-29T00:00Z')).toBe('2026-W53 2026-12-31T15:00');
  });

  it('the first and the last working day of the month respect days off', () => {
    const first: Rule = { kind: 'monthly', on: { day: 'first-working-day' }, time: '09:00' };
    const last: Rule = { kind: 'monthly', on: { day: 'last-working-day' }, time: '09:00' };
    const notNewYear = (date: string) => monToFri(date) && date !== '2027-01-01' && date !== '2026-12-31';
    expect(berlin(first, '2026-10-31T00:00Z')).toBe('2026-11 2026-11-02T08:00');
    expect(berlin(first, '2026-12-20T00:00Z', notNewYear)).toBe('2027-01 2027-01-04T08:00');
    expect(berlin(last, '2026-12-20T00:00Z', notNewYear)).toBe('2026-12 2026-12-30T08:00');
    expect(berlin(last, '2026-10-05T00:00Z')).toBe('2026-10 2026-10-30T08:00');
  });

  it('a month without a working day keeps its occurrence', () => {
    const away = (date: string) => monToFri(date) && !date.startsWith('2026-08');
    const first: Rule = { kind: 'monthly', on: { day: 'first-working-day' }, time: '09:00' };
    const last: Rule = { kind: 'monthly', on: { day: 'last-working-day' }, time: '09:00' };
    expect(berlin(first, '2026-07-15T00:00Z', away)).toBe('2026-08 2026-08-01T07:00');
    expect(berlin(last, '2026-08-15T00:00Z', away)).toBe('2026-08 2026-08-31T07:00');
  });

  it('a fiscal quarter is named for the year in which its fiscal year ends', () => {
    const rule = (fiscalYearStart: number): Rule => ({
      kind: 'quarterly',
      on: { day: 'first-working-day' },
      time: '09:00',
      fiscalYearStart,
    });
    expect(berlin(rule(1), '2026-09-15T00:00Z')).toBe('2026-Q4 2026-10-01T07:00');
    expect(berlin(rule(2), '2026-10-15T00:00Z')).toBe('FY2027-Q4 2026-11-02T08:00');
    expect(berlin(rule(2), '2027-01-15T00:00Z')).toBe('FY2028-Q1 2027-02-01T08:00');
    expect(berlin(rule(10), '2026-09-15T00:00Z')).toBe('FY2027-Q1 2026-10-01T07:00');
    const secondTuesday: Rule = {
      kind: 'quarterly',
      on: { day: 'nth-weekday', nth: 2, weekday: 2 },
      time: '14:00',
      fiscalYearStart: 1,
    };
    expect(berlin(secondTuesday, '2026-11-20T00:00Z')).toBe('2027-Q1 2027-01-12T13:00');
  });
});

function* series(rule: Rule, zone: string, after: number) {
  for (let from = after; ; ) {
    const next = nextOccurrence(rule, zone, from);
    // Said here, because a series that stands still would hang instead of failing.
    expect(next.due).toBeGreaterThan(from);
    yield next;
    from = next.due;
  }
}

function takeUntil(rule: Rule, zone: string, after: number, until: number) {
  const taken = [];
  for (const occurrence of series(rule, zone, after)) {
    if (occurrence.due > until) break;
    taken.push(occurrence);
  }
  return taken;
}

function take<T>(items: Iterable<T>, count: number): T[] {
  const taken: T[] = [];
  for (const item of items) if (taken.push(item) === count) break;
  return taken;
}
