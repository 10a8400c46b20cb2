import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { mondayOf, type TellableWeek, weekMeant, weeksToTell } from '#domain/reported-week.ts';
import { weekOf } from '#domain/sending.ts';
import { addDays, isoWeek } from '#domain/time/civil.ts';

test('a period and its Monday are two names of one week', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 36_500 }), (days) => {
      const date = addDays('1990-01-01', days);
      expect(mondayOf(isoWeek(date))).toBe(weekOf(date));
    }),
  );
});

test('this week and the last four can be told', () => {
  expect(weeksToTell('2026-01-04')).toEqual([
    '2025-12-29',
    '2025-12-22',
    '2025-12-15',
    '2025-12-08',
    '2025-12-01',
  ]);
});

describe('who names no week means', () => {
  const now = Date.parse('2026-03-09T15:00:00Z');
  const dueThisWeek = Date.parse('2026-03-13T20:00:00Z');
  const dueLastWeek = Date.parse('2026-03-06T20:00:00Z');
  const weeks = (current: Partial<TellableWeek>, last: Partial<TellableWeek>): TellableWeek[] => [
    { week: '2026-03-09', reported: false, dueAt: dueThisWeek, ...current },
    { week: '2026-03-02', reported: false, dueAt: dueLastWeek, ...last },
  ];

  test.each<[string, string, TellableWeek[], number]>([
    ['last week, where its report is missing', '2026-03-02', weeks({}, {}), now],
    ['this week, where last week is told', '2026-03-09', weeks({}, { reported: true }), now],
    ['this week, where nobody asked about the last', '2026-03-09', weeks({}, { dueAt: undefined }), now],
    ['this week, once it is asked for', '2026-03-09', weeks({}, {}), dueThisWeek],
    ['this week, where it is told already', '2026-03-09', weeks({ reported: true }, {}), now],
    ['last week, though nobody asks about this one', '2026-03-02', weeks({ dueAt: undefined }, {}), now],
  ])('%s', (_, meant, among, at) => {
    expect(weekMeant(among, at)).toBe(meant);
  });
});
