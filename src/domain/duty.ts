import type { DeliveryKind } from './delivery.ts';
import type { DutyKind } from './occurrence.ts';
import { defaultOneOnOneSlot, oneOnOneMinutes } from './one-on-one.ts';
import type { Rule } from './recurrence.ts';
import { toLocal } from './time/zone.ts';

const minute = 60_000;
const day = 24 * 60 * minute;

/** How a duty is asked about. */
export interface Duty {
  prompt: DeliveryKind;
  /** When its message may go out, given when it falls due. */
  promptAt(dueAt: number): number;
}

export const duties: Record<DutyKind, Duty> = {
  one_on_one: { prompt: 'one_on_one_prompt', promptAt: (dueAt) => dueAt + oneOnOneMinutes * minute },
};

/** Occurrences are made this long ahead, so that a week's brief can name the whole week. */
export const planAhead = 7 * day;

/** One prompt a day for one person: what falls due on the same local day goes into the same message. */
export function promptKey(kind: DutyKind, askedId: string, dueAt: number, zone: string): string {
  return `${duties[kind].prompt}/${askedId}/${toLocal(dueAt, zone).date}`;
}

export function defaultOneOnOneRule(anchor: string): Rule {
  return { kind: 'weekly', interval: 1, anchor, ...defaultOneOnOneSlot };
}
