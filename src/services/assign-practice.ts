import type { Pillar } from '#domain/pillar.ts';
import { nextDate } from '#domain/practice/calendar.ts';
import { practiceItem } from '#domain/practice/items.ts';
import { done, type Result, refused } from '#domain/result.ts';
import { addDays } from '#domain/time/civil.ts';
import { toLocal } from '#domain/time/zone.ts';
import { noteAccess } from '#storage/access-records.ts';
import type { Trx } from '#storage/database.ts';
import type { Member } from '#storage/members.ts';
import {
  findAssignment,
  insertAssignment,
  isCurrent,
  lockPractice,
  type PracticeWords,
  rewriteAssignment,
} from '#storage/practice-assignments.ts';
import { reviewsOfReps } from '#storage/practice-reviews.ts';
import { keepRevisionOf } from '#storage/revisions.ts';
import { noteSubmission } from '#storage/submissions.ts';
import type { ServiceContext } from '../context.ts';
import { alignPractice } from './align-practice.ts';
import { contentHashOf } from './content-hash.ts';
import { type NotYoursToAssign, repToAssignTo } from './practice-pair.ts';
import { calendarFor, loadRepAtPractice } from './rep-at-practice.ts';

/** What a manager chooses from. */
export interface PracticeToAssign {
  repId: string;
  repName: string;
  pillarNames: Record<Pillar, string>;
  /** Titles of what is practised now. */
  practising: string[];
  /** The next working day with room. */
  proposed: string;
}

export async function openAssignment(
  context: ServiceContext,
  workspaceId: string,
  managerId: string,
  repId: string,
): Promise<Result<PracticeToAssign, NotYoursToAssign>> {
  const now = context.clock.now();
  return context.database.inWorkspace(workspaceId, async (trx) => {
    const rep = await repToAssignTo(trx, workspaceId, { viewerId: managerId, repId, now });
    if (!rep.ok) return rep;
    const practice = await loadRepAtPractice(trx, workspaceId, repId, now);
    if (practice === undefined) return refused({ kind: 'rep_unknown', repId });
    const opened = {
      viewerId: managerId,
      personIds: [repId],
      resource: 'practice',
      how: 'form',
      now,
    } as const;
    await noteAccess(trx, workspaceId, opened);
    const today = toLocal(now, rep.value.timeZone).date;
    return done({
      repId,
      repName: rep.value.name,
      pillarNames: practice.settings.pillarNames,
      practising: practice.assignments.filter(isCurrent).map((one) => one.title),
      proposed: nextDate(
        addDays(today, 1),
        calendarFor(practice, now, () => true),
      ),
    });
  });
}

/** From the bank, or in the manager's own words. */
export type Chosen =
  | { itemId: string }
  | { own: { title: string; task: string; pillar: Pillar | undefined; situation: string | undefined } };

export interface AssignmentToMake {
  viewId: string;
  managerId: string;
  repId: string;
  chosen: Chosen;
  dueOn: string;
  why: string | undefined;
}

export type AssignProblem =
  | NotYoursToAssign
  | { kind: 'no_such_item' }
  | { kind: 'practising_already'; title: string }
  | { kind: 'in_the_past' }
  | { kind: 'too_far'; latest: string }
  /** The rep is away or off, or has enough to practise in that week. */
  | { kind: 'no_room'; because: 'away' | 'day_off' | 'week_is_full'; perWeek: number; next: string };

/** A date further away is a slip of the finger. */
const latestAfterDays = 180;

export async function assignPractice(
  context: ServiceContext,
  workspaceId: string,
  wanted: AssignmentToMake,
): Promise<Result<{ assignmentId: string; repName: string }, AssignProblem>> {
  const now = context.clock.now();
  const assigned = await context.database
    .inWorkspace(
      workspaceId,
      async (trx): Promise<Result<{ assignmentId: string; repName: string }, AssignProblem>> => {
        const { managerId: viewerId, repId } = wanted;
        const rep = await repToAssignTo(trx, workspaceId, { viewerId, repId, now });
        if (!rep.ok) return rep;
        const words = wordsOf(wanted.chosen);
        if (words === undefined) return refused({ kind: 'no_such_item' });
        await lockPractice(trx, workspaceId, repId);
        const { viewId } = wanted;
        const contentHash = hashOf(wanted);
        const noted = await noteSubmission(trx, workspaceId, { viewId, contentHash, at: new Date(now) });
        const assignmentId = noted.recordId;
        if (noted.kind !== 'repeated') {
          const problem = await problemWith(
            trx,
            workspaceId,
            rep.value,
            { ...wanted, words, assignmentId },
            now,
          );
          if (problem !== undefined) throw new NotAssigned(problem);
          await keep(trx, workspaceId, { ...wanted, words, assignmentId }, now);
          await alignPractice(trx, workspaceId, repId, now);
        }
        return done({ assignmentId, repName: rep.value.name });
      },
    )
    .catch((error: unknown) => {
      if (error instanceof NotAssigned) return refused(error.problem);
      throw error;
    });
  if (assigned.ok) context.wake(workspaceId);
  return assigned;
}

/** Undoes what the transaction has noted: a form that is refused was not sent. */
class NotAssigned extends Error {
  readonly problem: AssignProblem;
  constructor(problem: AssignProblem) {
    super(problem.kind);
    this.problem = problem;
  }
}

function wordsOf(chosen: Chosen): PracticeWords | undefined {
  if ('own' in chosen) {
    const { title, task, pillar, situation } = chosen.own;
    return {
      itemId: null,
      pillar: pillar ?? null,
      title,
      situation: situation ?? null,
      task,
      question: null,
    };
  }
  const item = practiceItem(chosen.itemId);
  if (item === undefined) return undefined;
  const { id: itemId, pillar, title, situation, task, reflection: question } = item;
  return { itemId, pillar, title, situation, task, question };
}

type WithWords = AssignmentToMake & { words: PracticeWords; assignmentId: string };

async function problemWith(
  trx: Trx,
  workspaceId: string,
  rep: Member,
  { words, assignmentId, dueOn }: WithWords,
  now: number,
): Promise<AssignProblem | undefined> {
  const practice = await loadRepAtPractice(trx, workspaceId, rep.id, now);
  if (practice === undefined) return { kind: 'rep_unknown', repId: rep.id };
  const others = practice.assignments.filter((one) => one.id !== assignmentId && isCurrent(one));
  const same = others.find((one) => words.itemId !== null && one.itemId === words.itemId);
  if (same !== undefined) return { kind: 'practising_already', title: same.title };
  const today = toLocal(now, rep.timeZone).date;
  if (dueOn < today) return { kind: 'in_the_past' };
  const latest = addDays(today, latestAfterDays);
  if (dueOn > latest) return { kind: 'too_far', latest };
  const calendar = calendarFor(practice, now, (time) => time.assignmentId !== assignmentId);
  const next = nextDate(dueOn, calendar);
  if (next === dueOn) return undefined;
  const { perWeek } = calendar;
  const isAway = nextDate(dueOn, { ...calendar, planned: [], isWorkingDay: () => true }) !== dueOn;
  const because = isAway ? 'away' : calendar.isWorkingDay(dueOn) ? 'week_is_full' : 'day_off';
  return { kind: 'no_room', because, perWeek, next };
}

async function keep(
  trx: Trx,
  workspaceId: string,
  { words, assignmentId, managerId, repId, dueOn, why, chosen }: WithWords,
  now: number,
): Promise<void> {
  const at = new Date(now);
  const before = await findAssignment(trx, workspaceId, assignmentId);
  const reviews = await reviewsOfReps(trx, workspaceId, [repId]);
  const given = { ...words, why: why ?? null, firstDueOn: dueOn };
  if (before === undefined) {
    const made = { ...given, id: assignmentId, repId, assignedBy: managerId, assignedAt: at };
    await insertAssignment(trx, workspaceId, made);
  } else if (!reviews.some((one) => one.assignmentId === assignmentId)) {
    await rewriteAssignment(trx, workspaceId, assignmentId, given);
  } else {
    return;
  }
  const content = { chosen, dueOn, why };
  const record = { kind: 'practice' as const, id: assignmentId };
  await keepRevisionOf(trx, workspaceId, record, { content, savedAt: at, savedBy: managerId });
}

function hashOf({ viewId: _, ...content }: AssignmentToMake): string {
  return contentHashOf(content);
}
