import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import {
  type CheckIn,
  type CheckInAnswer,
  checkInAnswers,
  type DayZero,
  illustratedRetention,
  observedRetention,
  publishedMark,
  type Retention,
} from '#domain/retention.ts';
import { unique } from './measures.ts';

const place = {
  programmeId: fc.constantFrom('spring', 'autumn'),
  repId: fc.constantFrom(...Array.from({ length: 12 }, (_, index) => `rep-${index}`)),
  pillar: fc.constantFrom('teach', 'tailor', 'take_control'),
};
const keyOf = (row: { programmeId: string; repId: string; pillar: string }) =>
  `${row.programmeId} ${row.repId} ${row.pillar}`;

const dayZeros: fc.Arbitrary<DayZero[]> = unique(
  fc.record({ ...place, shown: fc.integer({ min: 0, max: 3 }).map((one) => one > 0) }),
  keyOf,
  72,
);
const checkIns: fc.Arbitrary<CheckIn[]> = unique(
  fc.record({
    ...place,
    day: fc.constantFrom(7, 30),
    side: fc.constantFrom('rep', 'manager'),
    answer: fc.constantFrom(...checkInAnswers, null),
  }),
  (row) => `${keyOf(row)} ${row.day} ${row.side}`,
  200,
);

/** Said once more, rep by rep and question by question. */
function recomputed(day: number, dayZero: DayZero[], all: CheckIn[], pillar?: string): Retention {
  const counts = { seen: 0, unprompted: 0, chance: 0, noChance: 0, notWatched: 0, unanswered: 0 };
  for (const rep of new Set(dayZero.map((record) => record.repId))) {
    const answers: (CheckInAnswer | null)[] = [];
    for (const record of dayZero) {
      if (record.repId !== rep || !record.shown || (pillar !== undefined && record.pillar !== pillar))
        continue;
      const answered = all.find(
        (one) => one.day === day && one.side === 'manager' && keyOf(one) === keyOf(record),
      );
      if (answered !== undefined) answers.push(answered.answer);
    }
    const has = (...wanted: (CheckInAnswer | null)[]) => answers.some((one) => wanted.includes(one));
    if (has('unasked', 'reminded', 'not_seen')) {
      counts.chance++;
      if (has('unasked', 'reminded')) counts.seen++;
      if (has('unasked')) counts.unprompted++;
    } else if (has('no_chance')) counts.noChance++;
    else if (has('not_watched')) counts.notWatched++;
    else if (has(null)) counts.unanswered++;
  }
  const share = (part: number) => ({
    part,
    whole: counts.chance,
    rate: counts.chance < 5 ? undefined : part / counts.chance,
  });
  const { noChance, notWatched, unanswered } = counts;
  return {
    n: counts.chance,
    seen: share(counts.seen),
    unprompted: share(counts.unprompted),
    noChance,
    notWatched,
    unanswered,
  };
}

/** Twelve reps who showed everything, and one answer about each of `answers`. */
function team(...answers: (CheckInAnswer | null)[]): [DayZero[], CheckIn[]] {
  const of = answers.map((answer, index) => ({
    programmeId: 'spring',
    repId: `rep-${index}`,
    pillar: 'teach',
    answer,
  }));
  return [
    of.map(({ answer: _, ...row }) => ({ ...row, shown: true })),
    of.map((row) => ({ ...row, day: 30, side: 'manager' })),
  ];
}

describe('observed retention', () => {
  it('is what asking rep by rep says, overall and for each pillar of day 0', () => {
    fc.assert(
      fc.property(dayZeros, checkIns, (dayZero, all) => {
        const { overall, pillars } = observedRetention(30, dayZero, all);
        expect(overall).toEqual(recomputed(30, dayZero, all));
        expect(new Set(pillars.keys())).toEqual(new Set(dayZero.map(({ pillar }) => pillar)));
        for (const [pillar, retention] of pillars) {
          expect(retention).toEqual(recomputed(30, dayZero, all, pillar));
        }
      }),
    );
  });

  it('stays within bounds and has no rate below five', () => {
    fc.assert(
      fc.property(dayZeros, checkIns, (dayZero, all) => {
        const { overall, pillars } = observedRetention(30, dayZero, all);
        for (const { n, seen, unprompted } of [overall, ...pillars.values()]) {
          expect(unprompted.part).toBeLessThanOrEqual(seen.part);
          expect(seen.part).toBeLessThanOrEqual(n);
          expect([seen.whole, unprompted.whole]).toEqual([n, n]);
          if (n < 5) expect([seen.rate, unprompted.rate]).toEqual([undefined, undefined]);
          else expect([seen.rate, unprompted.rate]).toEqual([seen.part / n, unprompted.part / n]);
        }
      }),
    );
  });

  it('does not depend on the order of the rows', () => {
    fc.assert(
      fc.property(dayZeros, checkIns, (dayZero, all) => {
        expect(observedRetention(30, dayZero.toReversed(), all.toReversed())).toEqual(
          observedRetention(30, dayZero, all),
        );
      }),
    );
  });

  it('has everybody who was asked about in exactly one place', () => {
    fc.assert(
      fc.property(dayZeros, checkIns, (dayZero, all) => {
        const { n, noChance, notWatched, unanswered } = observedRetention(30, dayZero, all).overall;
        const shown = new Set(dayZero.filter((record) => record.shown).map(keyOf));
        const asked = all.filter((one) => one.day === 30 && one.side === 'manager' && shown.has(keyOf(one)));
        expect(n + noChance + notWatched + unanswered).toBe(new Set(asked.map(({ repId }) => repId)).size);
      }),
    );
  });

  it('has the same rate whoever else was not watched, had no chance, did not answer or did not show it', () => {
    fc.assert(
      fc.property(dayZeros, checkIns, (dayZero, all) => {
        const before = observedRetention(30, dayZero, all).overall;
        const more = (['not_watched', 'no_chance', null, 'not_seen'] as const).map((answer, index) => ({
          programmeId: 'spring',
          repId: `another-${index}`,
          pillar: 'teach',
          day: 30,
          side: 'manager' as const,
          answer,
        }));
        const records = more.map((one) => ({ ...one, shown: one.answer !== 'not_seen' }));
        const after = observedRetention(30, [...dayZero, ...records], [...all, ...more]).overall;
        expect([after.n, after.seen, after.unprompted]).toEqual([before.n, before.seen, before.unprompted]);
        expect(after.notWatched).toBe(before.notWatched + 1);
        expect(after.noChance).toBe(before.noChance + 1);
        expect(after.unanswered).toBe(before.unanswered + 1);
      }),
    );
  });

  it("is not touched by reps' own answers or those of other days", () => {
    fc.assert(
      fc.property(dayZeros, checkIns, (dayZero, all) => {
        const counted = all.filter((one) => one.side === 'manager' && one.day === 30);
        expect(observedRetention(30, dayZero, counted)).toEqual(observedRetention(30, dayZero, all));
      }),
    );
  });

  test('three unasked, one reminded, one not seen: four of five, three unprompted', () => {
    const rows = team('unasked', 'unasked', 'unasked', 'reminded', 'not_seen', 'not_watched', null, null);
    expect(observedRetention(30, ...rows).overall).toEqual({
      n: 5,
      seen: { part: 4, whole: 5, rate: 0.8 },
      unprompted: { part: 3, whole: 5, rate: 0.6 },
      noChance: 0,
      notWatched: 1,
      unanswered: 2,
    });
  });

  test('four who had a chance are a count', () => {
    expect(observedRetention(30, ...team('unasked', 'unasked', 'unasked', 'unasked')).overall.seen).toEqual({
      part: 4,
      whole: 4,
      rate: undefined,
    });
  });

  test('what was shown in one programme says nothing of the other', () => {
    const [dayZero, all] = team('unasked');
    const other = all.map((one) => ({ ...one, programmeId: 'autumn' }));
    expect(observedRetention(30, dayZero, other).overall.n).toBe(0);
  });

  test('seen in one pillar is seen overall, and that pillar alone', () => {
    const [dayZero, all] = team('not_seen');
    const tailor = <Row extends { pillar: string }>(row: Row) => ({ ...row, pillar: 'tailor' });
    const { overall, pillars } = observedRetention(
      30,
      [...dayZero, ...dayZero.map(tailor)],
      [...all, ...all.map((one) => ({ ...tailor(one), answer: 'reminded' as const }))],
    );
    expect(overall).toMatchObject({ n: 1, seen: { part: 1 }, unprompted: { part: 0 } });
    expect(pillars.get('teach')?.seen.part).toBe(0);
    expect(pillars.get('tailor')?.seen.part).toBe(1);
  });
});

describe('the illustration', () => {
  it('falls from all to the published mark, and ends there', () => {
    expect(illustratedRetention(0)).toBe(1);
    expect(illustratedRetention(7)).toBeCloseTo(0.62, 2);
    expect(illustratedRetention(14)).toBeCloseTo(0.39, 2);
    expect(illustratedRetention(30)).toBeCloseTo(publishedMark.left, 12);
    expect(illustratedRetention(30.01)).toBeUndefined();
    expect(illustratedRetention(-1)).toBeUndefined();
    expect(illustratedRetention(Number.NaN)).toBeUndefined();
  });

  it('loses the same part in every stretch of the same length', () => {
    const day = fc.double({ min: 0, max: 15, noNaN: true });
    fc.assert(
      fc.property(day, day, (one, other) => {
        const at = (when: number) => illustratedRetention(when) ?? Number.NaN;
        expect(at(one + other)).toBeCloseTo(at(one) * at(other), 10);
        expect(at(one)).toBeCloseTo(0.13 ** (one / 30), 10);
        expect(at(one)).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('carries its source: skill, one company, timing as retold', () => {
    expect(publishedMark).toMatchObject({ day: 30, left: 0.13 });
    for (const word of [/skill/, /one company/, /retold/]) expect(publishedMark.source).toMatch(word);
  });
});
