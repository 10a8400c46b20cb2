import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type CertificationCase,
  certifiableFrom,
  certificateState,
  certification,
  criteriaOf,
  type Demonstration,
  defaultCertificationCriteria,
  isValidOn,
  type ManagerRating,
} from '#domain/certification.ts';
import { type Pillar, pillars } from '#domain/pillar.ts';
import { defaultSettings } from '#domain/settings.ts';
import { addDays, daysBetween } from '#domain/time/civil.ts';

const trainedOn = '2026-03-02';
const day = (number: number) => addDays(trainedOn, number);

let made = 0;
const rating = (pillar: Pillar, onDay: number, score: number): ManagerRating => ({
  id: `rating-${made++}`,
  pillar,
  on: day(onDay),
  score,
});
const shown = (pillar: Pillar, onDay: number, parts: Partial<Demonstration> = {}): Demonstration => ({
  id: `shown-${made++}`,
  pillar,
  on: day(onDay),
  showed: 'unasked',
  evidence: 'saw',
  account: 'Acme',
  ...parts,
});

/** All that is needed on day 30, but for the pillar Teach, which a test fills in. */
const othersFine = {
  ratings: [rating('tailor', 20, 8), rating('takeControl', 20, 9)],
  demonstrations: [shown('tailor', 20), shown('takeControl', 20)],
};
const withTeach = (
  ratings: ManagerRating[],
  demonstrations: Demonstration[],
  parts: Partial<CertificationCase> = {},
): CertificationCase => ({
  pillars,
  trainedOn,
  lastCertifiedOn: null,
  ratings: [...othersFine.ratings, ...ratings],
  demonstrations: [...othersFine.demonstrations, ...demonstrations],
  ...parts,
});
const missingOf = (about: CertificationCase, onDay: number) => {
  const judged = certification(about, day(onDay));
  return judged.result === 'certified' ? [] : judged.missing;
};

test('all pillars rated and shown: certified for 180 days, with what counted', () => {
  const ratingOfTeach = rating('teach', 20, 8);
  const first = shown('teach', 14);
  const second = shown('teach', 25);
  const judged = certification(withTeach([ratingOfTeach], [first, second]), day(30));
  expect(judged).toMatchObject({ result: 'certified', validUntil: day(210) });
  expect(judged.evidence[0]).toEqual({
    pillar: 'teach',
    rating: ratingOfTeach,
    demonstrations: [second, first],
  });
});

test('a certificate holds through its last day', () => {
  expect(isValidOn(day(210), day(210))).toBe(true);
  expect(isValidOn(day(210), day(211))).toBe(false);
});

test('only what the training covered is judged', () => {
  const about = withTeach([], [], { pillars: ['tailor', 'takeControl'] });
  expect(certification(about, day(30))).toMatchObject({ result: 'certified' });
  expect(missingOf({ ...about, pillars }, 30)).not.toEqual([]);
});

test('a certificate is to be renewed in its last 30 days, and has run out the day after the last', () => {
  const given = { on: day(30), validUntil: day(210) };
  const stateOn = (number: number) => certificateState([given], day(number)).state;
  expect([179, 180, 210, 211].map(stateOn)).toEqual(['valid', 'ending', 'ending', 'expired']);
  expect(certificateState([], day(30))).toEqual({ state: 'none' });
  const renewed = { on: day(190), validUntil: day(370) };
  expect(certificateState([renewed, given], day(211))).toEqual({ state: 'valid', ...renewed });
});

test('can be had from day 14 on', () => {
  expect(certifiableFrom(trainedOn, defaultCertificationCriteria)).toBe(day(14));
});

test('with nothing at all, a rating and a demonstration are missing for each pillar', () => {
  const judged = certification(
    { pillars, trainedOn, lastCertifiedOn: null, ratings: [], demonstrations: [] },
    day(30),
  );
  expect(judged).toMatchObject({
    result: 'not_yet',
    missing: pillars.flatMap((pillar) => [
      { pillar, missing: 'rating' },
      { pillar, missing: 'demonstration' },
    ]),
  });
});

describe('the rating', () => {
  const teach = [shown('teach', 20)];

  test('8 is enough, 7 is not', () => {
    expect(missingOf(withTeach([rating('teach', 20, 8)], teach), 30)).toEqual([]);
    expect(missingOf(withTeach([rating('teach', 20, 7)], teach), 30)).toEqual([
      { pillar: 'teach', missing: 'rating_too_low', on: day(20), score: 7, needed: 8 },
    ]);
  });

  test('the newest counts, even if it is lower; of one day the one entered last', () => {
    expect(missingOf(withTeach([rating('teach', 25, 7), rating('teach', 20, 9)], teach), 30)).toMatchObject([
      { missing: 'rating_too_low' },
    ]);
    expect(missingOf(withTeach([rating('teach', 20, 7), rating('teach', 20, 9)], teach), 30)).toEqual([]);
  });

  test('the baseline, before training, is no rating for a certificate; nor is one of tomorrow', () => {
    expect(missingOf(withTeach([rating('teach', -3, 10)], teach), 30)).toEqual([
      { pillar: 'teach', missing: 'rating' },
    ]);
    expect(missingOf(withTeach([rating('teach', 31, 10)], teach), 30)).toEqual([
      { pillar: 'teach', missing: 'rating' },
    ]);
  });
});

describe('the demonstration', () => {
  const rated = [rating('teach', 20, 8)];

  test('counts from day 14, not on day 13', () => {
    expect(missingOf(withTeach(rated, [shown('teach', 14)]), 30)).toEqual([]);
    expect(missingOf(withTeach(rated, [shown('teach', 13)]), 30)).toEqual([
      { pillar: 'teach', missing: 'demonstration_too_early', on: day(13), from: day(14) },
    ]);
  });

  test('counts for 60 days, not for 61', () => {
    const later = {
      ratings: [...othersFine.ratings, ...rated],
      demonstrations: [shown('teach', 20), shown('tailor', 60), shown('takeControl', 60)],
    };
    expect(missingOf(withTeach([], [], later), 80)).toEqual([]);
    expect(missingOf(withTeach([], [], later), 81)).toEqual([
      { pillar: 'teach', missing: 'demonstration_too_old', on: day(20), from: day(21) },
    ]);
  });

  test.each([
    ['when reminded', { showed: 'reminded' }],
    ['not seen', { showed: 'not_seen' }],
    ['no chance', { showed: 'no_chance' }],
    ['heard of', { evidence: 'heard' }],
    ['told of', { evidence: 'told' }],
    ['in a role play', { account: null }],
    ['on an account without a name', { account: ' ' }],
  ] as const)('%s is none', (_, parts) => {
    expect(missingOf(withTeach(rated, [shown('teach', 20, parts)]), 30)).toEqual([
      { pillar: 'teach', missing: 'demonstration' },
    ]);
  });

  test('one that counts is enough, whatever else was seen', () => {
    const all = [shown('teach', 13), shown('teach', 20), shown('teach', 25, { showed: 'not_seen' })];
    expect(missingOf(withTeach(rated, all), 30)).toEqual([]);
  });

  test('of one pillar is none of another', () => {
    expect(missingOf(withTeach(rated, [shown('tailor', 25)]), 30)).toEqual([
      { pillar: 'teach', missing: 'demonstration' },
    ]);
  });
});

describe('a renewal', () => {
  const lastCertifiedOn = day(30);
  const fresh = {
    lastCertifiedOn,
    ratings: pillars.map((pillar) => rating(pillar, 31, 8)),
    demonstrations: pillars.map((pillar) => shown(pillar, 31)),
  };

  test('holds with evidence from the day after the last certificate on', () => {
    expect(certification(withTeach([], [], fresh), day(40))).toMatchObject({ result: 'certified' });
  });

  test('does not count twice what counted for the last one', () => {
    const used = {
      ...fresh,
      ratings: pillars.map((pillar) => rating(pillar, pillar === 'teach' ? 30 : 31, 8)),
      demonstrations: pillars.map((pillar) => shown(pillar, pillar === 'teach' ? 30 : 31)),
    };
    expect(missingOf(withTeach([], [], used), 40)).toEqual([
      { pillar: 'teach', missing: 'rating_used_before', on: day(30) },
      { pillar: 'teach', missing: 'demonstration_used_before', on: day(30) },
    ]);
  });
});

test('the criteria are what a workspace starts with', () => {
  expect(criteriaOf({ ...defaultSettings })).toEqual(defaultCertificationCriteria);
});

const pillar = fc.constantFrom(...pillars);
/** Mostly what counts, else hardly any case would hold in all three pillars; its dates are around the limits. */
const mostly = <T>(usual: T, ...others: T[]) =>
  fc.oneof(
    { weight: 8, arbitrary: fc.constant(usual) },
    { weight: 1, arbitrary: fc.constantFrom(...others) },
  );
const someDay = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: 20, max: 60 }) },
  { weight: 1, arbitrary: fc.integer({ min: -10, max: 110 }) },
);
const forEachPillar = <T>(rows: (of: Pillar) => fc.Arbitrary<T[]>) =>
  fc.tuple(...pillars.map(rows)).map((perPillar) => perPillar.flat());
const anyCase = fc.record({
  pillars: fc.constant(pillars),
  trainedOn: fc.constant(trainedOn),
  lastCertifiedOn: fc.option(fc.integer({ min: 14, max: 40 }).map(day), { freq: 1 }),
  ratings: forEachPillar((of) =>
    fc.array(
      fc.tuple(someDay, mostly(9, 6, 7, 8, 10)).map(([on, score]) => rating(of, on, score)),
      { minLength: 1, maxLength: 2 },
    ),
  ),
  demonstrations: forEachPillar((of) =>
    fc.array(
      fc
        .record({
          on: someDay,
          showed: mostly<Demonstration['showed']>('unasked', 'reminded', 'not_seen', 'no_chance'),
          evidence: mostly<Demonstration['evidence']>('saw', 'heard', 'told'),
          account: mostly<string | null>('Acme', 'Birch', null),
        })
        .map(({ on, ...parts }) => shown(of, on, parts)),
      { minLength: 1, maxLength: 5 },
    ),
  ),
});
const criteria = fc.record({
  rating: mostly(8, 6, 7, 9, 10),
  earliestDay: fc.integer({ min: 0, max: 30 }),
  evidenceDays: fc.integer({ min: 10, max: 100 }),
  validDays: fc.integer({ min: 30, max: 365 }),
});
const today = fc.integer({ min: 40, max: 90 });

test('any case: certified exactly if each pillar holds, recomputed from the raw rows', () => {
  const results = new Map<string, number>();
  fc.assert(
    fc.property(anyCase, criteria, today.map(day), (about, by, today) => {
      const holds = (of: Pillar) => {
        const since = about.lastCertifiedOn;
        const last = about.ratings
          .filter((one) => one.pillar === of && one.on >= trainedOn && one.on <= today)
          .reduce<ManagerRating | undefined>(
            (best, one) => (best === undefined || one.on >= best.on ? one : best),
            undefined,
          );
        const rated = last !== undefined && last.score >= by.rating && (since === null || last.on > since);
        const seen = about.demonstrations.some(
          (one) =>
            one.pillar === of &&
            one.showed === 'unasked' &&
            one.evidence === 'saw' &&
            one.account !== null &&
            daysBetween(trainedOn, one.on) >= by.earliestDay &&
            daysBetween(one.on, today) >= 0 &&
            daysBetween(one.on, today) <= by.evidenceDays &&
            (since === null || one.on > since),
        );
        return { rated, seen };
      };
      const judged = certification(about, today, by);
      results.set(judged.result, (results.get(judged.result) ?? 0) + 1);
      expect(judged.result === 'certified').toBe(pillars.every((of) => holds(of).rated && holds(of).seen));
      if (judged.result === 'certified') expect(daysBetween(today, judged.validUntil)).toBe(by.validDays);
      for (const of of pillars) {
        const missing =
          judged.result === 'certified' ? [] : judged.missing.filter((one) => one.pillar === of);
        const { rated, seen } = holds(of);
        expect(missing.filter((one) => one.missing.startsWith('rating')).length).toBe(rated ? 0 : 1);
        expect(missing.filter((one) => one.missing.startsWith('demonstration')).length).toBe(seen ? 0 : 1);
        const evidence = judged.evidence.find((one) => one.pillar === of);
        expect(evidence?.rating !== null).toBe(rated);
        expect((evidence?.demonstrations.length ?? 0) > 0).toBe(seen);
      }
    }),
    { numRuns: 1000 },
  );
  // The property would hold as well for cases that are all alike.
  expect(Math.min(results.get('certified') ?? 0, results.get('not_yet') ?? 0)).toBeGreaterThan(10);
});

test('any case: one more demonstration never takes a certificate away', () => {
  fc.assert(
    fc.property(anyCase, pillar, today, fc.integer({ min: 0, max: 100 }), (about, of, onDay, shownOn) => {
      const more = { ...about, demonstrations: [...about.demonstrations, shown(of, shownOn)] };
      if (certification(about, day(onDay)).result === 'certified') {
        expect(certification(more, day(onDay)).result).toBe('certified');
      }
    }),
  );
});
