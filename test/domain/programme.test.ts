import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  checkInMoment,
  checkInsAhead,
  isAskedIn,
  isBaselineAsked,
  isDateWithinReason,
} from '#domain/programme.ts';
import { defaultSettings } from '#domain/settings.ts';
import { addDays, weekdayOf } from '#domain/time/civil.ts';
import { toLocal } from '#domain/time/zone.ts';

const rep = { zone: 'America/Los_Angeles', days: [1, 2, 3, 4, 5], starts: '09:00', ends: '17:00' };

const dates = fc.integer({ min: 0, max: 2000 }).map((days) => addDays('2025-01-01', days));
const zones = fc.constantFrom('America/Los_Angeles', 'Europe/Berlin', 'Pacific/Auckland', 'Asia/Kolkata');

test('a date is within reason up to about a year either way', () => {
  expect(isDateWithinReason('2025-03-02', '2026-03-02')).toBe(true);
  expect(isDateWithinReason('2027-03-02', '2026-03-02')).toBe(true);
  expect(isDateWithinReason('2025-02-28', '2026-03-02')).toBe(false);
  expect(isDateWithinReason('2027-03-04', '2026-03-02')).toBe(false);
});

test('the fourth wave is asked nothing, everybody else is', () => {
  expect([null, 1, 2, 3, 4].map(isAskedIn)).toEqual([true, true, true, true, false]);
});

test('the baseline is asked up to the day of the session', () => {
  expect(isBaselineAsked('2026-03-03', '2026-03-03')).toBe(true);
  expect(isBaselineAsked('2026-03-03', '2026-03-04')).toBe(false);
});

describe('a check-in', () => {
  test('of a Saturday comes on Monday, and closes fourteen days after it fell due', () => {
    const moment = checkInMoment('2026-03-05', 2, rep, defaultSettings);
    expect(moment.askedOn).toBe('2026-03-09');
    expect(toLocal(moment.dueAt, rep.zone)).toMatchObject({ date: '2026-03-07', time: '09:00' });
    expect(toLocal(moment.closesAt, rep.zone)).toMatchObject({ date: '2026-03-21', time: '09:00' });
  });

  test('falls due that many days after the session at the local time of the card, whatever the clocks do', () => {
    fc.assert(
      fc.property(dates, zones, fc.integer({ min: 1, max: 365 }), (sessionOn, zone, day) => {
        const { dueAt, closesAt, askedOn } = checkInMoment(sessionOn, day, { ...rep, zone }, defaultSettings);
        expect(toLocal(dueAt, zone)).toMatchObject({ date: addDays(sessionOn, day), time: '09:00' });
        expect(weekdayOf(askedOn)).toBeLessThan(6);
        expect(closesAt).toBeGreaterThan(dueAt);
      }),
    );
  });

  test('is ahead as long as its card is still to come or is today’s; each stands on one side only', () => {
    fc.assert(
      fc.property(dates, zones, fc.integer({ min: -30, max: 120 }), (sessionOn, zone, passed) => {
        const today = addDays(sessionOn, passed);
        const now = checkInMoment(today, 0, { ...rep, zone }, defaultSettings).dueAt;
        const ahead = checkInsAhead(sessionOn, { ...rep, zone }, defaultSettings, now).map(({ day }) => day);
        const wanted = defaultSettings.checkInDays.filter(
          (day) => checkInMoment(sessionOn, day, { ...rep, zone }, defaultSettings).askedOn >= today,
        );
        expect(ahead).toEqual(wanted);
      }),
    );
  });
});
