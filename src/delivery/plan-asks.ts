import { randomUUID } from 'node:crypto';
import { type Absence, type Fate, fateOf } from '#domain/absence.ts';
import type { DeliveryKind } from '#domain/delivery.ts';
import { type Ask, askKey, asksOf } from '#domain/duty.ts';
import { defaultSettings, type Settings } from '#domain/settings.ts';
import { addDays } from '#domain/time/civil.ts';
import { startOfDay, toLocal } from '#domain/time/zone.ts';
import { cardMoment, nextCardMoment, workingDayFrom } from '#domain/working-time.ts';
import {
  type Askable,
  absencesOf,
  askablePeople,
  claimOccurrencesToAsk,
  type OccurrenceToAsk,
  recordAskDecisions,
  settingsOfMany,
} from '#storage/asks.ts';
import type { Trx } from '#storage/database.ts';
import { type DeliveryToPlan, planDeliveries } from '#storage/deliveries.ts';
import { markMessagesShowing } from '#storage/messages.ts';

/** Later than this a question that precedes its occasion is not worth asking any more. */
const lapsesAfter = 8 * 60 * 60_000;

/** An occurrence, and what absences make of it. */
interface Decided {
  occurrence: OccurrenceToAsk;
  fate: Fate;
  settings: Settings;
}

/** Plans the messages of occurrences that are soon due; those of one day for one person share a message. */
export async function planAsks(
  trx: Trx,
  now: Date,
  batch: number,
): Promise<{ claimed: number; excused: number }> {
  const claimed = await claimOccurrencesToAsk(trx, now, batch);
  if (claimed.length === 0) return { claimed: 0, excused: 0 };
  const settings = await settingsOfMany(trx, [...new Set(claimed.map((one) => one.workspaceId))]);
  const absences = await absencesOf(trx, claimed.flatMap(peopleOf), dayBefore(now));
  const decided = claimed.map((occurrence): Decided => {
    const known = absences.get(occurrence.workspaceId) ?? [];
    const ofWorkspace = settings.get(occurrence.workspaceId) ?? defaultSettings;
    return { occurrence, fate: fateNow(occurrence, known), settings: ofWorkspace };
  });
  await recordAskDecisions(trx, decided.map(decisionOf), now);
  const excused = decided.filter(({ fate }) => fate.kind === 'excuse').map(({ occurrence }) => occurrence);
  await markMessagesShowing(trx, excused);
  await planMessages(trx, await asksFor(trx, decided, now), now);
  return { claimed: claimed.length, excused: excused.length };
}

const dayBefore = (now: Date): string => addDays(toLocal(now.getTime(), 'UTC').date, -1);

function peopleOf({ workspaceId, asked, about }: OccurrenceToAsk) {
  return [asked, about].map(({ id }) => ({ workspaceId, memberId: id }));
}

function fateNow(occurrence: OccurrenceToAsk, absences: readonly Absence[]): Fate {
  const { kind, asked, about } = occurrence;
  const affected = {
    kind,
    dueAt: occurrence.dueAt.getTime(),
    closesAt: occurrence.closesAt.getTime(),
    askedId: asked.id,
    aboutId: about.id,
  };
  return fateOf(affected, asked.time.zone, absences);
}

function decisionOf({ occurrence: { workspaceId, id }, fate }: Decided) {
  return {
    workspaceId,
    id,
    standInId: fate.kind === 'stand_in' ? fate.standInId : null,
    excuse: fate.kind === 'excuse' ? 'away' : null,
  };
}

/** One row on one message. */
interface Planned {
  workspaceId: string;
  occurrenceId: string;
  kind: DeliveryKind;
  receiver: Askable;
  at: number;
  settings: Settings;
}

async function asksFor(trx: Trx, decided: Decided[], now: Date): Promise<Planned[]> {
  const standIns = decided.flatMap(({ occurrence: { workspaceId }, fate }) =>
    fate.kind === 'stand_in' ? [{ workspaceId, memberId: fate.standInId }] : [],
  );
  const others = standIns.length > 0 ? await askablePeople(trx, standIns) : new Map<string, Askable>();
  return decided.flatMap(({ occurrence, fate, settings }) => {
    if (fate.kind === 'excuse' || occurrence.closesAt <= now) return [];
    const { workspaceId, id, kind, about, manager } = occurrence;
    const standIn = fate.kind === 'stand_in' ? others.get(`${workspaceId} ${fate.standInId}`) : undefined;
    const receivers = { asked: standIn ?? occurrence.asked, about, manager };
    return asksOf[kind].flatMap((ask) => {
      const receiver = receivers[ask.of];
      if (receiver === null) return [];
      return momentsOf(ask, occurrence, receiver, fate, settings, now).map(
        ({ via, at }): Planned => ({ workspaceId, occurrenceId: id, kind: via, receiver, at, settings }),
      );
    });
  });
}

function momentsOf(
  ask: Ask,
  { period, dueAt, closesAt }: OccurrenceToAsk,
  { time }: Askable,
  fate: Fate,
  settings: Settings,
  now: Date,
): { via: DeliveryKind; at: number }[] {
  const falling = { period, dueAt: dueAt.getTime(), closesAt: closesAt.getTime() };
  const all = ask.at(falling, time, settings);
  if (fate.kind === 'wait') {
    // Nobody is asked while one of the two is away; then on the card of the first day back.
    const back = startOfDay(fate.until, time.zone);
    const first = cardMoment(time, workingDayFrom(time, fate.until), settings.cardTime);
    const later = all.filter((at) => at >= back).map((at) => ({ via: ask.via, at }));
    const onReturn = all.length > later.length ? [{ via: 'card' as const, at: first }] : [];
    return inTime([...onReturn, ...later], falling, now.getTime());
  }
  return inTime(
    all.map((at) => ({ via: ask.via, at })),
    falling,
    now.getTime(),
  );
}

/** Of what should have been asked before now, the latest is enough; and nothing is planned for after the end. */
function inTime<T extends { at: number }>(
  asks: T[],
  { dueAt, closesAt }: { dueAt: number; closesAt: number },
  now: number,
): T[] {
  const past = asks.filter(({ at }) => at <= now).sort((a, b) => b.at - a.at);
  const worthwhile = past.filter(({ at }) => at >= dueAt || at + lapsesAfter >= now).slice(0, 1);
  return [...worthwhile, ...asks.filter(({ at }) => at > now)].filter(({ at }) => at < closesAt);
}

/** Puts rows on the messages of their days. Where a day's message is out already, the next card takes the row. */
async function planMessages(trx: Trx, planned: Planned[], now: Date): Promise<void> {
  const left = await planDeliveries(trx, messagesOf(planned));
  if (left.length === 0) return;
  const late = new Set(left.flatMap(({ key, occurrenceIds }) => occurrenceIds.map((id) => `${key} ${id}`)));
  const onNextCard = planned
    .filter((one) => late.has(`${keyOf(one)} ${one.occurrenceId}`))
    .map((one) => ({
      ...one,
      kind: 'card' as const,
      at: nextCardMoment(one.receiver.time, now.getTime(), one.settings.cardTime),
    }));
  await planDeliveries(trx, messagesOf(onNextCard));
}

const keyOf = ({ kind, receiver, at }: Planned): string => askKey(kind, receiver.id, at, receiver.time.zone);

function messagesOf(planned: Planned[]): DeliveryToPlan[] {
  const byKey = new Map<string, DeliveryToPlan>();
  for (const one of planned) {
    const key = keyOf(one);
    const inWorkspace = `${one.workspaceId} ${key}`;
    const message = byKey.get(inWorkspace) ?? {
      workspaceId: one.workspaceId,
      id: randomUUID(),
      postKey: randomUUID(),
      kind: one.kind,
      key,
      receiverId: one.receiver.id,
      dueAt: new Date(one.at),
      occurrenceIds: [],
    };
    message.occurrenceIds.push(one.occurrenceId);
    if (one.at > message.dueAt.getTime()) message.dueAt = new Date(one.at);
    byKey.set(inWorkspace, message);
  }
  return [...byKey.values()];
}
