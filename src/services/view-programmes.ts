import { access } from '#domain/access.ts';
import { mayDo } from '#domain/action.ts';
import { done, type Result, refused } from '#domain/result.ts';
import type { CheckInSide } from '#domain/retention.ts';
import type { Settings } from '#domain/settings.ts';
import { toLocal } from '#domain/time/zone.ts';
import { noteAccess } from '#storage/access-records.ts';
import { baselinesOf } from '#storage/baselines.ts';
import { type CheckInFacts, checkInsWhere } from '#storage/check-ins.ts';
import type { Trx } from '#storage/database.ts';
import { dayZeroOf, type Shown } from '#storage/day-zero.ts';
import { findMember } from '#storage/members.ts';
import {
  type Enrolment,
  enrolmentsWhere,
  findProgramme,
  listProgrammes,
  type Programme,
} from '#storage/programmes.ts';
import { relationsToAll, relationsToWorkspace } from '#storage/relations.ts';
import { currentSettings } from '#storage/settings.ts';
import type { ServiceContext } from '../context.ts';
import { denied } from './denials.ts';

export type NoProgrammes = { kind: 'you_are_unknown' } | { kind: 'not_yours' } | { kind: 'gone' };

export interface ProgrammeList {
  mayRun: boolean;
  /** With how many of those in it that the viewer may see. */
  programmes: (Programme & { reps: number })[];
  settings: Settings;
  today: string;
}

export interface ProgrammeDetail {
  programme: Programme;
  mayRun: boolean;
  /** Only those the viewer may see. */
  reps: Enrolment[];
  checkIns: CheckInFacts[];
  dayZero: Shown[];
  baselines: { enrolmentId: string; side: CheckInSide }[];
  settings: Settings;
  today: string;
  now: number;
}

/** Every programme for enablement; for whoever leads reps, those that their people are in. */
export function viewProgrammes(
  context: Pick<ServiceContext, 'database' | 'clock'>,
  workspaceId: string,
  viewerId: string,
): Promise<Result<ProgrammeList, NoProgrammes>> {
  return context.database.inWorkspace(workspaceId, async (trx) => {
    const viewer = await viewerOf(trx, workspaceId, viewerId);
    if (viewer === undefined) return refused({ kind: 'you_are_unknown' });
    const seen = await visibleTo(trx, workspaceId, viewerId, await enrolmentsWhere(trx, workspaceId));
    const all = (await listProgrammes(trx, workspaceId)).map((programme) => ({
      ...programme,
      reps: seen.filter(({ programmeId }) => programmeId === programme.id).length,
    }));
    if (!viewer.mayRun && !viewer.leads) return denied({ kind: 'not_yours' });
    return done({
      mayRun: viewer.mayRun,
      programmes: viewer.mayRun ? all : all.filter(({ reps }) => reps > 0),
      settings: await currentSettings(trx, workspaceId),
      today: toLocal(context.clock.now(), viewer.zone).date,
    });
  });
}

export function viewProgramme(
  context: Pick<ServiceContext, 'database' | 'clock'>,
  workspaceId: string,
  viewerId: string,
  programmeId: string,
): Promise<Result<ProgrammeDetail, NoProgrammes>> {
  return context.database.inWorkspace(workspaceId, async (trx) => {
    const viewer = await viewerOf(trx, workspaceId, viewerId);
    if (viewer === undefined) return refused({ kind: 'you_are_unknown' });
    const programme = await findProgramme(trx, workspaceId, programmeId);
    if (programme === undefined) return refused({ kind: 'gone' });
    const enrolments = await enrolmentsWhere(trx, workspaceId, { programmeId });
    const reps = await visibleTo(trx, workspaceId, viewerId, enrolments);
    if (!viewer.mayRun && reps.length === 0) return denied({ kind: 'not_yours' });
    const ids = new Set(reps.map(({ id }) => id));
    const repIds = new Set(reps.map(({ repId }) => repId));
    const checkIns = await checkInsWhere(trx, workspaceId, { programmeId });
    const now = context.clock.now();
    const personIds = [...repIds];
    const opened = { viewerId, personIds, resource: 'programme', how: 'list', now } as const;
    await noteAccess(trx, workspaceId, opened);
    return done({
      programme,
      mayRun: viewer.mayRun,
      reps,
      checkIns: checkIns.filter(({ enrolmentId }) => ids.has(enrolmentId)),
      dayZero: (await dayZeroOf(trx, workspaceId, programmeId)).filter(({ repId }) => repIds.has(repId)),
      baselines: await baselinesOf(trx, workspaceId, [...ids]),
      settings: await currentSettings(trx, workspaceId),
      today: toLocal(now, viewer.zone).date,
      now,
    });
  });
}

async function viewerOf(trx: Trx, workspaceId: string, viewerId: string) {
  const member = await findMember(trx, workspaceId, viewerId);
  if (member === undefined) return undefined;
  const relations = await relationsToWorkspace(trx, workspaceId, viewerId);
  return {
    mayRun: mayDo(relations, 'run_programme'),
    leads: member.roles.includes('manager'),
    zone: member.timeZone,
  };
}

/** Those whose part in a programme somebody may see, other than their own. */
async function visibleTo(
  trx: Trx,
  workspaceId: string,
  viewerId: string,
  enrolments: readonly Enrolment[],
): Promise<Enrolment[]> {
  const repIds = [...new Set(enrolments.map(({ repId }) => repId))];
  const relations = await relationsToAll(trx, workspaceId, viewerId, repIds);
  return enrolments.filter(({ repId }) => access(relations.get(repId) ?? [], 'programme') === 'full');
}
