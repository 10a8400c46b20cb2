import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Absence } from '#domain/absence.ts';
import { askedAgainOn, placedDates, progressOf, wantedFrom } from '#domain/practice/plan.ts';
import { reflections, verifications } from '#domain/practice/rating.ts';
import { assigned, type Review, replayed } from '#domain/practice/schedule.ts';
import { addDays, daysBetween, isoWeek, weekdayOf } from '#domain/time/civil.ts';

const start = '2026-03-02';
const isWorkingDay = (date: string): boolean => weekdayOf(date) < 6;
const day = fc.integer({ min: 0, max: 60 }).map((days) => addDays(start, days));
const absences = fc.array(
  fc.record({ from: day, days: fc.integer({ min: 0, max: 20 }) }).map(
    ({ from, days }): Absence => ({
      memberId: 'sam',
      firstDay: from,
      lastDay: addDays(from, days),
      standInId: null,
    }),
  ),
  { maxLength: 3 },
);
const wanted = fc
  .array(day, { maxLength: 12 })
  .map((days) => days.map((from, index) => ({ id: `${index}`, from })));

describe('the days of all items together', () => {
  const inputs = fc.record({
    wanted,
    absences,
    perWeek: fc.integer({ min: 1, max: 4 }),
    taken: fc.array(day, { maxLength: 4 }),
  });

  test('are working days outside absences, never before they are wanted, and never too many in a week', () => {
    fc.assert(
      fc.property(inputs, ({ wanted: items, absences: away, perWeek, taken }) => {
        const dates = placedDates(items, taken, { repId: 'sam', absences: away, isWorkingDay, perWeek });
        expect(dates.size).toBe(items.length);
        for (const { id, from } of items) {
          const on = dates.get(id) ?? '';
          expect(on >= from && isWorkingDay(on)).toBe(true);
          expect(away.some((one) => one.firstDay <= on && on <= one.lastDay)).toBe(false);
        }
        const weeks = Map.groupBy([...dates.values()], isoWeek);
        for (const [week, days] of weeks) {
          const before = taken.filter((one) => isoWeek(one) === week).length;
          expect(days.length).toBeLessThanOrEqual(Math.max(0, perWeek - before));
        }
      }),
    );
  });

  test('do not change when they are asked for again', () => {
    fc.assert(
      fc.property(inputs, ({ wanted: items, absences: away, perWeek }) => {
        const calendar = { repId: 'sam', absences: away, isWorkingDay, perWeek };
        const first = placedDates(items, [], calendar);
        const again = placedDates(
          items.map(({ id }) => ({ id, from: first.get(id) ?? '' })),
          [],
          calendar,
        );
        expect(again).toEqual(first);
      }),
    );
  });
});

describe('what nobody looked back on', () => {
  test('comes again after three days, then after twice as many each time, and never later than the longest', () => {
    const pauses = [1, 2, 3, 4, 5, 6, 7].map((missed) =>
      daysBetween(start, askedAgainOn({ endedOn: start, missed: true }, missed, 60)),
    );
    expect(pauses).toEqual([3, 6, 12, 24, 48, 60, 60]);
  });

  test('is wanted when the schedule says, if that is later', () => {
    const missed = [{ endedOn: start, missed: true }];
    expect(wantedFrom(assigned('2026-03-20'), missed, '2026-03-03', 60)).toBe('2026-03-20');
    expect(wantedFrom(assigned(start), missed, '2026-03-03', 60)).toBe('2026-03-05');
    expect(wantedFrom(assigned(start), [], '2026-03-10', 60)).toBe('2026-03-10');
  });

  test('was not missed where it was excused', () => {
    const both = [
      { endedOn: start, missed: true },
      { endedOn: '2026-03-09', missed: false },
    ];
    expect(wantedFrom(assigned(start), both, '2026-03-03', 60)).toBe('2026-03-12');
  });
});

describe('an item that was brought back', () => {
  const history = fc
    .array(
      fc.record({
        after: fc.integer({ min: 0, max: 90 }),
        reflection: fc.constantFrom(...reflections),
        verification: fc.constantFrom(...verifications, null),
      }),
      { maxLength: 15 },
    )
    .map((steps) => {
      let on = start;
      return steps.map(({ after, ...words }): Review => {
        on = addDays(on, after);
        return { on, ...words };
      });
    });

  test('keeps its date, and has to be shown at the longest interval twice anew', () => {
    fc.assert(
      fc.property(history, (before) => {
        const progress = progressOf(start, { before, since: [] }, 14);
        const { dueOn, interval, memory } = replayed(start, before, 14);
        expect(progress).toMatchObject({ dueOn, interval, memory, correctAtLongest: 0, retired: false });
      }),
    );
  });

  test('that never was brought back is simply replayed', () => {
    fc.assert(
      fc.property(history, (since) => {
        expect(progressOf(start, { before: [], since }, 14)).toEqual(replayed(start, since, 14));
      }),
    );
  });
});
