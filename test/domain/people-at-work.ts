import fc from 'fast-check';
import type { WorkingTime } from '#domain/working-time.ts';

/** Working times as people have them: zones with every kind of clock change, weeks of all shapes. */

export const inNewYork: WorkingTime = {
  zone: 'America/New_York',
  days: [1, 2, 3, 4, 5],
  starts: '09:00',
  ends: '17:00',
};

export const zones = fc.constantFrom(
  'America/New_York',
  'Europe/Berlin',
  'Asia/Kolkata',
  'Australia/Lord_Howe',
  'Pacific/Apia',
  'America/Nuuk',
  'UTC',
);

export const workingTimes: fc.Arbitrary<WorkingTime> = fc.record({
  zone: zones,
  days: fc.subarray([1, 2, 3, 4, 5, 6, 7]),
  starts: fc.constantFrom('06:30', '08:00', '09:00', '11:00'),
  ends: fc.constantFrom('14:00', '17:00', '21:30'),
  country: fc.constantFrom(null, 'US', 'DE', 'JP', 'AE', 'ZA'),
});

const first = Date.parse('2026-01-01T00:00:00Z');
const last = Date.parse('2027-12-31T00:00:00Z');

export const instants = fc
  .integer({ min: first / 60_000, max: last / 60_000 })
  .map((minute) => minute * 60_000);

export const dates = fc
  .integer({ min: 0, max: 729 })
  .map((day) => new Date(first + day * 24 * 60 * 60_000).toISOString().slice(0, 10));

/** An instant in New York. */
export const local = (text: string): number => Date.parse(`${text}:00${offsetOf(text)}`);

const offsetOf = (text: string): string =>
  text >= '2026-03-08' && text < '2026-11-01' ? '-04:00' : '-05:00';
