import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import {
  adherence,
  countEndings,
  fewestForARate,
  type OccurrenceEnding,
  shareOf,
} from '#domain/adherence.ts';
import { many, shuffled } from './measures.ts';

type Kind = 'one_on_one' | 'check_in' | 'practice';
type Row = OccurrenceEnding<Kind>;

const row: fc.Arbitrary<Row> = fc.record({
  kind: fc.constantFrom<Kind>('one_on_one', 'check_in', 'practice'),
  state: fc.constantFrom('planned', 'due', 'done', 'excused', 'expired'),
  late: fc.boolean(),
});
const rows = many(row);

function recomputed(of: Row[]) {
  const [done, expired, excused] = (['done', 'expired', 'excused'] as const).map(
    (state) => of.filter((one) => one.state === state).length,
  );
  return { done, expired, excused, late: of.filter((one) => one.state === 'expired' && one.late).length };
}

describe('endings counted from rows', () => {
  it('are what a count of each says, in total and for each kind that has any', () => {
    fc.assert(
      fc.property(rows, (all) => {
        const { total, byKind } = countEndings(all);
        expect(total).toEqual(recomputed(all));
        const ended = all.filter(({ state }) => !['planned', 'due'].includes(state));
        expect(new Set(byKind.keys())).toEqual(new Set(ended.map(({ kind }) => kind)));
        for (const [kind, endings] of byKind) {
          expect(endings).toEqual(recomputed(all.filter((one) => one.kind === kind)));
        }
      }),
    );
  });

  it('do not depend on the order of the rows', () => {
    fc.assert(
      fc.property(shuffled(row), ({ one, other }) => {
        expect(countEndings(other)).toEqual(countEndings(one));
      }),
    );
  });

  it('of the kinds add up to the total', () => {
    fc.assert(
      fc.property(rows, (all) => {
        const { total, byKind } = countEndings(all);
        for (const ending of ['done', 'expired', 'excused', 'late'] as const) {
          expect([...byKind.values()].reduce((sum, endings) => sum + endings[ending], 0)).toBe(total[ending]);
        }
      }),
    );
  });
});

describe('the rate', () => {
  it('is done of done and expired, and lies between none and all', () => {
    fc.assert(
      fc.property(rows, (all) => {
        const rate = adherence(countEndings(all).total);
        const counted = all.flatMap(({ state }) => (state === 'done' ? [1] : state === 'expired' ? [0] : []));
        if (counted.length < 5) {
          expect(rate).toBeUndefined();
        } else {
          const mean = counted.reduce<number>((sum, one) => sum + one, 0) / counted.length;
          expect(rate).toBe(mean);
          expect(mean).toBeGreaterThanOrEqual(0);
          expect(mean).toBeLessThanOrEqual(1);
        }
      }),
    );
  });

  it('is the same however many are excused or still open', () => {
    const harmless = many(row.filter(({ state }) => ['excused', 'planned', 'due'].includes(state)));
    fc.assert(
      fc.property(rows, harmless, (all, more) => {
        expect(adherence(countEndings([...all, ...more]).total)).toBe(adherence(countEndings(all).total));
      }),
    );
  });

  it('is the same whether work was logged late or not at all', () => {
    fc.assert(
      fc.property(rows, (all) => {
        const never = all.map((one) => ({ ...one, late: false }));
        expect(adherence(countEndings(never).total)).toBe(adherence(countEndings(all).total));
      }),
    );
  });

  test.each([
    [4, 0, undefined],
    [0, 4, undefined],
    [5, 0, 1],
    [0, 5, 0],
    [3, 2, 0.6],
  ])('%i done and %i expired: %s', (done, expired, rate) => {
    expect(adherence({ done, expired, excused: 100, late: 0 })).toBe(rate);
  });
});

test('a share has a rate from five on', () => {
  expect(fewestForARate).toBe(5);
  expect(shareOf(4, 4)).toEqual({ part: 4, whole: 4, rate: undefined });
  expect(shareOf(4, 5)).toEqual({ part: 4, whole: 5, rate: 0.8 });
  expect(shareOf(0, 0)).toEqual({ part: 0, whole: 0, rate: undefined });
});
