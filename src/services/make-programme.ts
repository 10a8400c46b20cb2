import { createHash } from 'node:crypto';
import { checkInPeriod, isForManagerToo } from '#domain/duty.ts';
import { checkInsAhead, isAskedIn, isBaselineAsked } from '#domain/programme.ts';
import { done, type Result, refused } from '#domain/result.ts';
import type { Settings } from '#domain/settings.ts';
import { toLocal } from '#domain/time/zone.ts';
import type { Trx } from '#storage/database.ts';
import { listMembers, type Member, workingTimeOf } from '#storage/members.ts';
import {
  enrolmentsWhere,
  findProgramme,
  insertProgramme,
  lockProgramme,
  type Programme,
  type ProgrammeContent,
  updateProgramme,
} from '#storage/programmes.ts';
import { currentLines } from '#storage/reporting.ts';
import { keepRevisionOf } from '#storage/revisions.ts';
import { currentSettings } from '#storage/settings.ts';
import { noteSubmission } from '#storage/submissions.ts';
import type { ServiceContext } from '../context.ts';
import { denied } from './denials.ts';
import { enrolReps } from './enrol-reps.ts';
import { may } from './may.ts';
import { type ChoiceProblems, chosenReps, type RepChoice } from './rep-list.ts';

/** What will happen if this is saved. */
export interface EnrolmentPreview {
  joining: { id: string; name: string; asked: boolean; hasManager: boolean }[];
  alreadyIn: string[];
  /** The questions before training still come in time. */
  baseline: boolean;
  days: { day: number; askedOn: string[]; managerToo: boolean }[];
  /** Check-ins that would have been asked before today. */
  over: number[];
  /** Stands for exactly this; saved again with it, this is what was meant. */
  mark: string;
}

export type EnrolProblem =
  | { kind: 'not_yours' }
  | { kind: 'gone' }
  | { kind: 'ended' }
  | { kind: 'choice'; problems: ChoiceProblems };

export type Enrolled = { kind: 'preview'; preview: EnrolmentPreview } | { kind: 'saved'; changed: string[] };

interface ToEnrol {
  userId: string;
  viewId: string;
  choice: RepChoice;
  /** Of the preview that the person has seen. */
  seen: string | undefined;
}

/** Shows what a new programme would bring, and makes it once that was seen. */
export function makeProgramme(
  context: ServiceContext,
  workspaceId: string,
  given: ToEnrol & { content: ProgrammeContent },
): Promise<Result<Enrolled, EnrolProblem>> {
  return enrolAfterPreview(context, workspaceId, given, async () => ({
    id: '',
    ...given.content,
    endedAt: null,
  }));
}

/** The same for more reps in a programme that is there. */
export function enrolMore(
  context: ServiceContext,
  workspaceId: string,
  given: ToEnrol & { programmeId: string },
): Promise<Result<Enrolled, EnrolProblem>> {
  return enrolAfterPreview(context, workspaceId, given, (trx) =>
    lockProgramme(trx, workspaceId, given.programmeId),
  );
}

async function enrolAfterPreview(
  context: ServiceContext,
  workspaceId: string,
  { userId, viewId, choice, seen }: ToEnrol,
  find: (trx: Trx) => Promise<Programme | undefined>,
): Promise<Result<Enrolled, EnrolProblem>> {
  const now = context.clock.now();
  const saved = await context.database.inWorkspace(
    workspaceId,
    async (trx): Promise<Result<Enrolled, EnrolProblem>> => {
      if (!(await may(trx, { workspaceId, viewerId: userId }, 'run_programme'))) {
        return denied({ kind: 'not_yours' });
      }
      const programme = await find(trx);
      if (programme === undefined) return refused({ kind: 'gone' });
      if (programme.endedAt !== null) return refused({ kind: 'ended' });
      const lines = await currentLines(trx, workspaceId);
      const managerOf = new Map(lines.map((line) => [line.repId, line.managerId]));
      const reps = chosenReps(choice, await listMembers(trx, workspaceId), managerOf);
      if (!reps.ok) return refused({ kind: 'choice', problems: reps.problem });
      const settings = await currentSettings(trx, workspaceId);
      const mark = markOf(programme, reps.value);
      if (mark !== seen) {
        const isIn = await repsIn(trx, workspaceId, programme.id);
        const preview = previewOf(programme, reps.value, { isIn, managerOf, settings, now });
        return done({ kind: 'preview', preview: { ...preview, mark } });
      }
      const at = new Date(now);
      const submitted = await noteSubmission(trx, workspaceId, { viewId, contentHash: mark, at });
      const changed = homesOf(
        userId,
        reps.value.flatMap(({ id }) => [id, managerOf.get(id) ?? id]),
      );
      if (submitted.kind === 'repeated') return done({ kind: 'saved', changed });
      const kept =
        programme.id === ''
          ? await keepProgramme(trx, workspaceId, submitted.recordId, programme, { by: userId, at })
          : programme;
      await enrolReps(trx, workspaceId, kept, reps.value, settings, { by: userId, at });
      return done({ kind: 'saved', changed });
    },
  );
  if (saved.ok && saved.value.kind === 'saved') context.wake(workspaceId);
  return saved;
}

/** The same form sent again with something else in it corrects the programme it made before. */
async function keepProgramme(
  trx: Trx,
  workspaceId: string,
  id: string,
  { name, sessionOn, pillars }: ProgrammeContent,
  made: { by: string; at: Date },
): Promise<Programme> {
  const content = { name, sessionOn, pillars };
  const before = await findProgramme(trx, workspaceId, id);
  if (before === undefined) await insertProgramme(trx, workspaceId, id, content, made);
  else await updateProgramme(trx, workspaceId, id, content);
  await keepRevisionOf(
    trx,
    workspaceId,
    { kind: 'programme', id },
    { content, savedAt: made.at, savedBy: made.by },
  );
  return { id, ...content, endedAt: null };
}

const homesAtOnce = 12;

/** Those of a few are made anew at once; those of a whole cohort when each opens theirs. */
export function homesOf(userId: string, others: readonly string[]): string[] {
  const all = [...new Set([userId, ...others])];
  return all.length > homesAtOnce ? [userId] : all;
}

async function repsIn(trx: Trx, workspaceId: string, programmeId: string): Promise<Set<string>> {
  if (programmeId === '') return new Set();
  const enrolments = await enrolmentsWhere(trx, workspaceId, { programmeId });
  return new Set(enrolments.map(({ repId }) => repId));
}

function markOf({ id, name, sessionOn, pillars }: Programme, reps: readonly Member[]): string {
  const whole = [id, name, sessionOn, pillars, reps.map((rep) => [rep.id, isAskedIn(rep.wave)])];
  return createHash('sha256').update(JSON.stringify(whole)).digest('base64url');
}

function previewOf(
  { sessionOn }: Programme,
  reps: readonly Member[],
  known: { isIn: Set<string>; managerOf: Map<string, string>; settings: Settings; now: number },
): Omit<EnrolmentPreview, 'mark'> {
  const { isIn, managerOf, settings, now } = known;
  const joining = reps.filter(({ id }) => !isIn.has(id));
  const asked = joining.filter(({ wave }) => isAskedIn(wave));
  const moments = asked.map((rep) => checkInsAhead(sessionOn, workingTimeOf(rep), settings, now));
  const datesOf = (day: number): string[] => [
    ...new Set(moments.flatMap((ofRep) => ofRep.filter((one) => one.day === day).map((one) => one.askedOn))),
  ];
  const days = settings.checkInDays.map((day) => ({
    day,
    askedOn: datesOf(day).toSorted(),
    managerToo: isForManagerToo(checkInPeriod(day), settings),
  }));
  return {
    joining: joining.map((rep) => ({
      id: rep.id,
      name: rep.name,
      asked: isAskedIn(rep.wave),
      hasManager: managerOf.has(rep.id),
    })),
    alreadyIn: reps.filter(({ id }) => isIn.has(id)).map(({ name }) => name),
    baseline: asked.some((rep) => isBaselineAsked(sessionOn, toLocal(now, rep.timeZone).date)),
    days: days.filter(({ askedOn }) => askedOn.length > 0),
    over: asked.length === 0 ? [] : days.filter(({ askedOn }) => askedOn.length === 0).map(({ day }) => day),
  };
}
