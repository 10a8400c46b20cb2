import { isDeepStrictEqual } from 'node:util';
import { checkInMoment } from '#domain/programme.ts';
import { done, type Result, refused } from '#domain/result.ts';
import { settleNotes, touchNotes } from '#storage/card-notes.ts';
import {
  type CheckInDate,
  excuseCheckIns,
  moveCheckIns,
  openCheckInsOf,
  tellCheckIns,
} from '#storage/check-in-dates.ts';
import type { Trx } from '#storage/database.ts';
import { markMessagesShowing } from '#storage/messages.ts';
import {
  type Enrolment,
  enrolmentsWhere,
  lockProgramme,
  type Programme,
  type ProgrammeContent,
  setEnded,
  setWithdrawn,
  updateProgramme,
} from '#storage/programmes.ts';
import { keepRevisionOf } from '#storage/revisions.ts';
import { currentSettings } from '#storage/settings.ts';
import type { ServiceContext } from '../context.ts';
import { denied } from './denials.ts';
import { askBaseline, datesAhead } from './enrol-reps.ts';
import { homesOf } from './make-programme.ts';
import { may } from './may.ts';

export type ProgrammeProblem =
  | { kind: 'not_yours' }
  | { kind: 'gone' }
  | { kind: 'ended' }
  /** None of those named is in it. */
  | { kind: 'not_enrolled'; repIds: string[] };

export interface ProgrammeChanged {
  /** Check-ins that were open and stand on a new date now. */
  moved: number;
  /** Check-ins that are over on the new date before they were answered. */
  excused: number;
  changed: string[];
}

/** A new name, date or list of pillars. What is still open moves with the session, what is over stays. */
export function changeProgramme(
  context: ServiceContext,
  workspaceId: string,
  given: { userId: string; programmeId: string; content: ProgrammeContent },
): Promise<Result<ProgrammeChanged, ProgrammeProblem>> {
  return withProgramme(context, workspaceId, given, async (trx, before, at) => {
    const { content } = given;
    const { id, endedAt, ...was } = before;
    const enrolments = await enrolmentsWhere(trx, workspaceId, { programmeId: id });
    if (isDeepStrictEqual(was, content)) return done({ moved: 0, excused: 0, changed: [] });
    await updateProgramme(trx, workspaceId, id, content);
    await keepRevisionOf(
      trx,
      workspaceId,
      { kind: 'programme', id },
      { content, savedAt: at, savedBy: given.userId },
    );
    const dates =
      content.sessionOn === was.sessionOn
        ? { moved: 0, excused: 0 }
        : await moveSession(trx, workspaceId, { id, endedAt, ...content }, enrolments, at);
    const open = await openCheckInsOf(
      trx,
      workspaceId,
      enrolments.map((one) => one.id),
    );
    await markMessagesShowing(
      trx,
      open.map((one) => ({ workspaceId, id: one.id })),
    );
    const subjectId = enrolments.map((one) => one.id);
    await touchNotes(trx, workspaceId, { subjectId, kinds: ['baseline'] });
    return done({ ...dates, changed: concerned(enrolments, given.userId) });
  });
}

async function moveSession(
  trx: Trx,
  workspaceId: string,
  programme: Programme,
  enrolments: readonly Enrolment[],
  at: Date,
): Promise<{ moved: number; excused: number }> {
  const settings = await currentSettings(trx, workspaceId);
  const now = at.getTime();
  const byId = new Map(enrolments.map((one) => [one.id, one]));
  const open = await openCheckInsOf(trx, workspaceId, [...byId.keys()]);
  const dates = open.flatMap(({ id, enrolmentId, day }): (CheckInDate & { id: string })[] => {
    const enrolment = byId.get(enrolmentId);
    if (enrolment === undefined) return [];
    const { dueAt, closesAt } = checkInMoment(programme.sessionOn, day, enrolment.repTime, settings);
    return [{ id, enrolmentId, repId: enrolment.repId, day, dueAt, closesAt }];
  });
  const over = dates.filter(({ closesAt }) => closesAt <= now).map(({ id }) => id);
  const excused = await excuseCheckIns(trx, workspaceId, over, 'session_moved', at);
  const moved = await moveCheckIns(
    trx,
    workspaceId,
    dates.filter(({ closesAt }) => closesAt > now),
  );
  // What was over before it could be asked may be ahead now.
  await tellCheckIns(trx, workspaceId, datesAhead(programme, enrolments, settings, now));
  await askBaseline(trx, workspaceId, programme, enrolments, now);
  return { moved, excused };
}

/** Takes reps out: what is still open of it is excused, what they answered stays. */
export function withdrawReps(
  context: ServiceContext,
  workspaceId: string,
  given: { userId: string; programmeId: string; repIds: readonly string[] },
): Promise<Result<{ excused: number; changed: string[] }, ProgrammeProblem>> {
  return withProgramme(context, workspaceId, given, async (trx, programme, at) => {
    const enrolments = await enrolmentsWhere(trx, workspaceId, {
      programmeId: programme.id,
      repIds: given.repIds,
    });
    const missing = given.repIds.filter((id) => !enrolments.some(({ repId }) => repId === id));
    if (missing.length > 0) return refused({ kind: 'not_enrolled', repIds: missing });
    await setWithdrawn(
      trx,
      workspaceId,
      enrolments.map(({ id }) => id),
      at,
    );
    const excused = await callOff(trx, workspaceId, enrolments, 'withdrawn', at);
    return done({ excused, changed: concerned(enrolments, given.userId) });
  });
}

export function endProgramme(
  context: ServiceContext,
  workspaceId: string,
  given: { userId: string; programmeId: string },
): Promise<Result<{ excused: number; changed: string[] }, ProgrammeProblem>> {
  return withProgramme(context, workspaceId, given, async (trx, { id }, at) => {
    const enrolments = await enrolmentsWhere(trx, workspaceId, { programmeId: id });
    await setEnded(trx, workspaceId, id, at);
    const excused = await callOff(trx, workspaceId, enrolments, 'programme_ended', at);
    return done({ excused, changed: concerned(enrolments, given.userId) });
  });
}

async function callOff(
  trx: Trx,
  workspaceId: string,
  enrolments: readonly Enrolment[],
  reason: string,
  at: Date,
): Promise<number> {
  const ids = enrolments.map(({ id }) => id);
  const open = await openCheckInsOf(trx, workspaceId, ids);
  await settleNotes(trx, workspaceId, { subjectId: ids, kinds: ['baseline'] }, at);
  return excuseCheckIns(
    trx,
    workspaceId,
    open.map(({ id }) => id),
    reason,
    at,
  );
}

const concerned = (enrolments: readonly Enrolment[], userId: string): string[] =>
  homesOf(
    userId,
    enrolments.flatMap(({ repId, managerId }) => [repId, managerId ?? repId]),
  );

async function withProgramme<T>(
  context: ServiceContext,
  workspaceId: string,
  { userId, programmeId }: { userId: string; programmeId: string },
  change: (trx: Trx, programme: Programme, at: Date) => Promise<Result<T, ProgrammeProblem>>,
): Promise<Result<T, ProgrammeProblem>> {
  const at = new Date(context.clock.now());
  const changed = await context.database.inWorkspace(
    workspaceId,
    async (trx): Promise<Result<T, ProgrammeProblem>> => {
      if (!(await may(trx, { workspaceId, viewerId: userId }, 'run_programme'))) {
        return denied({ kind: 'not_yours' });
      }
      const programme = await lockProgramme(trx, workspaceId, programmeId);
      if (programme === undefined) return refused({ kind: 'gone' });
      if (programme.endedAt !== null) return refused({ kind: 'ended' });
      return change(trx, programme, at);
    },
  );
  if (changed.ok) context.wake(workspaceId);
  return changed;
}
