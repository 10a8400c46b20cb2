import { describe, expect, test } from 'vitest';
import { hasHolidays, holidayOn } from '#domain/holidays.ts';

const nameOn = (country: string, date: string): string | undefined => holidayOn(country, date)?.name;

describe('a public holiday', () => {
  test('is named in English, as the country writes it', () => {
    expect(holidayOn('US', '2026-05-25')).toEqual({
      date: '2026-05-25',
      country: 'US',
      name: 'Memorial Day',
    });
    expect(nameOn('US', '2026-09-07')).toBe('Labor Day');
    expect(nameOn('DE', '2026-05-01')).toBe('Labour Day');
    expect(nameOn('JP', '2026-09-22')).toBe("Citizens' Holiday");
  });

  test('has its substitute day, also where that is in the year before', () => {
    // Fourth of July 2026 is a Saturday, and New Year's Day 2028 another.
    expect(nameOn('US', '2026-07-03')).toContain('substitute');
    expect(nameOn('GB', '2026-12-28')).toContain('Boxing Day');
    expect(nameOn('JP', '2026-05-06')).toContain('substitute');
    expect(nameOn('US', '2027-12-31')).toContain("New Year's Day");
  });

  test('of several days has all of them, over the turn of the year, too', () => {
    expect(['19', '20', '21', '22', '23'].map((day) => nameOn('AE', `2026-03-${day}`) !== undefined)).toEqual(
      [false, true, true, true, false],
    );
    expect(nameOn('SZ', '2026-12-28')).toBe('Incwala Festival');
    expect(nameOn('SZ', '2027-01-02')).toBe('Incwala Festival');
    expect(nameOn('SZ', '2027-01-03')).toBeUndefined();
  });

  test('that is free for half a day only is none', () => {
    // The afternoon of 4 May in China, and of 24 December in Iceland.
    expect(nameOn('CN', '2026-05-04')).toBeUndefined();
    expect(nameOn('IS', '2026-12-24')).toBeUndefined();
    // Three days and the afternoon before them, as Turkey counts them.
    expect(['08', '09', '11', '12'].map((day) => nameOn('TR', `2027-03-${day}`) !== undefined)).toEqual([
      false,
      true,
      true,
      false,
    ]);
  });

  test('is kept in the whole country', () => {
    // Epiphany is kept in the south of Germany.
    expect(nameOn('DE', '2026-01-06')).toBeUndefined();
    expect(nameOn('DE', '2026-05-14')).toBe('Ascension Day');
  });
});

test('a country that is none has no holidays, and is known for that', () => {
  expect(['DE', 'UK', 'XX', 'us', ''].map(hasHolidays)).toEqual([true, false, false, false, false]);
  expect(holidayOn('XX', '2026-12-25')).toBeUndefined();
});
