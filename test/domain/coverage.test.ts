import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import {
  type CertificationStanding,
  type Coverage,
  certificationCoverage,
  type EligibleRep,
  type ObservedCall,
  observedCallCoverage,
} from '#domain/coverage.ts';
import { many, unique } from './measures.ts';

const names = Array.from({ length: 24 }, (_, index) => `rep-${index}`);
const repId = fc.constantFrom(...names);
const wave = fc.constantFrom(1, 2, 3, 4, null);
const reps = unique(fc.record({ repId, wave }), (rep) => rep.repId, 24);
const calls: fc.Arbitrary<ObservedCall[]> = many(
  fc.record({
    repId: fc.constantFrom(...names, 'somebody-else'),
    date: fc.constantFrom('2026-02-28', '2026-03-01', '2026-03-15', '2026-03-31', '2026-04-01', '2025-03-15'),
    followed: fc.constantFrom('live', 'recording'),
  }),
  60,
);
const standings: fc.Arbitrary<CertificationStanding[]> = unique(
  fc.record({ repId, wave, eligible: fc.boolean(), enrolled: fc.boolean(), certified: fc.boolean() }),
  (rep) => rep.repId,
  24,
);

/** Said once more, by going through the names of a wave one by one. */
function recomputed(of: EligibleRep[], covered: Set<string>, waves: (number | null)[]) {
  let part = 0;
  let whole = 0;
  for (const rep of of) {
    if (!waves.includes(rep.wave)) continue;
    whole++;
    if (covered.has(rep.repId)) part++;
  }
  return { part, whole, rate: whole >= 5 ? part / whole : undefined };
}

function expectCoverage(coverage: Coverage, of: EligibleRep[], covered: Set<string>) {
  expect(coverage.total).toEqual(recomputed(of, covered, [1, 2, 3, null]));
  expect(coverage.apart).toEqual(recomputed(of, covered, [4]));
  const there = [1, 2, 3, null].filter((one) => of.some((rep) => rep.wave === one));
  expect([...coverage.waves]).toEqual(there.map((one) => [one, recomputed(of, covered, [one])]));
}

function expectBounds({ total, apart, waves }: Coverage) {
  for (const { part, whole, rate } of [total, apart, ...waves.values()]) {
    expect(part).toBeGreaterThanOrEqual(0);
    expect(part).toBeLessThanOrEqual(whole);
    if (whole < 5) expect(rate).toBeUndefined();
    else expect(rate).toBe(part / whole);
  }
}

describe('coverage of observed calls', () => {
  it('is what going through the names says', () => {
    fc.assert(
      fc.property(reps, calls, (eligible, all) => {
        const inMarch = (one: ObservedCall) => one.date >= '2026-03-01' && one.date <= '2026-03-31';
        const live = all.filter((one) => inMarch(one) && one.followed !== 'recording');
        const coverage = observedCallCoverage('2026-03', eligible, all);
        expectCoverage(coverage, eligible, new Set(live.map((one) => one.repId)));
        expectBounds(coverage);
      }),
    );
  });

  it('does not depend on the order of reps or calls', () => {
    fc.assert(
      fc.property(reps, calls, (eligible, all) => {
        const there = observedCallCoverage('2026-03', eligible, all);
        const back = observedCallCoverage('2026-03', eligible.toReversed(), all.toReversed());
        expect([...back.waves]).toEqual([...there.waves]);
        expect(back).toEqual(there);
      }),
    );
  });

  it('is not raised by a second call of the same rep, a recording, another month or somebody not eligible', () => {
    fc.assert(
      fc.property(reps, calls, (eligible, all) => {
        const twice = all.flatMap((one) => [
          one,
          one,
          { ...one, repId: 'somebody-else' },
          { ...one, repId: 'rep-0', date: '2026-04-01' },
          { ...one, repId: 'rep-0', followed: 'recording' as const },
        ]);
        expect(observedCallCoverage('2026-03', eligible, twice)).toEqual(
          observedCallCoverage('2026-03', eligible, all),
        );
      }),
    );
  });

  test('four of four is a count, four of five a rate', () => {
    const team = names.slice(0, 5).map((name) => ({ repId: name, wave: 1 }));
    const watched = team
      .slice(0, 4)
      .map((rep) => ({ ...rep, date: '2026-03-03', followed: 'live' as const }));
    expect(observedCallCoverage('2026-03', team.slice(0, 4), watched).total).toEqual({
      part: 4,
      whole: 4,
      rate: undefined,
    });
    expect(observedCallCoverage('2026-03', team, watched).total.rate).toBe(0.8);
  });
});

describe('coverage of certification', () => {
  it('is what going through the names says, of the enrolled and of the eligible', () => {
    fc.assert(
      fc.property(standings, (all) => {
        const certified = new Set(all.flatMap((rep) => (rep.certified ? [rep.repId] : [])));
        const { ofEnrolled, ofEligible } = certificationCoverage(all);
        expectCoverage(
          ofEnrolled,
          all.filter((rep) => rep.enrolled),
          certified,
        );
        expectCoverage(
          ofEligible,
          all.filter((rep) => rep.eligible),
          certified,
        );
        expectBounds(ofEnrolled);
        expectBounds(ofEligible);
      }),
    );
  });

  it('does not depend on the order of reps', () => {
    fc.assert(
      fc.property(standings, (all) => {
        expect(certificationCoverage(all.toReversed())).toEqual(certificationCoverage(all));
      }),
    );
  });

  it('has the same total whatever becomes of wave four', () => {
    fc.assert(
      fc.property(standings, (all) => {
        const without = certificationCoverage(all.filter((rep) => rep.wave !== 4));
        expect(without.ofEligible.total).toEqual(certificationCoverage(all).ofEligible.total);
        expect(without.ofEligible.apart.whole).toBe(0);
      }),
    );
  });
});
