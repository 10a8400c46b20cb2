import { perPillar, pillars } from '#domain/pillar.ts';
import type { CheckInAnswer } from '#domain/retention.ts';
import { addDays } from '#domain/time/civil.ts';
import { toInstant } from '#domain/time/zone.ts';
import { answerCheckIns } from '#services/answer-check-in.ts';
import { answerBaseline } from '#services/baseline.ts';
import { certify, openCertification } from '#services/certify.ts';
import { makeProgramme } from '#services/make-programme.ts';
import { recordDayZero } from '#services/record-day-zero.ts';
import { checkInsWhere } from '#storage/check-ins.ts';
import { enrolmentsWhere, listProgrammes } from '#storage/programmes.ts';
import { isReadyForCertificate, priya, sessionOn, type TeamMember, team } from '../team.ts';
import { type Deed, hour, type PastTeam, pastView, workingDate } from './deed.ts';

/** One training, with everything around it: baseline, day 0, check-ins, and the first certificates. */
export function trainingDeeds(past: PastTeam): Deed[] {
  return [
    { at: at(addDays(sessionOn, -12), '14:00', 'Europe/London'), run: () => makeIt(past) },
    ...baselines(past),
    ...dayZero(past),
    ...checkIns(past),
    ...certificates(past),
  ];
}

const at = (date: string, time: string, zone: string): number => toInstant({ date, time }, zone);

const reps = team.filter(({ manager, wave }) => manager !== undefined && wave !== 4);
const managers = team.filter(({ roles }) => roles.includes('manager'));
const repsOf = (managerId: string): TeamMember[] => reps.filter(({ manager }) => manager === managerId);

async function makeIt({ application: { context, workspaceId } }: PastTeam): Promise<void> {
  const viewId = pastView();
  const wanted = {
    userId: priya,
    viewId,
    choice: { picked: [], teamsOf: [], waves: [1, 2, 3, 4], pasted: '' },
    content: { name: 'Winning Teach', sessionOn, pillars: [...pillars] },
  };
  const seen = await makeProgramme(context, workspaceId, { ...wanted, seen: undefined });
  if (!seen.ok || seen.value.kind !== 'preview') throw new Error('the programme was refused');
  await makeProgramme(context, workspaceId, { ...wanted, seen: seen.value.preview.mark });
}

/** The one training that the past knows. */
async function programmeId({ application: { context, workspaceId } }: PastTeam): Promise<string> {
  const [programme] = await context.database.inWorkspace(workspaceId, (trx) =>
    listProgrammes(trx, workspaceId),
  );
  if (programme === undefined) throw new Error('there is no programme');
  return programme.id;
}

function baselines(past: PastTeam): Deed[] {
  const { application, chance } = past;
  const { context, workspaceId } = application;
  const answer = async (userId: string, repId: string, lift: number): Promise<void> => {
    const id = await programmeId(past);
    const enrolments = await context.database.inWorkspace(workspaceId, (trx) =>
      enrolmentsWhere(trx, workspaceId, { programmeId: id, repIds: [repId] }),
    );
    const [enrolment] = enrolments;
    if (enrolment === undefined) return;
    const answers = Array.from({ length: 10 }, () => Math.min(5, chance.between(2, 4) + lift));
    const viewId = pastView();
    await answerBaseline(context, workspaceId, { viewId, userId, enrolmentId: enrolment.id, answers });
  };
  return reps.flatMap((rep) => {
    const lift = rep.segment === 'star' ? 1 : 0;
    const manager = team.find(({ id }) => id === rep.manager);
    const own = workingDate(addDays(sessionOn, -chance.between(3, 10)));
    const theirs = workingDate(addDays(sessionOn, -chance.between(3, 9)));
    return [
      ...(chance.happens(0.85)
        ? [{ at: at(own, '11:00', rep.zone), run: () => answer(rep.id, rep.id, lift) }]
        : []),
      ...(manager !== undefined && chance.happens(0.9)
        ? [{ at: at(theirs, '11:30', manager.zone), run: () => answer(manager.id, rep.id, lift) }]
        : []),
    ];
  });
}

function dayZero(past: PastTeam): Deed[] {
  const { application, chance } = past;
  return managers.map(({ id: userId, zone }) => ({
    at: at(sessionOn, '16:30', zone),
    run: async () => {
      const shown = repsOf(userId).flatMap(({ id: repId }) =>
        pillars.map((pillar) => ({ repId, pillar, shown: chance.happens(0.85) })),
      );
      const given = { userId, programmeId: await programmeId(past), shown };
      await recordDayZero(application.context, application.workspaceId, given);
    },
  }));
}

/** Those whose time has come before the sandbox begins. */
const daysPast = [2, 7, 14];

function checkIns(past: PastTeam): Deed[] {
  const { chance, ends } = past;
  const deeds = daysPast.flatMap((day) => {
    const date = workingDate(addDays(sessionOn, day));
    const ofReps = reps.map((rep) => ({
      at: at(date, '10:30', rep.zone) + chance.between(0, 48) * hour,
      answers: chance.happens(0.85),
      run: () => answerDay(past, { day, side: 'rep', userId: rep.id }),
    }));
    const next = workingDate(addDays(date, 1));
    const ofManagers = managers.map((manager) => ({
      at: at(next, '11:00', manager.zone) + chance.between(0, 60) * hour,
      answers: day > 2 && chance.happens(0.9),
      run: () => answerDay(past, { day, side: 'manager', userId: manager.id }),
    }));
    return [...ofReps, ...ofManagers];
  });
  return deeds.filter((one) => one.answers && one.at < ends);
}

async function answerDay(
  past: PastTeam,
  { day, side, userId }: { day: number; side: 'rep' | 'manager'; userId: string },
): Promise<void> {
  const { application, chance } = past;
  const { context, workspaceId } = application;
  const id = await programmeId(past);
  const all = await context.database.inWorkspace(workspaceId, (trx) =>
    checkInsWhere(trx, workspaceId, { programmeId: id, day }),
  );
  const open = all.filter(
    (one) =>
      (side === 'rep' ? one.repId : one.managerId) === userId && one.state === 'due' && one[side] === null,
  );
  if (open.length === 0) return;
  const rows = open.map(({ occurrenceId }) => ({
    occurrenceId,
    answers: perPillar(() => seenAfter(past, day, side)),
    example: chance.happens(0.2) ? 'On the Harbour call, right after the price came up.' : undefined,
  }));
  await answerCheckIns(context, workspaceId, { viewId: pastView(), userId, side, rows });
}

/** Most of it is still there after two weeks, and not all of it unasked. */
function seenAfter({ chance }: PastTeam, day: number, side: 'rep' | 'manager'): CheckInAnswer {
  if (side === 'manager' && chance.happens(0.15)) return 'not_watched';
  const kept = Math.max(0.5, 0.9 - day * 0.02);
  if (chance.happens(kept)) return chance.happens(0.5) ? 'unasked' : 'reminded';
  return chance.pick(['not_seen', 'not_seen', 'no_chance']);
}

/** The reps of two managers who look as soon as it may be judged; some are certified, others learn what is missing. */
function certificates({ application: { context, workspaceId }, chance }: PastTeam): Deed[] {
  const asked = reps.filter(({ segment, wave }) => segment === 'star' || wave === 1);
  return asked.flatMap((rep) => {
    const manager = team.find(({ id }) => id === rep.manager);
    if (manager === undefined) return [];
    const date = workingDate(addDays(sessionOn, chance.between(25, 26)));
    const scores = pillars.map((pillar) => ({
      pillar,
      score: chance.between(isReadyForCertificate(rep) ? 8 : 7, 9),
    }));
    const run = async (): Promise<void> => {
      const which = { managerId: manager.id, repId: rep.id };
      const opened = await openCertification(context, workspaceId, which);
      if (!opened.ok) return;
      const ratings = scores.map((one, index) => ({
        ...one,
        knownBy: index === 0 ? 'The last two discovery calls.' : null,
      }));
      const { id } = opened.value.chosen.programme;
      await certify(context, workspaceId, { viewId: pastView(), ...which, programmeId: id, ratings });
    };
    return [{ at: at(date, '16:00', manager.zone), run }];
  });
}
