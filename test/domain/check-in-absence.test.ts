import { describe, expect, test } from 'vitest';
import type { Absence } from '#domain/absence.ts';
import { couldNotAnswer, standInFor } from '#domain/check-in-absence.ts';
import { local } from './people-at-work.ts';

/** From Thursday 5 March to Thursday 19 March; the manager is asked from Friday on. */
const open = { dueAt: local('2026-03-05T09:00'), closesAt: local('2026-03-19T09:00') };
const time = { zone: 'America/New_York', days: [1, 2, 3, 4, 5], starts: '09:00', ends: '17:00' };
const dana = { id: 'DANA', time };
const sam = { id: 'SAM', time };

const away = (
  memberId: string,
  firstDay: string,
  lastDay: string,
  standInId: string | null = null,
): Absence => ({
  memberId,
  firstDay,
  lastDay,
  standInId,
});

describe('a side of a check-in', () => {
  test('could not answer while away on all its working days, a weekend at home notwithstanding', () => {
    expect(couldNotAnswer('rep', sam, open, [away('SAM', '2026-03-05', '2026-03-18')])).toBe(true);
    const weekendAtHome = [away('SAM', '2026-03-04', '2026-03-13'), away('SAM', '2026-03-16', '2026-03-18')];
    expect(couldNotAnswer('rep', sam, open, weekendAtHome)).toBe(true);
  });

  test('could answer on any working day that begins before it closes', () => {
    expect(couldNotAnswer('rep', sam, open, [away('SAM', '2026-03-06', '2026-03-18')])).toBe(false);
    expect(couldNotAnswer('rep', sam, open, [away('SAM', '2026-03-05', '2026-03-17')])).toBe(false);
    const aMinuteLonger = { ...open, closesAt: open.closesAt + 60_000 };
    expect(couldNotAnswer('rep', sam, aMinuteLonger, [away('SAM', '2026-03-05', '2026-03-18')])).toBe(false);
    expect(couldNotAnswer('rep', sam, open, [away('DANA', '2026-03-01', '2026-04-01')])).toBe(false);
  });

  test('begins a working day later for the manager', () => {
    const fromFriday = [away('DANA', '2026-03-06', '2026-03-18')];
    expect(couldNotAnswer('manager', dana, open, fromFriday)).toBe(true);
    expect(couldNotAnswer('rep', { ...dana }, open, fromFriday)).toBe(false);
  });
});

describe('a stand-in', () => {
  test('is asked for a manager who is away all the time, and not for one who is back before it closes', () => {
    expect(standInFor(dana, 'SAM', open, [away('DANA', '2026-03-06', '2026-03-18', 'LEE')])).toBe('LEE');
    expect(standInFor(dana, 'SAM', open, [away('DANA', '2026-03-06', '2026-03-17', 'LEE')])).toBeNull();
    expect(standInFor(dana, 'SAM', open, [away('DANA', '2026-03-06', '2026-03-18')])).toBeNull();
  });

  test('is not asked about themselves, nor while away all the time, too', () => {
    const absence = away('DANA', '2026-03-06', '2026-03-18', 'LEE');
    expect(standInFor(dana, 'LEE', open, [absence])).toBeNull();
    expect(standInFor(dana, 'SAM', open, [absence, away('LEE', '2026-03-06', '2026-03-19')])).toBeNull();
    expect(standInFor(dana, 'SAM', open, [absence, away('LEE', '2026-03-06', '2026-03-10')])).toBe('LEE');
  });
});
