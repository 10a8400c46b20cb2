import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { toInstant } from '#domain/time/zone.ts';
import { dateTokens, dayInWords, fieldMoment, instantOf, timeOf } from '#sandbox/page/data/zoned.ts';

const zone = fc.constantFrom(
  'America/New_York',
  'Europe/London',
  'Asia/Tokyo',
  'Asia/Kolkata',
  'Australia/Lord_Howe',
);
const minute = 60_000;

describe('a moment in a field', () => {
  test('means the instant at which the wall clock shows it', () => {
    const instants = fc.integer({ min: Date.UTC(2020, 0) / minute, max: Date.UTC(2040, 0) / minute });
    fc.assert(
      fc.property(instants, zone, (minutes, where) => {
        const shown = fieldMoment(minutes * minute, where);
        // Of an hour that comes twice either is right; what the field shows must be the same.
        expect(fieldMoment(instantOf(shown, where), where)).toBe(shown);
      }),
    );
  });

  test('agrees with the product outside of gaps and overlaps', () => {
    expect(instantOf('2026-06-18T09:30', 'America/New_York')).toBe(
      toInstant({ date: '2026-06-18', time: '09:30' }, 'America/New_York'),
    );
  });
});

describe('words for time', () => {
  const now = Date.parse('2026-06-11T20:00:00Z');

  test('are those of the reader’s own day', () => {
    expect(timeOf(now, 'America/New_York')).toBe('4:00 PM');
    expect(dayInWords(now, now, 'Asia/Tokyo')).toBe('Today');
    expect(dayInWords(now - 6 * 3_600_000, now, 'Asia/Tokyo')).toBe('Yesterday');
    expect(dayInWords(Date.parse('2026-06-03T12:00:00Z'), now, 'Europe/London')).toBe('Wednesday, June 3rd');
    expect(dayInWords(Date.parse('2025-12-11T12:00:00Z'), now, 'Europe/London')).toBe(
      'Thursday, December 11th, 2025',
    );
  });

  test('fill Slack’s date tokens, and leave what is none', () => {
    const seconds = now / 1000;
    expect(dateTokens('{date_short_pretty} at {time} {nothing}', seconds, 'America/New_York', now)).toBe(
      'today at 4:00 PM {nothing}',
    );
    expect(dateTokens('{date_num}', seconds, 'Asia/Tokyo', now)).toBe('2026-06-12');
  });
});
