import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays, daysBetween, weekdayOf } from '#domain/time/civil.ts';
import { toLocal } from '#domain/time/zone.ts';
import {
  addWorkingDays,
  cardMoment,
  holidayAtWork,
  isWorkingAt,
  isWorkingDay,
  nextCardMoment,
  nthWorkingDayOfMonth,
  workingDayFrom,
} from '#domain/working-time.ts';
import { dates, inNewYork, instants, local, workingTimes } from './people-at-work.ts';

describe('working days', () => {
  test('are counted over a weekend, both ways', () => {
    expect(addWorkingDays(inNewYork, '2026-03-06', 1)).toBe('2026-03-09');
    expect(addWorkingDays(inNewYork, '2026-03-09', -1)).toBe('2026-03-06');
    expect(addWorkingDays(inNewYork, '2026-03-07', 2)).toBe('2026-03-10');
    expect(addWorkingDays(inNewYork, '2026-03-05', 0)).toBe('2026-03-05');
  });

  test('begin at a date that is one', () => {
    expect(workingDayFrom(inNewYork, '2026-03-06')).toBe('2026-03-06');
    expect(workingDayFrom(inNewYork, '2026-03-07')).toBe('2026-03-09');
  });

  test('of a month are counted from its first, and end with it', () => {
    expect(nthWorkingDayOfMonth(inNewYork, '2026-03-20', 1)).toBe('2026-03-02');
    expect(nthWorkingDayOfMonth(inNewYork, '2026-03-20', 10)).toBe('2026-03-13');
    expect(nthWorkingDayOfMonth({ ...inNewYork, days: [1] }, '2026-03-20', 10)).toBeUndefined();
  });

  test('are Monday to Friday for somebody without any', () => {
    expect([1, 2, 3, 4, 5, 6, 7].map((day) => isWorkingDay({ days: [] }, `2026-03-0${day + 1}`))).toEqual([
      true,
      true,
      true,
      true,
      true,
      false,
      false,
    ]);
  });

  test("leave out the public holidays of somebody's country", () => {
    const us = { ...inNewYork, country: 'US' };
    // Memorial Day, a Monday, after a weekend.
    expect(isWorkingDay(us, '2026-05-25')).toBe(false);
    expect(isWorkingDay({ ...us, country: 'GB' }, '2026-05-22')).toBe(true);
    expect(isWorkingDay({ ...us, country: null }, '2026-05-25')).toBe(true);
    expect(isWorkingAt(us, local('2026-05-25T10:00'))).toBe(false);
    expect(addWorkingDays(us, '2026-05-22', 1)).toBe('2026-05-26');
    expect(addWorkingDays(us, '2026-05-26', -1)).toBe('2026-05-22');
    expect(workingDayFrom(us, '2026-05-23')).toBe('2026-05-26');
    expect(nextCardMoment(us, local('2026-05-22T12:00'), '09:00')).toBe(local('2026-05-26T09:00'));
    // The tenth working day, and the first where New Year's Day is a weekday.
    expect(nthWorkingDayOfMonth(us, '2026-09-20', 10)).toBe('2026-09-15');
    expect(nthWorkingDayOfMonth(us, '2026-01-20', 1)).toBe('2026-01-02');
  });

  test('name a holiday only where it is one that somebody would have worked', () => {
    const us = { ...inNewYork, country: 'US' };
    expect(holidayAtWork(us, '2026-07-03')?.name).toContain('Independence Day');
    expect(holidayAtWork(us, '2026-07-04')).toBeUndefined();
    expect(holidayAtWork({ ...us, days: [6] }, '2026-07-04')?.name).toBe('Independence Day');
    expect(holidayAtWork(us, '2026-07-06')).toBeUndefined();
  });

  test('lie as far apart as they are counted', () => {
    fc.assert(
      fc.property(workingTimes, dates, fc.integer({ min: -30, max: 30 }), (time, date, count) => {
        fc.pre(count !== 0);
        const reached = addWorkingDays(time, date, count);
        const days = Math.abs(daysBetween(date, reached));
        const walked = Array.from({ length: days }, (_, index) => {
          const step = (index + 1) * Math.sign(count);
          return new Date(Date.parse(date) + step * 86_400_000).toISOString().slice(0, 10);
        });
        expect(isWorkingDay(time, reached)).toBe(true);
        expect(walked.filter((day) => isWorkingDay(time, day))).toHaveLength(Math.abs(count));
      }),
    );
  });
});

describe('working hours', () => {
  test('hold their first minute and not their last', () => {
    expect(isWorkingAt(inNewYork, local('2026-03-05T08:59'))).toBe(false);
    expect(isWorkingAt(inNewYork, local('2026-03-05T09:00'))).toBe(true);
    expect(isWorkingAt(inNewYork, local('2026-03-05T16:59'))).toBe(true);
    expect(isWorkingAt(inNewYork, local('2026-03-05T17:00'))).toBe(false);
    expect(isWorkingAt(inNewYork, local('2026-03-07T12:00'))).toBe(false);
  });

  test('stay at the same wall time when clocks change', () => {
    expect(isWorkingAt(inNewYork, Date.parse('2026-03-06T13:30:00Z'))).toBe(false);
    expect(isWorkingAt(inNewYork, Date.parse('2026-03-09T13:30:00Z'))).toBe(true);
  });
});

describe("a day's card", () => {
  test('comes at its time, or when work begins if that is later', () => {
    expect(cardMoment(inNewYork, '2026-03-05', '09:00')).toBe(local('2026-03-05T09:00'));
    expect(cardMoment({ ...inNewYork, starts: '11:00' }, '2026-03-05', '09:00')).toBe(
      local('2026-03-05T11:00'),
    );
    expect(cardMoment({ ...inNewYork, ends: '13:00' }, '2026-03-05', '14:00')).toBe(
      local('2026-03-05T09:00'),
    );
  });

  test('is the next that is still ahead', () => {
    expect(nextCardMoment(inNewYork, local('2026-03-05T08:00'), '09:00')).toBe(local('2026-03-05T09:00'));
    expect(nextCardMoment(inNewYork, local('2026-03-05T09:00'), '09:00')).toBe(local('2026-03-06T09:00'));
    expect(nextCardMoment(inNewYork, local('2026-03-06T10:00'), '09:00')).toBe(local('2026-03-09T09:00'));
  });

  test('comes in working time, whenever that is, and no working day later than it could', () => {
    fc.assert(
      fc.property(workingTimes, instants, fc.constantFrom('07:00', '09:00', '15:00'), (time, after, at) => {
        const next = nextCardMoment(time, after, at);
        expect(next).toBeGreaterThan(after);
        expect(isWorkingAt(time, next)).toBe(true);
        const { date } = toLocal(next, time.zone);
        expect(time.days.length === 0 || time.days.includes(weekdayOf(date))).toBe(true);
        const from = toLocal(after, time.zone).date;
        const between = Array.from({ length: Math.max(0, daysBetween(from, date) - 1) }, (_, index) =>
          addDays(from, index + 1),
        );
        expect(between.filter((day) => isWorkingDay(time, day))).toEqual([]);
      }),
    );
  });
});
