import type { DeliveryKind } from './delivery.ts';
import type { Role } from './people.ts';
import type { Settings } from './settings.ts';
import { addDays, weekdayOf } from './time/civil.ts';
import { toLocal } from './time/zone.ts';
import {
  addWorkingDays,
  cardMoment,
  isWorkingAt,
  isWorkingDay,
  type WorkingTime,
  workingDayFrom,
} from './working-time.ts';

/** What decides whether a message may go to a person now. */
export interface Receiver {
  time: WorkingTime;
  roles: readonly Role[];
  /** Local dates of this week on which messages went out, one for each message. */
  sentOn: readonly string[];
  /** Today's card is out. */
  hasCard: boolean;
  /** The first day they are back, where they are away today. */
  backOn: string | undefined;
}

/** Why a message is left to a card. */
export const waits = ['away', 'outside_working_time', 'day_is_over', 'day_is_full', 'week_is_full'] as const;
export type Waits = (typeof waits)[number];

/** Send it, or leave it to the card of that moment, and why. */
export type Sending = { kind: 'send' } | { kind: 'leave_to_card'; at: number; because: Waits };

/**
 * A message goes out in working time, on its own day and within the budget. What does not fit is never lost:
 * what is still open of it moves onto the next card that may come.
 */
export function decideSending(
  delivery: { kind: Extract<DeliveryKind, 'card' | 'prompt'>; dueAt: number },
  now: number,
  receiver: Receiver,
  settings: Pick<Settings, 'budget' | 'cardTime'>,
): Sending {
  const { time, sentOn, backOn } = receiver;
  const { date: today } = toLocal(now, time.zone);
  const card = (date: string): number => cardMoment(time, date, settings.cardTime);
  const next = (): number => card(addWorkingDays(time, today, 1));
  const leave = (at: number, because: Waits): Sending => ({ kind: 'leave_to_card', at, because });

  if (backOn !== undefined) return leave(card(workingDayFrom(time, backOn)), 'away');
  if (!isWorkingDay(time, today)) return leave(next(), 'outside_working_time');
  if (!isWorkingAt(time, now)) return leave(card(today) > now ? card(today) : next(), 'outside_working_time');

  const { perDay, perWeek } = limitsOf(receiver.roles, settings.budget);
  if (sentOn.length >= perWeek) return leave(card(firstOfNextWeek(time, today)), 'week_is_full');
  const fullToday = sentOn.filter((date) => date === today).length >= perDay;
  if (fullToday || (delivery.kind === 'card' && receiver.hasCard)) return leave(next(), 'day_is_full');
  const isOfToday = toLocal(delivery.dueAt, time.zone).date === today;
  // Words of another day are not sent today; what they asked is, on a card of today.
  if (!isOfToday) return leave(receiver.hasCard ? next() : now, 'day_is_over');
  return { kind: 'send' };
}

/** Whoever manages or leads has the manager's budget, also where they are coached themselves. */
export function limitsOf(
  roles: readonly Role[],
  budget: Settings['budget'],
): { perDay: number; perWeek: number } {
  const onlyRep = roles.includes('rep') && !roles.some((role) => role !== 'rep');
  return onlyRep
    ? { perDay: budget.repPerDay, perWeek: budget.repPerWeek }
    : { perDay: budget.managerPerDay, perWeek: budget.managerPerWeek };
}

/** Monday of the week of a date. */
export function weekOf(date: string): string {
  return addDays(date, 1 - weekdayOf(date));
}

function firstOfNextWeek(time: WorkingTime, today: string): string {
  return workingDayFrom(time, addDays(weekOf(today), 7));
}
