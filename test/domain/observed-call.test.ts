import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { accountKey, cardsAboutCall, discoveryConcerns } from '#domain/observed-call.ts';
import { addDays } from '#domain/time/civil.ts';
import { toInstant, toLocal } from '#domain/time/zone.ts';
import { isWorkingDay, type WorkingTime } from '#domain/working-time.ts';

const newYork: WorkingTime = {
  zone: 'America/New_York',
  days: [1, 2, 3, 4, 5],
  starts: '09:00',
  ends: '17:00',
};
const at = (date: string, time: string) => toInstant({ date, time }, newYork.zone);

describe('the cards of a planned call', () => {
  test('are the next one before it, and that of the working day after', () => {
    const cards = cardsAboutCall('2026-03-06', newYork, '09:00', at('2026-03-03', '11:00'));
    expect(cards).toEqual({ before: at('2026-03-04', '09:00'), after: at('2026-03-09', '09:00') });
  });

  test('of a call today: only tomorrow’s', () => {
    const cards = cardsAboutCall('2026-03-03', newYork, '09:00', at('2026-03-03', '11:00'));
    expect(cards).toEqual({ before: undefined, after: at('2026-03-04', '09:00') });
  });

  test('of a call long ago: the next one', () => {
    const cards = cardsAboutCall('2026-02-03', newYork, '09:00', at('2026-03-06', '11:00'));
    expect(cards).toEqual({ before: undefined, after: at('2026-03-09', '09:00') });
  });

  test('are on working days, never past, and in their order', () => {
    const day = fc.integer({ min: -60, max: 120 });
    const days = fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1 });
    const zone = fc.constantFrom('America/New_York', 'Asia/Kolkata', 'Pacific/Auckland');
    fc.assert(
      fc.property(
        day,
        days,
        zone,
        fc.integer({ min: 0, max: 7 * 24 * 60 }),
        (ahead, working, where, minutes) => {
          const time: WorkingTime = { ...newYork, days: working, zone: where };
          const now = at('2026-03-02', '00:00') + minutes * 60_000;
          const callOn = addDays('2026-03-02', ahead);
          const { before, after } = cardsAboutCall(callOn, time, '09:00', now);
          const dateOf = (instant: number) => toLocal(instant, where).date;
          expect(after).toBeGreaterThan(now);
          expect(dateOf(after) > callOn).toBe(true);
          expect(isWorkingDay(time, dateOf(after))).toBe(true);
          if (before === undefined) return;
          expect(before).toBeGreaterThan(now);
          expect(before).toBeLessThan(after);
          expect(dateOf(before) <= callOn).toBe(true);
        },
      ),
    );
  });
});

test('a discovery is worth a word where the buyer talks less than 60 %, or the pitch begins before minute 15', () => {
  expect(discoveryConcerns({ buyerTalk: 60, pitchMinute: 15 })).toEqual([]);
  expect(discoveryConcerns({ buyerTalk: 59, pitchMinute: 14 })).toEqual([
    'buyer_talks_too_little',
    'pitch_too_early',
  ]);
  expect(discoveryConcerns({ buyerTalk: 0, pitchMinute: 0 })).toHaveLength(2);
  expect(discoveryConcerns({ buyerTalk: undefined, pitchMinute: undefined })).toEqual([]);
});

test('an account is the same however it was typed', () => {
  expect(accountKey('  Acme \n CORP ')).toBe('acme corp');
  expect(accountKey('Ａcme')).toBe(accountKey('acme'));
  expect(accountKey('Acme 2')).not.toBe(accountKey('Acme'));
});
