import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { nextOccurrence } from '#domain/recurrence.ts';
import { weekOf } from '#domain/sending.ts';
import {
  isPaused,
  isSameSlot,
  meetsInWeekOf,
  type OpenTime,
  replan,
  rhythms,
  ruleOf,
  slotOf,
  type WeeklyRule,
} from '#domain/slot.ts';
import { addDays } from '#domain/time/civil.ts';
import { toInstant, toLocal } from '#domain/time/zone.ts';

const zone = 'America/New_York';
const monday = '2026-03-02';
const thursday: WeeklyRule = { kind: 'weekly', weekday: 4, time: '16:00', interval: 1, anchor: monday };

const slots = fc.record({
  weekday: fc.integer({ min: 1, max: 7 }),
  time: fc.constantFrom('00:30', '09:00', '16:00', '23:45'),
  rhythm: fc.constantFrom(...rhythms),
});
const dates = fc.integer({ min: 0, max: 700 }).map((days) => addDays('2026-01-01', days));

describe('the slot of a pair', () => {
  test('is what its rule says, whatever was before', () => {
    fc.assert(
      fc.property(slots, slots, dates, (before, wanted, today) => {
        const rule = ruleOf(wanted, ruleOf(before, thursday, today), today);
        expect(isSameSlot(slotOf(rule, today), wanted)).toBe(true);
      }),
    );
  });

  test('keeps its weeks when only day or time change, in any later week', () => {
    fc.assert(
      fc.property(slots, dates, fc.integer({ min: 0, max: 20 }), (slot, start, weeks) => {
        const rule = ruleOf(slot, thursday, start);
        const later = addDays(start, weeks * 7);
        const moved = ruleOf({ ...slotOf(rule, later), weekday: 2 }, rule, later);
        for (const ahead of [0, 7, 14, 21, 28]) {
          const day = addDays(later, ahead);
          expect(meetsInWeekOf(moved, day)).toBe(meetsInWeekOf(rule, day));
        }
      }),
    );
  });

  test('counts the weeks that recurrence counts', () => {
    fc.assert(
      fc.property(slots, dates, dates, (slot, start, from) => {
        const rule = ruleOf(slot, thursday, start);
        const { due } = nextOccurrence(rule, zone, toInstant({ date: from, time: '12:00' }, zone));
        expect(meetsInWeekOf(rule, toLocal(due, zone).date)).toBe(true);
      }),
    );
  });

  test('every two weeks begins with this week, or with the next', () => {
    const slot = { weekday: 4, time: '16:00' };
    expect(meetsInWeekOf(ruleOf({ ...slot, rhythm: '2' }, thursday, '2026-03-04'), '2026-03-04')).toBe(true);
    expect(meetsInWeekOf(ruleOf({ ...slot, rhythm: '2-next' }, thursday, '2026-03-04'), '2026-03-04')).toBe(
      false,
    );
  });
});

test('a pause is over on the day it names', () => {
  expect(isPaused({ until: '2026-03-16' }, '2026-03-15')).toBe(true);
  expect(isPaused({ until: '2026-03-16' }, '2026-03-16')).toBe(false);
  expect(isPaused({ until: null }, '2030-01-01')).toBe(true);
  expect(isPaused(null, '2026-03-15')).toBe(false);
});

describe('what is planned when a slot moves', () => {
  const at = (date: string, time: string): number => toInstant({ date, time }, zone);
  const momentsOf =
    (rule: WeeklyRule) =>
    (date: string): number =>
      at(addDays(weekOf(date), rule.weekday - 1), rule.time);
  const open = (date: string): OpenTime => ({
    id: date,
    date,
    dueAt: at(date, '16:00'),
    closesAt: at(addDays(date, 7), '16:00'),
  });

  test('moves within its week where the new moment is ahead, and stays where it is over', () => {
    const now = at('2026-03-04', '10:00');
    const tuesday = { ...thursday, weekday: 2 };
    expect(replan([open('2026-03-05'), open('2026-03-12')], tuesday, now, momentsOf(tuesday))).toEqual([
      {
        id: '2026-03-05',
        kind: 'keep',
        dueAt: at('2026-03-05', '16:00'),
        closesAt: at('2026-03-10', '16:00'),
      },
      {
        id: '2026-03-12',
        kind: 'move',
        dueAt: at('2026-03-10', '16:00'),
        closesAt: at('2026-03-17', '16:00'),
      },
    ]);
  });

  test('has no 1:1 in a week that the new rhythm leaves out', () => {
    const now = at('2026-03-04', '10:00');
    const rule = ruleOf({ weekday: 4, time: '16:00', rhythm: '2' }, thursday, '2026-03-04');
    expect(replan([open('2026-03-05'), open('2026-03-12')], rule, now, momentsOf(rule))).toEqual([
      {
        id: '2026-03-05',
        kind: 'keep',
        dueAt: at('2026-03-05', '16:00'),
        closesAt: at('2026-03-19', '16:00'),
      },
      { id: '2026-03-12', kind: 'excuse' },
    ]);
  });

  test('never closes, moves into the past or leaves its week', () => {
    fc.assert(
      fc.property(
        slots,
        fc.integer({ min: 0, max: 13 }),
        fc.integer({ min: 0, max: 23 }),
        (slot, days, hour) => {
          const today = addDays(monday, days);
          const now = at(today, `${String(hour).padStart(2, '0')}:00`);
          const rule = ruleOf(slot, thursday, today);
          const times = ['2026-03-05', '2026-03-12', '2026-03-19']
            .map(open)
            .filter((one) => one.closesAt > now);
          for (const one of replan(times, rule, now, momentsOf(rule))) {
            if (one.kind === 'excuse') continue;
            expect(one.closesAt).toBeGreaterThan(now);
            expect(one.closesAt).toBeGreaterThan(one.dueAt);
            expect(weekOf(toLocal(one.dueAt, zone).date)).toBe(weekOf(one.id));
            if (one.kind === 'move') expect(one.dueAt).toBeGreaterThan(now);
          }
        },
      ),
    );
  });
});
