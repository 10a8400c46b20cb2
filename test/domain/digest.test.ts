import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { channelTrouble, digestKey, digestRule, weekBefore } from '#domain/digest.ts';
import { nextOccurrence } from '#domain/recurrence.ts';
import { addDays, daysBetween, weekdayOf } from '#domain/time/civil.ts';
import { toLocal } from '#domain/time/zone.ts';

const zones = ['UTC', 'Europe/Berlin', 'America/New_York', 'Pacific/Chatham', 'Pacific/Apia', 'Asia/Kolkata'];
const instant = fc.integer({ min: Date.parse('2024-01-01'), max: Date.parse('2030-01-01') });

describe('the week a digest tells of', () => {
  test('is the last full one, Monday to Sunday, wherever it is read', () => {
    fc.assert(
      fc.property(instant, fc.constantFrom(...zones), (at, zone) => {
        const { monday, sunday } = weekBefore(at, zone);
        const { date } = toLocal(at, zone);
        expect([weekdayOf(monday), addDays(monday, 6)]).toEqual([1, sunday]);
        const since = daysBetween(sunday, date);
        expect(since >= 1 && since <= 7).toBe(true);
      }),
    );
  });

  test('on a Monday it has just ended, on a Sunday it is not that Sunday’s', () => {
    expect(weekBefore(Date.parse('2026-03-09T00:00:00Z'), 'UTC').monday).toBe('2026-03-02');
    expect(weekBefore(Date.parse('2026-03-08T23:59:00Z'), 'UTC').monday).toBe('2026-02-23');
  });
});

test('one a week, on its day and at its time there, across a change of the clocks', () => {
  const settings = fc.record({
    digestWeekday: fc.integer({ min: 1, max: 7 }),
    digestTime: fc.constantFrom('00:00', '02:30', '09:00', '23:59'),
  });
  fc.assert(
    fc.property(instant, fc.constantFrom(...zones), settings, (after, zone, chosen) => {
      const first = nextOccurrence(digestRule(chosen), zone, after);
      const second = nextOccurrence(digestRule(chosen), zone, first.due);
      expect(digestKey('C1', first.period)).not.toBe(digestKey('C1', second.period));
      expect(weekdayOf(toLocal(first.due, zone).date)).toBe(chosen.digestWeekday);
      expect(daysBetween(toLocal(first.due, zone).date, toLocal(second.due, zone).date)).toBe(7);
      // Two digests in a row tell of two weeks in a row.
      expect(daysBetween(weekBefore(first.due, zone).monday, weekBefore(second.due, zone).monday)).toBe(7);
    }),
  );
});

test('only what somebody has to mend in the channel is trouble with it', () => {
  expect(['is_archived', 'not_in_channel', 'channel_not_found'].map(channelTrouble)).not.toContain(undefined);
  expect(['invalid_blocks', 'ratelimited', 'restricted_action'].map(channelTrouble)).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
});
