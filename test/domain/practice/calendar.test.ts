import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Absence } from '#domain/absence.ts';
import { atMostPerWeek, nextDate, type PracticeCalendar, suspend } from '#domain/practice/calendar.ts';
import { addDays, daysBetween, isoWeek, weekdayOf } from '#domain/time/civil.ts';

const away = (firstDay: string, lastDay: string, memberId = 'rep'): Absence => ({
  memberId,
  firstDay,
  lastDay,
  standInId: null,
});
const isWorkingDay = (date: string) => weekdayOf(date) <= 5;
const calendar = (parts: Partial<PracticeCalendar> = {}): PracticeCalendar => ({
  repId: 'rep',
  absences: [],
  isWorkingDay,
  planned: [],
  perWeek: 2,
  ...parts,
});

describe('an absence', () => {
  test.each([
    ['the day before', '2026-03-09', '2026-03-09'],
    ['its first day', '2026-03-10', '2026-03-13'],
    ['its last day', '2026-03-12', '2026-03-13'],
    ['the day after', '2026-03-13', '2026-03-13'],
  ])('%s: due %s, asked for on %s', (_, dueOn, asked) => {
    expect(suspend(dueOn, 'rep', [away('2026-03-10', '2026-03-12')])).toBe(asked);
  });

  test('two that follow on each other are left together', () => {
    const absences = [away('2026-03-13', '2026-03-20'), away('2026-03-10', '2026-03-12')];
    expect(suspend('2026-03-11', 'rep', absences)).toBe('2026-03-21');
  });

  test('somebody else’s moves nothing', () => {
    expect(suspend('2026-03-11', 'rep', [away('2026-03-10', '2026-03-12', 'other')])).toBe('2026-03-11');
  });
});

describe('two a week', () => {
  test.each([
    ['one planned leaves room', ['2026-03-09'], '2026-03-11'],
    ['two planned move it to Monday', ['2026-03-09', '2026-03-15'], '2026-03-16'],
    [
      'a week that is full, too, is passed over',
      ['2026-03-09', '2026-03-09', '2026-03-16', '2026-03-20'],
      '2026-03-23',
    ],
    [
      'the weeks around do not matter',
      ['2026-03-08', '2026-03-08', '2026-03-16', '2026-03-16'],
      '2026-03-11',
    ],
  ])('%s', (_, planned, asked) => {
    expect(atMostPerWeek(2, '2026-03-11', planned)).toBe(asked);
  });

  test('the last days of December count to the ISO week, not to the year', () => {
    expect(atMostPerWeek(2, '2027-01-01', ['2026-12-28', '2026-12-29'])).toBe('2027-01-04');
  });

  test('none a week is a mistake, not a search without end', () => {
    expect(() => atMostPerWeek(0, '2026-03-11', [])).toThrow(RangeError);
  });
});

describe('the next date', () => {
  test('moves off a weekend into the next week', () => {
    expect(nextDate('2026-03-14', calendar())).toBe('2026-03-16');
  });

  test('moves on where one reason runs into another', () => {
    const planned = ['2026-03-16', '2026-03-17'];
    const absences = [away('2026-03-23', '2026-03-27')];
    expect(nextDate('2026-03-14', calendar({ planned, absences }))).toBe('2026-03-30');
  });

  const day = fc.integer({ min: 0, max: 90 }).map((days) => addDays('2026-11-20', days));
  const absence = fc
    .tuple(day, fc.integer({ min: 0, max: 20 }))
    .map(([firstDay, days]) => away(firstDay, addDays(firstDay, days)));
  const parts = fc.record({
    absences: fc.array(absence, { maxLength: 5 }),
    planned: fc.array(day, { maxLength: 30 }),
    perWeek: fc.integer({ min: 1, max: 4 }),
  });

  test('is the first that fits, found by trying every day', () => {
    fc.assert(
      fc.property(day, parts, (dueOn, { absences, planned, perWeek }) => {
        const fits = (date: string) =>
          isWorkingDay(date) &&
          !absences.some(({ firstDay, lastDay }) => firstDay <= date && date <= lastDay) &&
          planned.filter((one) => isoWeek(one) === isoWeek(date)).length < perWeek;
        const asked = nextDate(dueOn, calendar({ absences, planned, perWeek }));
        for (let days = 0; days < daysBetween(dueOn, asked); days++) {
          expect(fits(addDays(dueOn, days))).toBe(false);
        }
        expect(fits(asked)).toBe(true);
      }),
    );
  });

  test('placed one after the other, no week has more than its number', () => {
    fc.assert(
      fc.property(fc.array(day, { maxLength: 30 }), parts, (dueDates, { absences, perWeek }) => {
        const planned: string[] = [];
        for (const dueOn of dueDates) {
          planned.push(nextDate(dueOn, calendar({ absences, planned, perWeek })));
        }
        for (const week of Map.groupBy(planned, isoWeek).values()) {
          expect(week.length).toBeLessThanOrEqual(perWeek);
        }
      }),
    );
  });
});
