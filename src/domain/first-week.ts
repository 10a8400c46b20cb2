import type { DeliveryKind } from './delivery.ts';
import type { Moment } from './moments.ts';
import type { Role } from './people.ts';
import { decideSending, weekOf } from './sending.ts';
import type { Settings } from './settings.ts';
import { toLocal } from './time/zone.ts';
import type { WorkingTime } from './working-time.ts';

/** Something a person would be asked, and when its message is to come. */
export interface Asked<Row> extends Moment {
  row: Row;
}

/** A message as it would go out if nothing were done before it does. */
export interface Foreseen<Row> {
  kind: Extract<DeliveryKind, 'card' | 'prompt'>;
  at: number;
  rows: Row[];
}

/** Who would get it. */
export interface Recipient {
  time: WorkingTime;
  roles: readonly Role[];
  /** Local dates on which messages have gone out lately, one for each; and cards among them. */
  sentOn: readonly string[];
  cardsOn: readonly string[];
  /** The first day they are back, where they are away on a date. */
  backOn(date: string): string | undefined;
}

interface Waiting<Row> {
  kind: Foreseen<Row>['kind'];
  dueAt: number;
  rows: Set<Row>;
}

/**
 * The messages of one person in a span of time, by the rules that decide when they are really sent: what falls on
 * one day shares a message, what waited goes out at once as one, and what may not go out moves to the card that may.
 */
export function foresee<Row>(
  asked: readonly Asked<Row>[],
  recipient: Recipient,
  { from, until }: { from: number; until: number },
  settings: Pick<Settings, 'budget' | 'cardTime'>,
): Foreseen<Row>[] {
  const { zone } = recipient.time;
  const dateOf = (at: number): string => toLocal(at, zone).date;
  const waiting = new Map<string, Waiting<Row>>();
  const put = (
    kind: Waiting<Row>['kind'],
    key: string,
    at: number,
    rows: Iterable<Row>,
    later: boolean,
  ): void => {
    const there = waiting.get(key) ?? { kind, dueAt: at, rows: new Set() };
    for (const row of rows) there.rows.add(row);
    there.dueAt = later ? Math.max(there.dueAt, at) : Math.min(there.dueAt, at);
    waiting.set(key, there);
  };
  for (const { via, at, row } of asked) {
    if (at <= from) put('card', `card ${dateOf(from)}`, from, [row], false);
    else put(via, `${via} ${dateOf(at)}`, at, [row], true);
  }

  const sent: Foreseen<Row>[] = [];
  const sentOn = [...recipient.sentOn];
  const cardsOn = [...recipient.cardsOn];
  for (;;) {
    const [key, next] = earliestOf(waiting) ?? [];
    if (key === undefined || next === undefined || next.dueAt >= until) return sent;
    waiting.delete(key);
    const { kind, dueAt: now, rows } = next;
    const today = dateOf(now);
    const receiver = {
      time: recipient.time,
      roles: recipient.roles,
      sentOn: sentOn.filter((date) => date >= weekOf(today)),
      hasCard: cardsOn.includes(today),
      backOn: recipient.backOn(today),
    };
    const sending = decideSending({ kind, dueAt: now }, now, receiver, settings);
    if (sending.kind === 'leave_to_card') {
      put('card', `card ${dateOf(sending.at)}`, sending.at, rows, false);
      continue;
    }
    sent.push({ kind, at: now, rows: [...rows] });
    sentOn.push(today);
    if (kind === 'card') cardsOn.push(today);
  }
}

function earliestOf<Row>(waiting: ReadonlyMap<string, Waiting<Row>>): [string, Waiting<Row>] | undefined {
  let earliest: [string, Waiting<Row>] | undefined;
  for (const entry of waiting) {
    // At one moment the card comes first, as in a drain.
    const isSooner =
      earliest === undefined ||
      entry[1].dueAt < earliest[1].dueAt ||
      (entry[1].dueAt === earliest[1].dueAt && entry[1].kind === 'card');
    if (isSooner) earliest = entry;
  }
  return earliest;
}
