import { randomUUID } from 'node:crypto';
import { type Absence, type Fate, fateOf } from '#domain/absence.ts';
import { standInFor } from '#domain/check-in-absence.ts';
import type { DeliveryKind } from '#domain/delivery.ts';
import { askKey, asksOf, isForManagerToo } from '#domain/duty.ts';
import { momentsOf, type ToAsk } from '#domain/moments.ts';
import { defaultSettings, type Settings } from '#domain/settings.ts';
import { addDays } from '#domain/time/civil.ts';
import { toLocal } from '#domain/time/zone.ts';
import { nextCardMoment } from '#domain/working-time.ts';
import {
  type Askable,
  absencesOf,
  askablePeople,
  claimOccurrencesToAsk,
  type OccurrenceToAsk,
  recordAskDecisions,
  settingsOfMany,
  shownAlready,
} from '#storage/asks.ts';
import { workspacesToOpenIn } from '#storage/conversations.ts';
import type { Trx } from '#storage/database.ts';
import { type DeliveryToPlan, planDeliveries } from '#storage/deliveries.ts';
import { markMessagesShowing } from '#storage/messages.ts';

/** An occurrence, and what absences make of it. */
interface Decided {
  occurrence: OccurrenceToAsk;
  fate: Fate;
  /** Who is asked in the place of whoever is asked, or of the manager who comes second. */
  standInId: string | null;
  settings: Settings;
}

/** Plans the messages of occurrences that are soon due; those of one day for one person share a message. */
export async function planAsks(
  trx: Trx,
  now: Date,
  batch: number,
): Promise<{ claimed: number; excused: number; toOpenIn: readonly string[] }> {
  const claimed = await claimOccurrencesToAsk(trx, now, batch);
  if (claimed.length === 0) return { claimed: 0, excused: 0, toOpenIn: [] };
  const settings = await settingsOfMany(trx, [...new Set(claimed.map((one) => one.workspaceId))]);
  const absences = await absencesOf(trx, claimed.flatMap(peopleOf), dayBefore(now));
  const decided = claimed.map((occurrence): Decided => {
    const known = absences.get(occurrence.workspaceId) ?? [];
    const ofWorkspace = settings.get(occurrence.workspaceId) ?? defaultSettings;
    const fate = fateNow(occurrence, known);
    const standInId = standInOf(occurrence, fate, ofWorkspace, known);
    return { occurrence, fate, standInId, settings: ofWorkspace };
  });
  const decisions = decided.map((one) => decisionOf(one, now));
  await recordAskDecisions(trx, decisions, now);
  const excused = decisions.filter(({ excuse }) => excuse !== null);
  const handedOver = decided
    .filter(({ occurrence, standInId }) => occurrence.standInId !== standInId)
    .map(({ occurrence }) => occurrence);
  await markMessagesShowing(trx, [...excused, ...handedOver]);
  const planned = await asksFor(trx, decided, now);
  await planMessages(trx, planned, now);
  const receivers = planned.map(({ workspaceId, receiver }) => ({ workspaceId, receiverId: receiver.id }));
  const toOpenIn = await workspacesToOpenIn(trx, receivers);
  return { claimed: claimed.length, excused: excused.length, toOpenIn };
}

const dayBefore = (now: Date): string => addDays(toLocal(now.getTime(), 'UTC').date, -1);

function peopleOf({ workspaceId, asked, about, manager }: OccurrenceToAsk) {
  return [asked, about, ...(manager === null ? [] : [manager])].map(({ id }) => ({
    workspaceId,
    memberId: id,
  }));
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

function standInOf(
  { kind, period, about, manager, dueAt, closesAt }: OccurrenceToAsk,
  fate: Fate,
  settings: Settings,
  absences: readonly Absence[],
): string | null {
  if (fate.kind === 'stand_in') return fate.standInId;
  if (kind !== 'check_in' || manager === null || !isForManagerToo(period, settings)) return null;
  const open = { dueAt: dueAt.getTime(), closesAt: closesAt.getTime() };
  return standInFor(manager, about.id, open, absences);
}

function decisionOf(decided: Decided, now: Date) {
  const { occurrence, fate, standInId } = decided;
  const excused = isExcused(decided, now);
  return {
    workspaceId: occurrence.workspaceId,
    id: occurrence.id,
    standInId,
    excuse: excused ? 'away' : null,
    againAt: fate.kind === 'excuse' && !excused ? occurrence.dueAt : null,
  };
}

/** Not before it falls due: until then the absence may be changed, and what is excused stays so. */
function isExcused({ occurrence, fate }: Decided, now: Date): boolean {
  return fate.kind === 'excuse' && occurrence.dueAt <= now;
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
  const standIns = decided.flatMap(({ occurrence: { workspaceId }, standInId }) =>
    standInId === null ? [] : [{ workspaceId, memberId: standInId }],
  );
  const others = standIns.length > 0 ? await askablePeople(trx, standIns) : new Map<string, Askable>();
  return decided.flatMap(({ occurrence, fate, standInId, settings }) => {
    if (fate.kind === 'excuse' || occurrence.closesAt <= now) return [];
    const { workspaceId, id, kind, about, manager } = occurrence;
    const standIn = standInId === null ? undefined : others.get(`${workspaceId} ${standInId}`);
    const receivers =
      fate.kind === 'stand_in'
        ? { asked: standIn ?? occurrence.asked, about, manager }
        : { asked: occurrence.asked, about, manager: standIn ?? manager };
    return asksOf[kind].flatMap((ask) => {
      const receiver = receivers[ask.of];
      if (receiver === null) return [];
      return momentsOf(ask, inTime(occurrence), receiver.time, { fate, settings, now: now.getTime() }).map(
        ({ via, at }): Planned => ({ workspaceId, occurrenceId: id, kind: via, receiver, at, settings }),
      );
    });
  });
}

function inTime({ period, dueAt, closesAt, snoozedUntil }: OccurrenceToAsk): ToAsk {
  return {
    period,
    dueAt: dueAt.getTime(),
    closesAt: closesAt.getTime(),
    snoozedUntil: snoozedUntil?.getTime() ?? null,
  };
}

/**
 * Puts rows on the messages of their days. Where a day's message is out already, without the row, the next card
 * takes it.
 */
async function planMessages(trx: Trx, planned: Planned[], now: Date): Promise<void> {
  const left = await planDeliveries(trx, messagesOf(planned));
  if (left.length === 0) return;
  const lateRows = left.flatMap(({ workspaceId, key, occurrenceIds }) =>
    occurrenceIds.map((occurrenceId) => ({ workspaceId, key, occurrenceId })),
  );
  const shown = await shownAlready(trx, lateRows);
  const late = new Set(
    lateRows.map(({ key, occurrenceId }) => `${key} ${occurrenceId}`).filter((one) => !shown.has(one)),
  );
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
