import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { gradeOf, grades, isCorrect, reflections, verifications } from '#domain/practice/rating.ts';
import {
  assigned,
  defaultLongestInterval,
  type PracticeProgress,
  type Review,
  replayed,
  reviewed,
} from '#domain/practice/schedule.ts';
import { defaultSettings } from '#domain/settings.ts';
import { addDays, daysBetween } from '#domain/time/civil.ts';

const start = '2026-03-02';
const seen = (on: string): Review => ({ on, reflection: 'did_it', verification: 'seen' });

/** Reviews each on the day it is due, until the progress has been asked for `times`. */
function onTime(times: number, reviewOn: (on: string) => Review, longest?: number): PracticeProgress[] {
  const steps = [assigned(start)];
  for (let time = 0; time < times; time++) {
    const progress = steps.at(-1) ?? assigned(start);
    steps.push(reviewed(progress, reviewOn(progress.dueOn), longest));
  }
  return steps;
}

const reflection = fc.constantFrom(...reflections);
const verification = fc.constantFrom(...verifications, null);
const longestInterval = fc.integer({ min: 7, max: 365 });
/** Not only on time: some early, some long after. */
const history = fc
  .array(fc.record({ after: fc.integer({ min: 0, max: 120 }), reflection, verification }), { maxLength: 25 })
  .map((steps) => {
    let on = start;
    return steps.map(({ after, ...words }): Review => {
      on = addDays(on, after);
      return { on, ...words };
    });
  });

describe('the grade', () => {
  test.each([
    ['not_yet', null, 'again'],
    ['partly', null, 'hard'],
    ['did_it', null, 'good'],
    ['not_yet', 'not_seen', 'again'],
    ['partly', 'not_seen', 'again'],
    ['did_it', 'not_seen', 'hard'],
    ['not_yet', 'partly', 'hard'],
    ['partly', 'partly', 'hard'],
    ['did_it', 'partly', 'good'],
    ['not_yet', 'seen', 'good'],
    ['partly', 'seen', 'good'],
    ['did_it', 'seen', 'easy'],
  ] as const)('%s, and the manager says %s: %s', (own, managers, grade) => {
    expect(gradeOf(own, managers)).toBe(grade);
  });

  const rank = (own: number, managers: number) =>
    grades.indexOf(gradeOf(reflections[own] ?? 'not_yet', verifications[managers] ?? 'not_seen'));

  test('a better word of either never makes it worse', () => {
    for (const own of [0, 1, 2])
      for (const managers of [0, 1, 2]) {
        if (own < 2) expect(rank(own + 1, managers)).toBeGreaterThanOrEqual(rank(own, managers));
        if (managers < 2) expect(rank(own, managers + 1)).toBeGreaterThanOrEqual(rank(own, managers));
      }
  });

  test('where the two differ, the manager’s word weighs more', () => {
    for (const low of [0, 1, 2])
      for (const high of [0, 1, 2].filter((word) => word > low)) {
        expect(rank(low, high)).toBeGreaterThanOrEqual(rank(high, low));
      }
    expect(rank(0, 2)).toBeGreaterThan(rank(2, 0));
  });
});

describe('the schedule', () => {
  test('its longest interval is what a workspace starts with', () => {
    expect(defaultLongestInterval).toBe(defaultSettings.practiceLongestIntervalDays);
  });

  test('is due on the day it is assigned', () => {
    expect(assigned(start)).toMatchObject({ dueOn: start, retired: false });
  });

  test('a first practice that failed comes back the next day, one that worked in some days', () => {
    const dueAfter = (own: Review['reflection'], managers: Review['verification']) =>
      reviewed(assigned(start), { on: start, reflection: own, verification: managers }).dueOn;
    expect(dueAfter('not_yet', null)).toBe('2026-03-03');
    expect(dueAfter('partly', null)).toBe('2026-03-03');
    expect(dueAfter('did_it', null)).toBe('2026-03-04');
    expect(dueAfter('did_it', 'seen')).toBe('2026-03-10');
  });

  test('what is done well each time moves out to sixty days, and not further', () => {
    const intervals = onTime(8, (on) => ({ on, reflection: 'did_it', verification: null })).map(
      ({ interval }) => interval,
    );
    expect(intervals).toEqual([...intervals].sort((a, b) => a - b));
    expect(intervals.at(-1)).toBe(60);
  });

  test('retires after two correct in a row, each having waited the longest interval', () => {
    const steps = onTime(6, seen);
    const first = steps.findIndex(({ interval }) => interval === 60);
    expect(steps[first]).toMatchObject({ correctAtLongest: 0, retired: false });
    expect(steps[first + 1]).toMatchObject({ correctAtLongest: 1, retired: false });
    expect(steps[first + 2]).toMatchObject({ correctAtLongest: 2, retired: true });
  });

  test('a failure between the two starts the row again', () => {
    const waiting = onTime(6, seen).find(({ correctAtLongest }) => correctAtLongest === 1);
    if (waiting === undefined) throw new Error('no progress has waited the longest interval');
    const failed = reviewed(waiting, {
      on: waiting.dueOn,
      reflection: 'did_it',
      verification: 'not_seen',
    });
    expect(failed).toMatchObject({ correctAtLongest: 0, retired: false });
  });

  test('practising before its time neither counts nor breaks the row', () => {
    const waiting = onTime(6, seen).find(({ correctAtLongest }) => correctAtLongest === 1);
    if (waiting?.lastReviewOn == null) throw new Error('no progress has waited the longest interval');
    const early = reviewed(waiting, seen(addDays(waiting.lastReviewOn, 59)));
    expect(early).toMatchObject({ correctAtLongest: 1, retired: false });
    expect(reviewed(waiting, seen(waiting.dueOn)).retired).toBe(true);
  });

  test('a later word of the manager changes a review that has counted', () => {
    const own: Review = { on: start, reflection: 'did_it', verification: null };
    const alone = replayed(start, [own]);
    const verified = replayed(start, [{ ...own, verification: 'not_seen' }]);
    expect(verified.dueOn < alone.dueOn).toBe(true);
  });

  test('a rep who flew west may review a day before the last review', () => {
    const progress = reviewed(assigned(start), seen(start));
    expect(reviewed(progress, seen(addDays(start, -1))).dueOn > start).toBe(true);
  });

  test('any history: within the longest interval, in whole days, the same every time, and plain JSON', () => {
    fc.assert(
      fc.property(history, longestInterval, (reviews, longest) => {
        const progress = replayed(start, reviews, longest);
        expect(replayed(start, reviews, longest)).toEqual(progress);
        expect(JSON.parse(JSON.stringify(progress))).toEqual(progress);
        const last = reviews.at(-1);
        if (last === undefined) return;
        expect(daysBetween(last.on, progress.dueOn)).toBe(progress.interval);
        expect(Number.isInteger(progress.interval)).toBe(true);
        expect(progress.interval).toBeGreaterThanOrEqual(1);
        expect(progress.interval).toBeLessThanOrEqual(longest);
      }),
    );
  });

  test('any history: step by step from stored JSON is as good as from the rows', () => {
    fc.assert(
      fc.property(history, longestInterval, (reviews, longest) => {
        let progress = assigned(start);
        for (const review of reviews)
          progress = JSON.parse(JSON.stringify(reviewed(progress, review, longest)));
        expect(progress).toEqual(replayed(start, reviews, longest));
      }),
    );
  });

  test('any history: a better grade never comes back sooner', () => {
    fc.assert(
      fc.property(history, fc.integer({ min: 0, max: 120 }), (reviews, after) => {
        const progress = replayed(start, reviews);
        const on = addDays(progress.lastReviewOn ?? start, after);
        const words = [
          ['not_yet', null],
          ['partly', null],
          ['did_it', null],
          ['did_it', 'seen'],
        ] as const;
        const dates = words.map(
          ([own, managers]) => reviewed(progress, { on, reflection: own, verification: managers }).dueOn,
        );
        expect(dates).toEqual([...dates].sort());
      }),
    );
  });

  test('any history: retired exactly if the row since the last failure holds two that waited', () => {
    fc.assert(
      fc.property(history, fc.integer({ min: 7, max: 30 }), (reviews, longest) => {
        let row = 0;
        reviews.forEach((review, index) => {
          const before = replayed(start, reviews.slice(0, index), longest);
          const waited = before.lastReviewOn === null ? 0 : daysBetween(before.lastReviewOn, review.on);
          if (!isCorrect(gradeOf(review.reflection, review.verification))) row = 0;
          else if (before.interval === longest && waited >= longest) row += 1;
        });
        expect(replayed(start, reviews, longest).retired).toBe(row >= 2);
      }),
      { numRuns: 400 },
    );
  });
});
