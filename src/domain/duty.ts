import type { DeliveryKind } from './delivery.ts';
import type { DutyKind } from './occurrence.ts';
import { defaultOneOnOneSlot, oneOnOneMinutes } from './one-on-one.ts';
import type { Rule } from './recurrence.ts';
import { addDays, weekdayOf } from './time/civil.ts';
import { toInstant, toLocal } from './time/zone.ts';

const minute = 60_000;
const day = 24 * 60 * minute;

/** One message that goes with a duty: what kind, to whom, and when, given when the duty falls due. */
export interface Ask {
  kind: DeliveryKind;
  of: 'asked' | 'about';
  /** `zone` is the receiver's. */
  at(dueAt: number, zone: string): number;
}

export const asksOf: Record<DutyKind, readonly Ask[]> = {
  one_on_one: [
    { kind: 'one_on_one_prompt', of: 'asked', at: (dueAt) => dueAt + oneOnOneMinutes * minute },
    { kind: 'one_on_one_preparation', of: 'about', at: (dueAt, zone) => workingDayBefore(dueAt, zone) },
  ],
};

/** The morning of the working day before: time enough to think, and near enough to be remembered. */
function workingDayBefore(dueAt: number, zone: string): number {
  const { date } = toLocal(dueAt, zone);
  let before = addDays(date, -1);
  while (weekdayOf(before) > 5) before = addDays(before, -1);
  return toInstant({ date: before, time: '09:00' }, zone);
}

/** Occurrences are made this long ahead, so that a week's brief can name the whole week. */
export const planAhead = 7 * day;

/** One message of a kind a day for one person: what falls on the same local day goes into the same one. */
export function askKey(kind: DeliveryKind, receiverId: string, at: number, zone: string): string {
  return `${kind}/${receiverId}/${toLocal(at, zone).date}`;
}

export function defaultOneOnOneRule(anchor: string): Rule {
  return { kind: 'weekly', interval: 1, anchor, ...defaultOneOnOneSlot };
}
