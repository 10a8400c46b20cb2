import fc from 'fast-check';
import { expect, test } from 'vitest';
import { flagsOf, fourWeekAverage, mixOf, referenceOf, type TimeReport } from '#domain/manager-time.ts';
import { defaultSettings } from '#domain/settings.ts';
import { addDays } from '#domain/time/civil.ts';
import { averageForOthers, overviewOf } from '#domain/time-comparison.ts';

const reference = referenceOf(defaultSettings);
const hours = fc.integer({ min: 0, max: 10 });
const reports = fc
  .uniqueArray(
    fc.record({
      week: fc.integer({ min: 0, max: 15 }).map((weeks) => addDays('2026-01-05', 7 * weeks)),
      innovating: hours,
      coaching: hours,
      selling: hours,
      allocation: hours,
      everything_else: hours,
    }),
    { selector: ({ week }) => week, maxLength: 12 },
  )
  .map((all) => all.toSorted((one, other) => (one.week < other.week ? -1 : 1)));

test('a trend holds the last eight reports, each with the average of its four weeks', () => {
  fc.assert(
    fc.property(reports, (all) => {
      const { trend } = overviewOf(all, reference);
      expect(trend).toEqual(all.slice(-8).map(({ week }) => ({ week, ...fourWeekAverage(all, week) })));
    }),
  );
});

test('flags are of the last average, from two weeks on', () => {
  fc.assert(
    fc.property(reports, (all) => {
      const { latest, flags } = overviewOf(all, reference);
      const last = all.at(-1);
      const average = last && fourWeekAverage(all, last.week);
      const counts = average !== undefined && average.n >= 2 && average.mix !== undefined;
      expect(latest?.week).toBe(counts ? last?.week : undefined);
      expect(flags).toEqual(counts && average.mix ? flagsOf(average.mix, reference) : []);
    }),
  );
});

test('others never see a single report', () => {
  fc.assert(
    fc.property(reports, fc.integer({ min: 0, max: 15 }), (all, weeks) => {
      const week = addDays('2026-01-05', 7 * weeks);
      const { n, mix } = averageForOthers(all, week);
      const within = all.filter((one) => one.week <= week && one.week > addDays(week, -28));
      const there = within.filter((one: TimeReport) => mixOf(one) !== undefined);
      expect(n).toBe(there.length);
      expect(mix === undefined).toBe(there.length < 2);
    }),
  );
});
