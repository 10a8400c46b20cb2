import { randomUUID } from 'node:crypto';
import { askKey } from '#domain/duty.ts';
import { mayBeMessaged } from '#domain/people.ts';
import { done, type Result, refused } from '#domain/result.ts';
import { addDays, daysBetween } from '#domain/time/civil.ts';
import { toLocal } from '#domain/time/zone.ts';
import { nextCardMoment } from '#domain/working-time.ts';
import {
  type AbsenceRow,
  absencesFrom,
  insertAbsence,
  planAnewFor,
  takeWaitingNotes,
  withdrawAbsence,
} from '#storage/absences.ts';
import { noteInAudit } from '#storage/audit.ts';
import { linkNote } from '#storage/card-notes.ts';
import type { Trx } from '#storage/database.ts';
import { findMember, type Member, workingTimeOf } from '#storage/members.ts';
import { currentSettings } from '#storage/settings.ts';
import type { ServiceContext } from '../context.ts';
import { alignPractice } from './align-practice.ts';
import { noteDenial } from './denials.ts';
import { may } from './may.ts';

export interface AbsenceToSet {
  memberId: string;
  /** Whoever says so, where it is not themself: their manager, enablement or an admin. */
  by?: string;
  /** The one it replaces. */
  replaces: string | undefined;
  firstDay: string;
  lastDay: string;
  standInId: string | undefined;
  /** They have been asked whether it is to be that long. */
  isSure: boolean;
}

export type AbsenceProblem =
  | { kind: 'unknown' }
  | { kind: 'in_the_past' }
  | { kind: 'ends_before_it_begins' }
  | { kind: 'long'; days: number }
  | { kind: 'overlaps'; firstDay: string; lastDay: string }
  | { kind: 'stand_in'; why: 'not_a_manager' | 'yourself' | 'not_here' }
  | { kind: 'stand_in_away'; name: string; firstDay: string; lastDay: string }
  | { kind: 'gone' };

/** Longer than this is asked twice. */
const longest = 180;

/** Writes down that somebody is away, or changes it; what is planned of them is decided anew. */
export async function setAbsence(
  context: ServiceContext,
  workspaceId: string,
  wish: AbsenceToSet,
): Promise<Result<undefined, AbsenceProblem>> {
  const now = context.clock.now();
  const saved = await context.database.inWorkspace(
    workspaceId,
    async (trx): Promise<Result<undefined, AbsenceProblem>> => {
      const { memberId, replaces, by = memberId } = wish;
      const member = await knownMember(trx, workspaceId, memberId, by);
      if (member === undefined) return refused({ kind: 'unknown' });
      const { date: today } = toLocal(now, member.timeZone);
      const known = await absencesFrom(trx, workspaceId, memberId, addDays(today, -1));
      const before = known.find(({ id }) => id === replaces);
      if (replaces !== undefined && before === undefined) return refused({ kind: 'gone' });
      // What somebody says goes before what their status says.
      const others = known.filter(({ id, source }) => id !== replaces && source !== 'status');
      const problem =
        problemWithDays(wish, today, before, others) ?? (await problemWithStandIn(trx, workspaceId, wish));
      if (problem !== undefined) return refused(problem);
      if (replaces !== undefined) {
        await withdrawAbsence(trx, workspaceId, { id: replaces, memberId }, new Date(now));
      }
      const { firstDay, lastDay } = wish;
      const byStatus = known.filter(
        (one) => one.source === 'status' && one.firstDay <= lastDay && firstDay <= one.lastDay,
      );
      for (const { id } of byStatus) await withdrawAbsence(trx, workspaceId, { id, memberId }, new Date(now));
      const standInId = wish.standInId ?? null;
      const one = { id: randomUUID(), memberId, firstDay, lastDay, standInId, source: 'member' as const };
      await insertAbsence(trx, workspaceId, { ...one, setBy: by, at: new Date(now) });
      await noteForAnother(trx, workspaceId, { memberId, by, at: new Date(now) });
      await decideAnew(trx, workspaceId, member, now);
      return done(undefined);
    },
  );
  if (saved.ok) context.wake(workspaceId);
  return saved;
}

function problemWithDays(
  { firstDay, lastDay, isSure }: AbsenceToSet,
  today: string,
  before: AbsenceRow | undefined,
  others: readonly AbsenceRow[],
): AbsenceProblem | undefined {
  const hasBegun = before !== undefined && before.firstDay === firstDay;
  if (firstDay < today && !hasBegun) return { kind: 'in_the_past' };
  if (lastDay < firstDay) return { kind: 'ends_before_it_begins' };
  if (lastDay < addDays(today, -1)) return { kind: 'in_the_past' };
  const same = others.find((one) => one.firstDay <= lastDay && firstDay <= one.lastDay);
  if (same !== undefined) return { kind: 'overlaps', firstDay: same.firstDay, lastDay: same.lastDay };
  const days = daysBetween(firstDay, lastDay) + 1;
  return days > longest && !isSure ? { kind: 'long', days } : undefined;
}

async function problemWithStandIn(
  trx: Trx,
  workspaceId: string,
  { memberId, standInId, firstDay, lastDay }: AbsenceToSet,
): Promise<AbsenceProblem | undefined> {
  if (standInId === undefined) return undefined;
  if (standInId === memberId) return { kind: 'stand_in', why: 'yourself' };
  const standIn = await findMember(trx, workspaceId, standInId);
  if (standIn === undefined || !mayBeMessaged(standIn.status)) return { kind: 'stand_in', why: 'not_here' };
  if (!standIn.roles.includes('manager')) return { kind: 'stand_in', why: 'not_a_manager' };
  const away = (await absencesFrom(trx, workspaceId, standInId, firstDay)).find(
    (one) => one.firstDay <= lastDay,
  );
  return (
    away && {
      kind: 'stand_in_away',
      name: standIn.name,
      firstDay: away.firstDay,
      lastDay: away.lastDay,
    }
  );
}

/** Ends one absence: what is to come is off, what has begun ends yesterday. Says whether there was one. */
export async function endAbsence(
  context: ServiceContext,
  workspaceId: string,
  memberId: string,
  which: { id: string } | 'current',
  by = memberId,
): Promise<Result<{ ended: AbsenceRow | undefined }, { kind: 'unknown' }>> {
  const now = context.clock.now();
  const ended = await context.database.inWorkspace(
    workspaceId,
    async (trx): Promise<Result<{ ended: AbsenceRow | undefined }, { kind: 'unknown' }>> => {
      const member = await knownMember(trx, workspaceId, memberId, by);
      if (member === undefined) return refused({ kind: 'unknown' });
      const { date: today } = toLocal(now, member.timeZone);
      const known = await absencesFrom(trx, workspaceId, memberId, today);
      const one = known.find(({ id, firstDay }) =>
        which === 'current' ? firstDay <= today : id === which.id,
      );
      if (one === undefined) return done({ ended: undefined });
      const at = new Date(now);
      await withdrawAbsence(trx, workspaceId, { id: one.id, memberId }, at);
      if (one.firstDay < today) {
        const { firstDay, standInId, source } = one;
        const until = {
          id: randomUUID(),
          memberId,
          firstDay,
          lastDay: addDays(today, -1),
          standInId,
          source,
        };
        await insertAbsence(trx, workspaceId, { ...until, setBy: by, at });
      }
      await noteForAnother(trx, workspaceId, { memberId, by, at });
      await decideAnew(trx, workspaceId, member, now);
      return done({ ended: one });
    },
  );
  if (ended.ok && ended.value.ended !== undefined) context.wake(workspaceId);
  return ended;
}

async function knownMember(
  trx: Trx,
  workspaceId: string,
  memberId: string,
  by: string,
): Promise<Member | undefined> {
  const asking = { workspaceId, viewerId: by, subjectId: memberId };
  const action = by === memberId ? 'set_absence' : 'mark_away';
  if (await may(trx, asking, action)) return findMember(trx, workspaceId, memberId);
  if (by !== memberId) noteDenial(memberId);
  return undefined;
}

/** What somebody says of themself is theirs; what another says of them is written down. */
async function noteForAnother(
  trx: Trx,
  workspaceId: string,
  { memberId, by, at }: { memberId: string; by: string; at: Date },
): Promise<void> {
  if (by === memberId) return;
  const detail = { fields: ['away'] };
  await noteInAudit(trx, workspaceId, { actorId: by, what: 'person_changed', aboutId: memberId, detail, at });
}

/**
 * What is practised moves, other occurrences are planned anew. Notes go to the next card, which waits in its turn
 * while they are away.
 */
export async function decideAnew(trx: Trx, workspaceId: string, member: Member, now: number): Promise<void> {
  await alignPractice(trx, workspaceId, member.id, now);
  await planAnewFor(trx, workspaceId, member.id, new Date(now));
  const { cardTime } = await currentSettings(trx, workspaceId);
  const at = nextCardMoment(workingTimeOf(member), now, cardTime);
  const card = {
    key: askKey('card', member.id, at, member.timeZone),
    receiverId: member.id,
    at: new Date(at),
  };
  for (const noteId of await takeWaitingNotes(trx, workspaceId, member.id, new Date(at))) {
    await linkNote(trx, workspaceId, noteId, card);
  }
}
