import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addDays,
  civilDateSchema,
  dayNumber,
  daysBetween,
  isoWeek,
  lastDayOfMonth,
  minuteOfDay,
  nthWeekdayOfMonth,
  wallTimeSchema,
  weekdayOf,
} from '#domain/time/civil.ts';
import { Temporal } from './oracle.ts';

const dates = fc
  .date({
    min: new Date('0101-01-01T00:00Z'),
    max: new Date('9998-12-31T00:00Z'),
    noInvalidDate: true,
  })
  .map((date) => date.toISOString().slice(0, 10));
const nths = fc.constantFrom(...([1, 2, 3, 4, 'last'] as const));

describe('civil dates agree with Temporal', () => {
  it('in adding and counting days', () => {
    fc.assert(
      fc.property(dates, fc.integer({ min: -36_000, max: 36_000 }), (date, days) => {
        fc.pre(date > '0200' && date < '9800');
        const later = Temporal.PlainDate.from(date).add({ days }).toString();
        expect(addDays(date, days)).toBe(later);
        expect(daysBetween(date, later)).toBe(days);
      }),
    );
  });

  it('in weekday, ISO week and end of month', () => {
    fc.assert(
      fc.property(dates, (date) => {
        const plain = Temporal.PlainDate.from(date);
        expect(weekdayOf(date)).toBe(plain.dayOfWeek);
        expect(isoWeek(date)).toBe(isoWeekOf(plain));
        expect(lastDayOfMonth(date)).toBe(plain.with({ day: plain.daysInMonth }).toString());
      }),
      { numRuns: 1000 },
    );
  });

  it('in the ISO week of every day around the turn of every year from 1970 to 2100', () => {
    for (let year = 1970; year <= 2100; year++) {
      for (let days = -8; days <= 8; days++) {
        const plain = Temporal.PlainDate.from({ year, month: 1, day: 1 }).add({ days });
        expect(isoWeek(plain.toString())).toBe(isoWeekOf(plain));
      }
    }
  });

  it('in the nth weekday of a month', () => {
    fc.assert(
      fc.property(dates, nths, fc.integer({ min: 1, max: 7 }), (date, nth, weekday) => {
        const first = Temporal.PlainDate.from(date).with({ day: 1 });
        const matching = Array.from({ length: first.daysInMonth }, (_, days) => first.add({ days })).filter(
          (day) => day.dayOfWeek === weekday,
        );
        const expected = nth === 'last' ? matching.at(-1) : matching[nth - 1];
        expect(nthWeekdayOfMonth(date, nth, weekday)).toBe(expected?.toString());
      }),
      { numRuns: 500 },
    );
  });
});

describe('what is no date or wall time', () => {
  const noDates = [
    '2026-02-29',
    '2026-04-31',
    '2026-13-01',
    '2026-00-10',
    '2026-01-00',
    '2026-1-1',
    '2026/01/01',
    '2026-01-01T00:00',
    '02026-01-01',
    '0026-01-01',
    '',
  ];
  const noTimes = ['24:00', '12:60', '9:00', '0900', '09:00:00', '-1:00', '', '09.00'];

  it.each(noDates)('refuses the date %j', (date) => {
    expect(() => dayNumber(date)).toThrow(RangeError);
    expect(civilDateSchema.safeParse(date).success).toBe(false);
  });

  it.each(noTimes)('refuses the time %j', (time) => {
    expect(() => minuteOfDay(time)).toThrow(RangeError);
    expect(wallTimeSchema.safeParse(time).success).toBe(false);
  });

  it('accepts leap days and the edges of a day', () => {
    expect(civilDateSchema.parse('2028-02-29')).toBe('2028-02-29');
    expect(daysBetween('2028-02-28', '2028-03-01')).toBe(2);
    expect([wallTimeSchema.parse('00:00'), wallTimeSchema.parse('23:59')].map(minuteOfDay)).toEqual([
      0, 1439,
    ]);
  });

  it('refuses to leave the years that the text can hold', () => {
    expect(() => addDays('9999-12-31', 1)).toThrow(RangeError);
    expect(() => addDays('0100-01-01', -1)).toThrow(RangeError);
  });
});

function isoWeekOf(date: Temporal.PlainDate): string {
  return `${String(date.yearOfWeek).padStart(4, '0')}-W${String(date.weekOfYear).padStart(2, '0')}`;
}
