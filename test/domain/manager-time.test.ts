import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import {
  averageMix,
  averageOfManagers,
  type Driver,
  drivers,
  flagsOf,
  fourWeekAverage,
  gapOf,
  type Mix,
  mixOf,
  readTimeReport,
  readTyped,
  referenceOf,
  type TimeReport,
  timeFields,
  timeUnits,
  trendOf,
} from '#domain/manager-time.ts';
import { defaultSettings } from '#domain/settings.ts';
import { many, unique } from './measures.ts';

const typed = (...texts: string[]) => ({
  innovating: texts[0] ?? '0',
  coaching: texts[1] ?? '0',
  selling: texts[2] ?? '0',
  allocation: texts[3] ?? '0',
  everything_else: texts[4] ?? '0',
});
const mixFrom = (...points: number[]): Mix => ({
  innovating: (points[0] ?? 0) / 100,
  coaching: (points[1] ?? 0) / 100,
  selling: (points[2] ?? 0) / 100,
  allocation: (points[3] ?? 0) / 100,
});

const referenceMix = referenceOf(defaultSettings);

const hours = fc.integer({ min: 0, max: 10 });
const mondays = Array.from({ length: 10 }, (_, index) =>
  new Date(Date.UTC(2026, 1, 2 + 7 * index)).toISOString().slice(0, 10),
);
const report: fc.Arbitrary<TimeReport> = fc.record({
  week: fc.constantFrom(...mondays),
  innovating: hours,
  coaching: hours,
  selling: hours,
  allocation: hours,
  everything_else: hours,
});
const nothing = { innovating: 0, coaching: 0, selling: 0, allocation: 0, everything_else: 0 };
const idle = report.map((one) => ({ ...one, ...nothing, everything_else: one.everything_else }));
const reports = unique(fc.oneof({ weight: 9, arbitrary: report }, idle), ({ week }) => week, 10);

/** In whole numbers, where nothing is lost: the sum of fractions top / bottom. */
function exactMean(fractions: [number, number][]): [bigint, bigint] {
  let [top, bottom] = [0n, 1n];
  for (const [one, of] of fractions) {
    top = top * BigInt(of) + BigInt(one) * bottom;
    bottom *= BigInt(of);
  }
  return [top, bottom * BigInt(fractions.length)];
}
const fourOf = (one: TimeReport) => one.innovating + one.coaching + one.selling + one.allocation;

describe('a number as somebody types it', () => {
  test.each([
    ['12', 12],
    ['7.5', 7.5],
    ['7,5', 7.5],
    [' 7,25 ', 7.25],
    ['\u00a08\u00a0', 8],
    ['.5', 0.5],
    [',5', 0.5],
    ['3.', 3],
    ['007', 7],
    ['0', 0],
    ['100', 100],
    ['100,00', 100],
  ])('%j is %d in either unit', (text, value) => {
    for (const unit of timeUnits) expect(readTyped(text, unit)).toEqual({ ok: true, value });
  });

  test.each([
    ['30%', 'percent', 30],
    ['30 %', 'percent', 30],
    ['33,3 %', 'percent', 33.3],
    ['3h', 'hours', 3],
    ['3.5 H', 'hours', 3.5],
    ['1 hour', 'hours', 1],
    ['2 hrs', 'hours', 2],
  ] as const)('%j may carry its unit', (text, unit, value) => {
    expect(readTyped(text, unit)).toEqual({ ok: true, value });
  });

  test.each([
    ['', 'empty'],
    [' \n', 'empty'],
    ['-1', 'negative'],
    ['− 3,5', 'negative'],
    ['–2', 'negative'],
    ['many', 'not_a_number'],
    ['1 2', 'not_a_number'],
    ['1.2.3', 'not_a_number'],
    ['1e2', 'not_a_number'],
    ['0x10', 'not_a_number'],
    ['1:30', 'not_a_number'],
    ['.', 'not_a_number'],
    ['%', 'not_a_number'],
    ['h', 'not_a_number'],
    ['-', 'not_a_number'],
    ['Infinity', 'not_a_number'],
    ['NaN', 'not_a_number'],
    ['🧨'.repeat(1000), 'not_a_number'],
    ['100.01', 'too_much'],
    ['101', 'too_much'],
    ['9'.repeat(400), 'too_much'],
    ['1,000', 'too_fine'],
    ['33.333', 'too_fine'],
  ] as const)('%j is refused: %s', (text, problem) => {
    for (const unit of timeUnits) expect(readTyped(text, unit)).toEqual({ ok: false, problem });
  });

  test.each([
    ['30 %', 'hours'],
    ['3 h', 'percent'],
  ] as const)('%j is refused where %s are asked', (text, unit) => {
    expect(readTyped(text, unit)).toEqual({ ok: false, problem: 'other_unit' });
  });

  it('is read back as it was written, with a point or a comma and blanks around it', () => {
    const blanks = fc.constantFrom('', ' ', '\t', '\u00a0 ');
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 100_00 }),
        blanks,
        blanks,
        fc.constantFrom('.', ','),
        (hundredths, before, after, point) => {
          const value = hundredths / 100;
          const text = before + String(value).replace('.', point) + after;
          for (const unit of timeUnits) expect(readTyped(text, unit)).toEqual({ ok: true, value });
        },
      ),
    );
  });

  it('is never negative, never more than a hundred and never missing, whatever is typed', () => {
    const scrap = fc.string({ unit: fc.constantFrom(...'0123456789.,-−% hrse'), maxLength: 8 });
    fc.assert(
      fc.property(fc.oneof(fc.string(), scrap), fc.constantFrom(...timeUnits), (text, unit) => {
        const read = readTyped(text, unit);
        if (!read.ok) return;
        expect(read.value).toBeGreaterThanOrEqual(0);
        expect(read.value).toBeLessThanOrEqual(100);
        expect(text).toMatch(/\d/);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('a report', () => {
  test('of percent that are 100 together is taken as it is', () => {
    expect(readTimeReport('percent', typed('30', '20 %', '27,5', '12.5', '10'))).toEqual({
      ok: true,
      value: { innovating: 30, coaching: 20, selling: 27.5, allocation: 12.5, everything_else: 10 },
    });
  });

  test.each([
    [['30', '20', '27', '10', '10'], 97],
    [['30', '20', '27', '14', '10'], 101],
    [['29', '28', '27', '16', '10'], 110],
    [['0', '0', '0', '0', '0'], 0],
    [['33.3', '33.3', '33.3', '0', '0'], 99.9],
    [['20', '20', '20', '20', '20.06'], 100.06],
    [['20', '20', '20', '20', '19.94'], 99.94],
  ])('of percent %j is refused with its sum, %d', (texts, sum) => {
    expect(readTimeReport('percent', typed(...texts))).toEqual({
      ok: false,
      problem: { kind: 'sum', unit: 'percent', sum },
    });
  });

  test.each([
    [['33.33', '33.33', '33.33', '0', '0']],
    [['20', '20', '20', '20', '20.05']],
    [['20', '20', '20', '20', '19.95']],
    [['16.67', '16.67', '16.67', '16.67', '33.33']],
  ])('of percent %j is off by its decimals alone, and taken as typed', (texts) => {
    const read = readTimeReport('percent', typed(...texts));
    expect(read.ok && Object.values(read.value)).toEqual(texts.map(Number));
  });

  test('of hours has no sum to reach, and a week as its limit', () => {
    expect(readTimeReport('hours', typed('1', '2', '3', '4', '5')).ok).toBe(true);
    expect(readTimeReport('hours', typed('100', '68', '0', '0', '0')).ok).toBe(true);
    expect(readTimeReport('hours', typed('100', '68', '0', '0', '0.01'))).toEqual({
      ok: false,
      problem: { kind: 'sum', unit: 'hours', sum: 168.01 },
    });
  });

  test('names every field that cannot be read, before any sum', () => {
    expect(readTimeReport('percent', typed('-5', 'some', '200', '', '10'))).toEqual({
      ok: false,
      problem: {
        kind: 'fields',
        fields: {
          innovating: 'negative',
          coaching: 'not_a_number',
          selling: 'too_much',
          allocation: 'empty',
        },
      },
    });
  });

  it('of percent is taken exactly when the hundredths are 10,000 give or take five, and never changed', () => {
    const cut = fc.integer({ min: 0, max: 100_00 });
    fc.assert(
      fc.property(fc.tuple(cut, cut, cut, cut), fc.integer({ min: -8, max: 8 }), (cuts, off) => {
        const places = [0, ...cuts.toSorted((one, other) => one - other), 100_00];
        const parts = timeFields.map((_, index) => (places[index + 1] ?? 0) - (places[index] ?? 0));
        const largest = parts.indexOf(Math.max(...parts));
        const given = parts.map((part, index) =>
          index === largest && part + off <= 100_00 ? part + off : part,
        );
        const sum = given.reduce((all, one) => all + one, 0);
        const read = readTimeReport('percent', typed(...given.map((one) => String(one / 100))));
        expect(read.ok).toBe(Math.abs(sum - 100_00) <= 5);
        if (read.ok)
          expect(timeFields.map((field) => read.value[field])).toEqual(given.map((one) => one / 100));
        else expect(read.problem).toEqual({ kind: 'sum', unit: 'percent', sum: sum / 100 });
      }),
    );
  });
});

describe('a mix', () => {
  it('sums to one, each driver within bounds, and leaves everything else out', () => {
    fc.assert(
      fc.property(report, hours, (one, rest) => {
        const mix = mixOf(one);
        const whole = fourOf(one);
        if (whole === 0) {
          expect(mix).toBeUndefined();
          return;
        }
        expect(drivers.map((driver) => mix?.[driver])).toEqual(drivers.map((driver) => one[driver] / whole));
        expect(Object.values(mix ?? {}).reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12);
        expect(mixOf({ ...one, everything_else: rest })).toEqual(mix);
      }),
    );
  });

  it('is the same in hours as in any other unit', () => {
    fc.assert(
      fc.property(report, fc.integer({ min: 1, max: 50 }), (one, times) => {
        const more = { ...one };
        for (const field of timeFields) more[field] *= times;
        for (const driver of drivers) {
          const share = mixOf(one)?.[driver];
          if (share === undefined) expect(mixOf(more)).toBeUndefined();
          else expect(mixOf(more)?.[driver]).toBeCloseTo(share, 12);
        }
      }),
    );
  });

  test('there is none of a week that went into everything else', () => {
    expect(mixOf({ ...nothing, everything_else: 40 })).toBeUndefined();
  });

  test('the reference is 29, 28, 27 and 16', () => {
    expect(referenceMix).toEqual(mixFrom(29, 28, 27, 16));
  });
});

describe('the average of four weeks', () => {
  const week = fc.constantFrom(...mondays);

  it('is the mean of the mixes of that week and the three before, as far as there are any', () => {
    fc.assert(
      fc.property(reports, week, (all, last) => {
        const at = mondays.indexOf(last);
        const within = mondays.slice(Math.max(0, at - 3), at + 1);
        const counted = all.filter((one) => within.includes(one.week) && fourOf(one) > 0);
        const { n, mix } = fourWeekAverage(all, last);
        expect(n).toBe(counted.length);
        if (n === 0) {
          expect(mix).toBeUndefined();
          return;
        }
        for (const driver of drivers) {
          const [top, bottom] = exactMean(counted.map((one) => [one[driver], fourOf(one)]));
          expect(mix?.[driver]).toBeCloseTo(Number(top) / Number(bottom), 12);
        }
        expect(Object.values(mix ?? {}).reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12);
      }),
    );
  });

  it('does not depend on the order of the reports, to the last digit', () => {
    fc.assert(
      fc.property(reports, week, (all, last) => {
        expect(fourWeekAverage(all.toReversed(), last)).toEqual(fourWeekAverage(all, last));
      }),
    );
  });

  test('a long week weighs no more than a short one', () => {
    const weeks = [
      { ...nothing, week: '2026-03-02', innovating: 60 },
      { ...nothing, week: '2026-03-09', coaching: 1 },
    ];
    expect(fourWeekAverage(weeks, '2026-03-09')).toEqual({ n: 2, mix: mixFrom(50, 50, 0, 0) });
  });

  test('the week four weeks before is no longer in it', () => {
    const weeks = [
      { ...nothing, week: '2026-02-09', innovating: 10 },
      { ...nothing, week: '2026-03-09', coaching: 1 },
    ];
    expect(fourWeekAverage(weeks, '2026-03-02').n).toBe(1);
    expect(fourWeekAverage(weeks, '2026-03-09')).toEqual({ n: 1, mix: mixFrom(0, 100, 0, 0) });
  });
});

describe('the average of managers', () => {
  it('is a count below five, and the mean from five on', () => {
    fc.assert(
      fc.property(many(report, 12), (all) => {
        const mixes = all.map(mixOf);
        const n = all.filter((one) => fourOf(one) > 0).length;
        const average = averageOfManagers(mixes);
        expect(average).toEqual({ n, mix: n < 5 ? undefined : averageMix(mixes).mix });
        for (const driver of drivers) {
          const there = average.mix?.[driver];
          if (there === undefined) continue;
          expect(there).toBeCloseTo(averageOfManagers(mixes.toReversed()).mix?.[driver] ?? Number.NaN, 12);
          expect(there).toBeGreaterThanOrEqual(0);
          expect(there).toBeLessThanOrEqual(1 + 1e-12);
        }
      }),
    );
  });
});

describe('the trend', () => {
  it('is the last reports in order of their weeks', () => {
    fc.assert(
      fc.property(reports, fc.integer({ min: 0, max: 12 }), (all, count) => {
        const expected = mondays
          .flatMap((monday) => all.filter((one) => one.week === monday))
          .map((one) => ({ week: one.week, mix: mixOf(one) }));
        while (expected.length > count) expected.shift();
        expect(trendOf(all, count)).toEqual(expected);
        expect(trendOf(all.toReversed(), count)).toEqual(expected);
      }),
    );
  });
});

describe('gaps and flags', () => {
  it('are what whole numbers say, at the edges too', () => {
    const points = { innovating: 29, coaching: 28, selling: 27, allocation: 16 } as const;
    fc.assert(
      fc.property(reports, fc.constantFrom(...mondays), (all, last) => {
        const { mix } = fourWeekAverage(all, last);
        if (mix === undefined) return;
        const at = mondays.indexOf(last);
        const within = mondays.slice(Math.max(0, at - 3), at + 1);
        const counted = all.filter((one) => within.includes(one.week) && fourOf(one) > 0);
        const expected = drivers.flatMap((driver): { driver: Driver; direction: string }[] => {
          const [top, bottom] = exactMean(counted.map((one) => [one[driver], fourOf(one)]));
          const gap = top * 100n - BigInt(points[driver]) * bottom;
          expect(gapOf(mix, referenceMix)[driver]).toBeCloseTo(Number(gap) / Number(bottom) / 100, 8);
          const under = driver === 'innovating' || driver === 'coaching';
          if (under && gap < -10n * bottom) return [{ driver, direction: 'under' }];
          return !under && gap > 15n * bottom ? [{ driver, direction: 'over' }] : [];
        });
        expect(flagsOf(mix, referenceMix).map(({ driver, direction }) => ({ driver, direction }))).toEqual(
          expected,
        );
      }),
      { numRuns: 1000 },
    );
  });

  test.each([
    [[19, 28, 37, 16], []],
    [[18.9, 28, 37.1, 16], [['innovating', 'under', -0.101]]],
    [[39, 18, 27, 16], []],
    [[39, 17.9, 27.1, 16], [['coaching', 'under', -0.101]]],
    [[29, 28, 42, 1], []],
    [[29, 28, 42.1, 0.9], [['selling', 'over', 0.151]]],
    [[29, 20, 20, 31], []],
    [[29, 20, 19.9, 31.1], [['allocation', 'over', 0.151]]],
    [[90, 10, 0, 0], [['coaching', 'under', -0.18]]],
    [[40, 60, 0, 0], []],
    [
      [0, 0, 50, 50],
      [
        ['innovating', 'under', -0.29],
        ['coaching', 'under', -0.28],
        ['selling', 'over', 0.23],
        ['allocation', 'over', 0.34],
      ],
    ],
  ])('%j: %j', (points, flags) => {
    expect(flagsOf(mixFrom(...points), referenceMix)).toEqual(
      flags.map(([driver, direction, gap]) => ({ driver, direction, gap })),
    );
  });

  it('is not flagged at any edge of any reference in whole points, and is a hundredth beyond it', () => {
    fc.assert(
      fc.property(fc.integer({ min: 11, max: 85 }), fc.constantFrom(...drivers), (at, driver) => {
        const reference = { ...referenceMix, [driver]: at / 100 };
        const under = driver === 'innovating' || driver === 'coaching';
        const edge = under ? at - 10 : at + 15;
        const flagged = (points: number) =>
          flagsOf({ ...referenceMix, [driver]: points / 100 }, reference).map((flag) => flag.driver);
        expect(flagged(edge)).toEqual([]);
        expect(flagged(under ? edge - 0.01 : edge + 0.01)).toEqual([driver]);
      }),
    );
  });

  it("compares with a workspace's own reference where there is one", () => {
    const own = mixFrom(10, 60, 20, 10);
    expect(flagsOf(own, own)).toEqual([]);
    expect(gapOf(referenceMix, own)).toEqual(mixFrom(19, -32, 7, 6));
    expect(flagsOf(referenceMix, own)).toEqual([{ driver: 'coaching', direction: 'under', gap: -0.32 }]);
  });
});
