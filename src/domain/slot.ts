/** A pair's own weekday, time and rhythm. */

import type { Rule } from './recurrence-rule.ts';
import { weekOf } from './sending.ts';
import { addDays, daysBetween } from './time/civil.ts';

export type WeeklyRule = Extract<Rule, { kind: 'weekly' }>;

/** How often a pair meets; of two weeks, the one that counts has to be said. */
export const rhythms = ['1', '2', '2-next', '3', '4'] as const;
export type Rhythm = (typeof rhythms)[number];

export interface Slot {
  /** ISO: Monday is 1, Sunday is 7. */
  weekday: number;
  time: string;
  rhythm: Rhythm;
}

const weeksIn: Record<Rhythm, number> = { '1': 1, '2': 2, '2-next': 2, '3': 3, '4': 4 };

/** Whether the week of a date is one of those in which the pair meets. */
export function meetsInWeekOf({ interval, anchor }: WeeklyRule, date: string): boolean {
  const weeks = daysBetween(weekOf(anchor), weekOf(date)) / 7;
  return ((weeks % interval) + interval) % interval === 0;
}

export function slotOf(rule: WeeklyRule, today: string): Slot {
  const { weekday, time, interval } = rule;
  const named = rhythms.find((one) => weeksIn[one] === interval) ?? '4';
  return { weekday, time, rhythm: interval === 2 && !meetsInWeekOf(rule, today) ? '2-next' : named };
}

/** The rule of a slot. A rhythm that stays keeps its weeks; a new one begins with this week, or the next. */
export function ruleOf(slot: Slot, before: WeeklyRule, today: string): WeeklyRule {
  const { weekday, time, rhythm } = slot;
  const anchor =
    slotOf(before, today).rhythm === rhythm
      ? before.anchor
      : addDays(weekOf(today), rhythm === '2-next' ? 7 : 0);
  return { kind: 'weekly', weekday, time, interval: weeksIn[rhythm], anchor };
}

export const isSameSlot = (one: Slot, other: Slot): boolean =>
  one.weekday === other.weekday && one.time === other.time && one.rhythm === other.rhythm;

/** Nothing is planned in a pause: until a date, which is the first day after it, or until it is ended. */
export type Pause = { until: string | null };

export function isPaused(pause: Pause | null, today: string): boolean {
  return pause !== null && (pause.until === null || pause.until > today);
}

/** One time that is still open, by the date and the week it was for. */
export interface OpenTime {
  id: string;
  dueAt: number;
  closesAt: number;
  date: string;
}

/** What a new slot makes of what is open already. */
export type Replanned =
  | { id: string; kind: 'keep'; dueAt: number; closesAt: number }
  | { id: string; kind: 'move'; dueAt: number; closesAt: number }
  | { id: string; kind: 'excuse' };

/**
 * What has not fallen due moves to the new slot within its week, where that is still ahead; where it is over
 * already, this week's stays where it was. A week that the new rhythm leaves out has no 1:1. Each closes when
 * the one after it falls due. `momentIn` is the slot's moment in the week of a date.
 */
export function replan(
  open: readonly OpenTime[],
  rule: WeeklyRule,
  now: number,
  momentIn: (date: string) => number,
): Replanned[] {
  const times = open
    .toSorted((one, other) => one.dueAt - other.dueAt)
    .map((one) => {
      if (one.dueAt <= now) return { ...one, kind: 'keep' as const };
      if (!meetsInWeekOf(rule, one.date)) return { ...one, kind: 'excuse' as const };
      const dueAt = momentIn(one.date);
      const moves = dueAt > now && dueAt !== one.dueAt;
      return moves ? { ...one, kind: 'move' as const, dueAt } : { ...one, kind: 'keep' as const };
    });
  const left = times.filter(({ kind }) => kind !== 'excuse');
  return times.map((one): Replanned => {
    if (one.kind === 'excuse') return { id: one.id, kind: 'excuse' };
    const after =
      left.find((other) => other.dueAt > one.dueAt)?.dueAt ?? momentAfter(one.date, rule, momentIn);
    // Nothing closes because its slot was moved.
    const closesAt = after > now ? after : one.closesAt;
    return { id: one.id, kind: one.kind, dueAt: one.dueAt, closesAt };
  });
}

function momentAfter(date: string, rule: WeeklyRule, momentIn: (date: string) => number): number {
  let week = addDays(weekOf(date), 7);
  while (!meetsInWeekOf(rule, week)) week = addDays(week, 7);
  return momentIn(week);
}
