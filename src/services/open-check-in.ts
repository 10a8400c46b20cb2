import { checkInPeriod, isForManagerToo } from '#domain/duty.ts';
import { type Pillar, perPillar } from '#domain/pillar.ts';
import { done, type Result, refused } from '#domain/result.ts';
import type { CheckInAnswer } from '#domain/retention.ts';
import type { Settings } from '#domain/settings.ts';
import { addDays } from '#domain/time/civil.ts';
import { toLocal } from '#domain/time/zone.ts';
import { noteAccess } from '#storage/access-records.ts';
import { type CheckInFacts, checkInsWhere } from '#storage/check-ins.ts';
import type { Trx } from '#storage/database.ts';
import { findProgramme } from '#storage/programmes.ts';
import { currentSettings } from '#storage/settings.ts';
import { sightingsOf } from '#storage/sightings.ts';
import type { ServiceContext } from '../context.ts';
import { denied } from './denials.ts';
import { ownCheckIns } from './own-check-ins.ts';

export type CheckInProblem =
  | { kind: 'not_yours' }
  /** The programme ended, the rep was taken out, or it was excused. */
  | { kind: 'called_off' }
  | { kind: 'too_early' };

export interface CheckInToAnswer {
  facts: CheckInFacts;
  pillarNames: Settings['pillarNames'];
}

/** A rep's own check-in, to answer or to correct. */
export function openCheckIn(
  context: ServiceContext,
  workspaceId: string,
  repId: string,
  occurrenceId: string,
): Promise<Result<CheckInToAnswer, CheckInProblem>> {
  return context.database.inWorkspace(
    workspaceId,
    async (trx): Promise<Result<CheckInToAnswer, CheckInProblem>> => {
      const found = await checkInsWhere(trx, workspaceId, { occurrenceIds: [occurrenceId] });
      const [facts] = await ownCheckIns(trx, workspaceId, found, { userId: repId, side: 'rep' });
      if (facts === undefined) return denied({ kind: 'not_yours' });
      if (facts.state === 'excused' && facts.rep === null) return refused({ kind: 'called_off' });
      if (facts.dueAt.getTime() > context.clock.now()) return refused({ kind: 'too_early' });
      const { pillarNames } = await currentSettings(trx, workspaceId);
      return done({ facts, pillarNames });
    },
  );
}

/** One rep of a manager's check-in, with what the fields begin with. */
export interface TeamRow {
  facts: CheckInFacts;
  initial: Record<Pillar, CheckInAnswer>;
}

export interface TeamToAnswer {
  programmeId: string;
  programmeName: string;
  day: number;
  rows: TeamRow[];
  pillarNames: Settings['pillarNames'];
}

/** Everybody of one programme and day about whom this manager is asked; only those still open, or all. */
export function openTeamCheckIns(
  context: ServiceContext,
  workspaceId: string,
  managerId: string,
  which: { programmeId: string; day: number; all: boolean },
): Promise<Result<TeamToAnswer, CheckInProblem | { kind: 'nothing_open' }>> {
  const { programmeId, day, all } = which;
  const now = context.clock.now();
  return context.database.inWorkspace(workspaceId, async (trx) => {
    const settings = await currentSettings(trx, workspaceId);
    const programme = await findProgramme(trx, workspaceId, programmeId);
    const found = await checkInsWhere(trx, workspaceId, { programmeId, day, managerId });
    const ofTeam = await ownCheckIns(trx, workspaceId, found, { userId: managerId, side: 'manager' });
    if (programme === undefined || ofTeam.length === 0) return denied({ kind: 'not_yours' as const });
    if (!isForManagerToo(checkInPeriod(day), settings)) return refused({ kind: 'not_yours' as const });
    const fallen = ofTeam.filter(({ dueAt, state }) => dueAt.getTime() <= now && state !== 'excused');
    const wanted = all ? fallen : fallen.filter(waitsForManager);
    if (wanted.length === 0) return refused({ kind: 'nothing_open' as const });
    const previous = settings.checkInDays.filter((one) => one < day).at(-1) ?? 0;
    const since = addDays(programme.sessionOn, previous);
    const personIds = wanted.map(({ repId }) => repId);
    const opened = { viewerId: managerId, personIds, resource: 'check_in', how: 'form', now } as const;
    await noteAccess(trx, workspaceId, opened);
    return done({
      programmeId,
      programmeName: programme.name,
      day,
      rows: await withInitial(trx, workspaceId, wanted, { since, now }),
      pillarNames: settings.pillarNames,
    });
  });
}

export const waitsForManager = ({ state, manager }: Pick<CheckInFacts, 'state' | 'manager'>): boolean =>
  (state === 'planned' || state === 'due') && manager === null;

/** What was answered before, else what the latest debrief since the last check-in says. */
async function withInitial(
  trx: Trx,
  workspaceId: string,
  wanted: readonly CheckInFacts[],
  { since, now }: { since: string; now: number },
): Promise<TeamRow[]> {
  const repIds = wanted.map(({ repId }) => repId);
  // A call of today may be of tomorrow already where it took place.
  const to = addDays(toLocal(now, 'UTC').date, 1);
  const sightings = await sightingsOf(trx, workspaceId, repIds, { from: since, to });
  return wanted.map((facts) => ({
    facts,
    initial: perPillar(
      (pillar) =>
        facts.manager?.answers[pillar] ??
        sightings.findLast(
          (one) => one.repId === facts.repId && one.pillar === pillar && one.seen !== 'not_watched',
        )?.seen ??
        'not_watched',
    ),
  }));
}
