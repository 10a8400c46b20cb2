import { mayDo } from '#domain/action.ts';
import { done, type Result, refused } from '#domain/result.ts';
import { weekOf } from '#domain/sending.ts';
import {
  isPaused,
  isSameSlot,
  type Pause,
  replan,
  ruleOf,
  type Slot,
  slotOf,
  type WeeklyRule,
} from '#domain/slot.ts';
import { addDays } from '#domain/time/civil.ts';
import { startOfDay, toInstant, toLocal } from '#domain/time/zone.ts';
import { settleNotes } from '#storage/card-notes.ts';
import type { Trx } from '#storage/database.ts';
import { findMember, type Member } from '#storage/members.ts';
import { relationsToAll } from '#storage/relations.ts';
import {
  changeSlot,
  confirmSlots,
  lockPairCadences,
  openOccurrencesOfPair,
  type PairSlot,
  setClosing,
  slotsOf,
} from '#storage/slots.ts';
import { excuseOccurrence, moveOccurrence } from '#storage/told-occurrences.ts';
import { findWorkspace } from '#storage/workspaces.ts';
import type { ServiceContext } from '../context.ts';
import { noteDenial } from './denials.ts';
import { nextPlanned } from './next-planned.ts';
import { slotsSubject } from './offer-slots.ts';

/** What a manager wants for one pair: a slot and whether it is paused, or what there is, as it is. */
export interface SlotWish {
  repId: string;
  change: { slot: Slot; pause: Pause | null } | undefined;
}

export interface SlotsSaved {
  /** Whose 1:1s are otherwise now. */
  changed: string[];
  /** Who does not report to this manager any more; nothing was changed for them. */
  lost: string[];
}

/**
 * Sets the slots of a manager's pairs, in one go. What is planned and has not fallen due moves along within its
 * week; a pause excuses what falls into it.
 */
export async function setSlots(
  context: ServiceContext,
  workspaceId: string,
  managerId: string,
  wishes: readonly SlotWish[],
): Promise<Result<SlotsSaved, { kind: 'you_are_unknown' }>> {
  const now = context.clock.now();
  const saved = await context.database.inWorkspace(
    workspaceId,
    async (trx): Promise<Result<SlotsSaved, { kind: 'you_are_unknown' }>> => {
      const manager = await findMember(trx, workspaceId, managerId);
      if (manager === undefined) return refused({ kind: 'you_are_unknown' });
      const result: SlotsSaved = { changed: [], lost: [] };
      const confirmed: string[] = [];
      const repIds = wishes.map(({ repId }) => repId);
      const slots = await ownSlots(trx, workspaceId, managerId, repIds);
      for (const { repId, change } of wishes) {
        const found = slots.get(repId);
        if (found === undefined) result.lost.push(repId);
        else if (change === undefined) confirmed.push(found.cadenceId);
        else if (await setOne(trx, workspaceId, manager, found, change, now)) result.changed.push(repId);
        else confirmed.push(found.cadenceId);
      }
      await confirmSlots(trx, workspaceId, confirmed, new Date(now));
      if (result.changed.length + confirmed.length > 0) {
        const subjectId = slotsSubject(managerId);
        await settleNotes(trx, workspaceId, { subjectId, kinds: ['set_slots'] }, new Date(now));
      }
      return done(result);
    },
  );
  if (saved.ok) context.wake(workspaceId);
  return saved;
}

/** Locked before they are read; only those that are this manager's to set now. */
async function ownSlots(
  trx: Trx,
  workspaceId: string,
  managerId: string,
  repIds: readonly string[],
): Promise<ReadonlyMap<string, PairSlot>> {
  const relations = await relationsToAll(trx, workspaceId, managerId, repIds);
  const own = repIds.filter((repId) => mayDo(relations.get(repId) ?? [], 'set_slot'));
  for (const repId of repIds) if (!own.includes(repId)) noteDenial(repId);
  await lockPairCadences(trx, workspaceId, managerId, own);
  const slots = await slotsOf(trx, workspaceId, managerId);
  return new Map(slots.filter(({ repId }) => own.includes(repId)).map((one) => [one.repId, one]));
}

/** Says whether anything is otherwise than before. */
async function setOne(
  trx: Trx,
  workspaceId: string,
  manager: Member,
  before: PairSlot,
  wanted: { slot: Slot; pause: Pause | null },
  now: number,
): Promise<boolean> {
  const zone = manager.timeZone;
  const { date: today } = toLocal(now, zone);
  const pause = isPaused(wanted.pause, today) ? wanted.pause : null;
  const paused = isPaused(before.pause, today) ? before.pause : null;
  const samePause = pause === null ? paused === null : paused !== null && pause.until === paused.until;
  const sameSlot = isSameSlot(wanted.slot, slotOf(before.rule, today));
  if (samePause && sameSlot) return false;

  const rule = ruleOf(wanted.slot, before.rule, today);
  const pair = { managerId: manager.id, repId: before.repId };
  if (!sameSlot) await moveOpen(trx, workspaceId, pair, rule, zone, now);
  if (pause !== null) await excuseDuring(trx, workspaceId, pair, pause, zone, now);
  await changeSlot(trx, workspaceId, before.cadenceId, {
    rule,
    setAt: new Date(now),
    pause: pause === null ? null : { ...pause, at: new Date(now) },
    next: await nextOf(trx, workspaceId, manager, rule, pause, now),
  });
  return true;
}

async function moveOpen(
  trx: Trx,
  workspaceId: string,
  pair: { managerId: string; repId: string },
  rule: WeeklyRule,
  zone: string,
  now: number,
): Promise<void> {
  const momentIn = (date: string): number =>
    toInstant({ date: addDays(weekOf(date), rule.weekday - 1), time: rule.time }, zone);
  const open = await openOccurrencesOfPair(trx, workspaceId, pair);
  const times = open.map(({ id, dueAt, closesAt }) => ({
    id,
    dueAt: dueAt.getTime(),
    closesAt: closesAt.getTime(),
    date: toLocal(dueAt.getTime(), zone).date,
  }));
  for (const one of replan(times, rule, now, momentIn)) {
    if (one.kind === 'excuse') {
      await excuseOccurrence(trx, workspaceId, one.id, 'slot_moved', new Date(now));
    } else if (one.kind === 'move') {
      const to = { dueAt: new Date(one.dueAt), closesAt: new Date(one.closesAt) };
      await moveOccurrence(trx, workspaceId, one.id, to);
    } else {
      await setClosing(trx, workspaceId, one.id, new Date(one.closesAt));
    }
  }
}

/** What has fallen due before the pause still waits to be logged. */
async function excuseDuring(
  trx: Trx,
  workspaceId: string,
  pair: { managerId: string; repId: string },
  { until }: Pause,
  zone: string,
  now: number,
): Promise<void> {
  const end = until === null ? Number.POSITIVE_INFINITY : startOfDay(until, zone);
  for (const { id, dueAt } of await openOccurrencesOfPair(trx, workspaceId, pair)) {
    const at = dueAt.getTime();
    if (at > now && at < end) await excuseOccurrence(trx, workspaceId, id, 'paused', new Date(now));
  }
}

async function nextOf(
  trx: Trx,
  workspaceId: string,
  manager: Member,
  rule: WeeklyRule,
  pause: Pause | null,
  now: number,
) {
  const workspace = await findWorkspace(trx, workspaceId);
  const takesPart = workspace?.startedAt != null && (!workspace.pilot || manager.inPilot);
  if (!takesPart || pause?.until === null) return undefined;
  const after = pause === null ? now : startOfDay(pause.until, manager.timeZone) - 1;
  return nextPlanned({ ...manager, rule }, after);
}
