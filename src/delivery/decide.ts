import { digestLapsesAfter } from '#domain/digest.ts';
import { askKey } from '#domain/duty.ts';
import { mayBeMessaged } from '#domain/people.ts';
import { decideSending } from '#domain/sending.ts';
import type { Settings } from '#domain/settings.ts';
import { addDays } from '#domain/time/civil.ts';
import { toLocal } from '#domain/time/zone.ts';
import { receiverOf } from '#services/receiver.ts';
import type { CarryOver } from '#storage/carry.ts';
import type { DueDelivery } from '#storage/deliveries.ts';
import type { ReceiverRow } from '#storage/receivers.ts';

/** Where a delivery goes, or why it does not go there now. */
export type Decision =
  | { kind: 'send'; channel: string; sentOn: string | null }
  | { kind: 'drop'; because: string }
  /** Another has just gone into the same conversation. */
  | { kind: 'wait'; until: Date }
  | { kind: 'carry'; over: CarryOver };

/** People who are to get something now, each with what has been decided for them in this batch. */
export type Receivers = ReadonlyMap<string, ReceiverRow>;

/** The rules of working time, absence and budget, for one delivery that is due. */
export function decideDelivery(
  delivery: DueDelivery,
  receivers: Receivers,
  settings: Settings,
  { business: now, machine, between }: { business: number; machine: number; between: number },
): Decision {
  const { to, kind } = delivery;
  const dueAt = delivery.dueAt.getTime();
  if ('channel' in to) {
    return now - dueAt > digestLapsesAfter
      ? { kind: 'drop', because: 'too_late' }
      : { kind: 'send', channel: to.channel, sentOn: null };
  }
  if (kind === 'digest') throw new Error('a digest goes to a channel');
  const row = receivers.get(to.receiverId);
  if (row === undefined || !mayBeMessaged(to.status) || to.dmChannel === null) {
    return { kind: 'drop', because: `receiver_${to.status}` };
  }
  if (!row.takesPart) return { kind: 'drop', because: 'not_in_pilot' };
  const today = toLocal(now, row.time.zone).date;
  const sending = decideSending({ kind, dueAt }, now, receiverOf(row, today), settings);
  if (sending.kind === 'send') {
    const until = (row.postedAt?.getTime() ?? 0) + between;
    // What lies ahead by more than that was written by a clock that has been set back since.
    if (machine < until && until <= machine + between) return { kind: 'wait', until: new Date(until) };
    row.postedAt = new Date(machine);
    row.sentOn.push(today);
    if (kind === 'card') row.cardsOn.push(today);
    return { kind: 'send', channel: to.dmChannel, sentOn: today };
  }
  return {
    kind: 'carry',
    over: {
      deliveryId: delivery.id,
      receiverId: row.id,
      key: askKey('card', row.id, sending.at, row.time.zone),
      at: new Date(sending.at),
      because: sending.because,
    },
  };
}

/** Before the week of every zone's today. */
export function budgetSince(now: number): string {
  return addDays(toLocal(now, 'UTC').date, -8);
}
