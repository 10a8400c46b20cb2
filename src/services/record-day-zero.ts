import { mayDo } from '#domain/action.ts';
import { done, type Result, refused } from '#domain/result.ts';
import type { Settings } from '#domain/settings.ts';
import { toLocal } from '#domain/time/zone.ts';
import type { Trx } from '#storage/database.ts';
import { dayZeroOf, type Shown, saveDayZero } from '#storage/day-zero.ts';
import { findMember } from '#storage/members.ts';
import { type Enrolment, enrolmentsWhere, lockProgramme, type Programme } from '#storage/programmes.ts';
import { relationsToAll } from '#storage/relations.ts';
import { keepRevisionOf } from '#storage/revisions.ts';
import { currentSettings } from '#storage/settings.ts';
import type { ServiceContext } from '../context.ts';
import { denied } from './denials.ts';

export type DayZeroProblem =
  | { kind: 'not_yours' }
  | { kind: 'gone' }
  /** Of the fourth wave nothing is asked, so nothing of theirs is compared with a day 0 later. */
  | { kind: 'nobody_asked' }
  /** Nothing can have been seen of a training that is still to come. */
  | { kind: 'not_yet'; sessionOn: string };

export interface DayZeroToRecord {
  programme: Programme;
  /** Whose day 0 this person may record. */
  reps: Enrolment[];
  shown: Shown[];
  pillarNames: Settings['pillarNames'];
}

export function openDayZero(
  context: ServiceContext,
  workspaceId: string,
  userId: string,
  programmeId: string,
): Promise<Result<DayZeroToRecord, DayZeroProblem>> {
  return context.database.inWorkspace(workspaceId, (trx) =>
    recordable(trx, workspaceId, { userId, programmeId, now: context.clock.now() }),
  );
}

/** Keeps what each of these reps showed at the end of training; of others nothing is said. */
export async function recordDayZero(
  context: ServiceContext,
  workspaceId: string,
  given: { userId: string; programmeId: string; shown: readonly Shown[] },
): Promise<Result<{ changed: string[] }, DayZeroProblem>> {
  const now = context.clock.now();
  return context.database.inWorkspace(workspaceId, async (trx) => {
    const found = await recordable(trx, workspaceId, { ...given, now });
    if (!found.ok) return found;
    const { programme, reps, shown: before } = found.value;
    const allowed = new Set(reps.map(({ repId }) => repId));
    if (given.shown.some(({ repId }) => !allowed.has(repId))) return denied({ kind: 'not_yours' });
    const isNew = (one: Shown): boolean =>
      before.find(({ repId, pillar }) => repId === one.repId && pillar === one.pillar)?.shown !== one.shown;
    const news = given.shown.filter(isNew);
    if (news.length === 0) return done({ changed: [] });
    const at = new Date(now);
    await saveDayZero(trx, workspaceId, programme.id, news, { id: given.userId, at });
    await keepRevisionOf(
      trx,
      workspaceId,
      { kind: 'programme', id: programme.id },
      { content: { dayZero: news }, savedAt: at, savedBy: given.userId },
    );
    return done({ changed: [given.userId] });
  });
}

async function recordable(
  trx: Trx,
  workspaceId: string,
  { userId, programmeId, now }: { userId: string; programmeId: string; now: number },
): Promise<Result<DayZeroToRecord, DayZeroProblem>> {
  const programme = await lockProgramme(trx, workspaceId, programmeId);
  if (programme === undefined) return refused({ kind: 'gone' });
  const enrolments = await enrolmentsWhere(trx, workspaceId, { programmeId });
  const repIds = enrolments.map(({ repId }) => repId);
  const relations = await relationsToAll(trx, workspaceId, userId, repIds);
  const theirs = enrolments.filter(({ repId }) => {
    const ofRep = relations.get(repId) ?? [];
    return mayDo(ofRep, 'run_programme') || mayDo(ofRep, 'answer_check_in_as_manager');
  });
  const viewer = await findMember(trx, workspaceId, userId);
  if (theirs.length === 0 || viewer === undefined) return denied({ kind: 'not_yours' });
  const reps = theirs.filter(({ asked }) => asked);
  if (reps.length === 0) return refused({ kind: 'nobody_asked' });
  if (toLocal(now, viewer.timeZone).date < programme.sessionOn) {
    return refused({ kind: 'not_yet', sessionOn: programme.sessionOn });
  }
  const { pillarNames } = await currentSettings(trx, workspaceId);
  return done({ programme, reps, shown: await dayZeroOf(trx, workspaceId, programmeId), pillarNames });
}
