import { expect, test } from 'vitest';
import { personIn, planningFaults, weeklyFaults } from './calendar-walk.ts';
import { zones } from './time/oracle.ts';

/** Every zone over ten years is walked by `npm run faults`; here a few, those with rare clocks among them. */
const rare = ['Australia/Lord_Howe', 'America/Nuuk', 'Africa/Casablanca', 'America/Santiago', 'Africa/Cairo'];
const sample = [...rare, ...zones.filter((_, index) => index % 40 === 7)];

test('a weekly cadence has one occurrence a local week, at its wall time', () => {
  expect(sample.flatMap((zone) => weeklyFaults(zone, 2026, 2))).toEqual([]);
});

test('nothing is planned, sent or left to a card outside working time or on a public holiday', () => {
  const walked = sample.flatMap((zone, nth) =>
    [2026, 2027].map((year) => planningFaults(personIn(zone, nth, year), year)),
  );
  expect(walked.flatMap(({ faults }) => faults)).toEqual([]);
  expect(Math.min(...walked.map(({ moments }) => moments))).toBeGreaterThan(1000);
});
