import { done, type Result, refused } from '#domain/result.ts';
import { toLocal } from '#domain/time/zone.ts';
import { touchNotes } from '#storage/card-notes.ts';
import type { Trx } from '#storage/database.ts';
import { findMember } from '#storage/members.ts';
import { markMessagesOf } from '#storage/messages.ts';
import { findOccurrence, markDone } from '#storage/occurrences.ts';
import { findAssignment, lockPractice, type PracticeWords } from '#storage/practice-assignments.ts';
import {
  correctReflection,
  findReview,
  insertReview,
  type PracticeReview,
  type Reflected,
  reviewsOfOccurrences,
} from '#storage/practice-reviews.ts';
import { type PracticeTime, practiceTimesOf } from '#storage/practice-times.ts';
import { currentManagerOf } from '#storage/reporting.ts';
import { keepRevisionOf } from '#storage/revisions.ts';
import { noteSubmission } from '#storage/submissions.ts';
import type { ServiceContext } from '../context.ts';
import { alignPractice } from './align-practice.ts';
import { contentHashOf } from './content-hash.ts';
import { denied } from './denials.ts';
import { may } from './may.ts';
import { putOnCard } from './put-on-card.ts';
import { isOpenTime } from './rep-at-practice.ts';

export type ReflectionProblem =
  | { kind: 'not_yours' }
  /** What the manager has answered stays as it was answered. */
  | { kind: 'answered_already'; managerName: string };

export interface PracticeToReflectOn {
  occurrenceId: string;
  words: PracticeWords;
  why: string | null;
  /** Who will be asked whether it could be seen. */
  managerName: string | undefined;
  written: Reflected | undefined;
}

export async function openReflection(
  context: ServiceContext,
  workspaceId: string,
  repId: string,
  occurrenceId: string,
): Promise<Result<PracticeToReflectOn, ReflectionProblem>> {
  return context.database.inWorkspace(workspaceId, async (trx) => {
    const found = await timeToAnswer(trx, workspaceId, repId, occurrenceId, context.clock.now());
    if (!found.ok) return found;
    const { time, review } = found.value;
    const assignment = await findAssignment(trx, workspaceId, time.assignmentId);
    if (assignment === undefined) return refused({ kind: 'not_yours' });
    const managerId = await currentManagerOf(trx, workspaceId, repId);
    const manager = managerId === undefined ? undefined : await findMember(trx, workspaceId, managerId);
    const { occurrenceId: answered } = time;
    const { why } = assignment;
    const managerName = manager?.name;
    return done({ occurrenceId: answered, words: assignment, why, managerName, written: review });
  });
}

export interface ReflectionToKeep extends Reflected {
  viewId: string;
  repId: string;
  occurrenceId: string;
}

export interface ReflectionKept {
  outcome: 'kept' | 'corrected' | 'unchanged';
  /** The time it belongs to had ended; it is kept and linked, and stays ended. */
  late: boolean;
  managerId: string | undefined;
}

/** A rep looks back: that time is done, the manager is asked what could be seen, and the next date is set. */
export async function reflectOnPractice(
  context: ServiceContext,
  workspaceId: string,
  given: ReflectionToKeep,
): Promise<Result<ReflectionKept, ReflectionProblem>> {
  const now = context.clock.now();
  const kept = await context.database.inWorkspace(
    workspaceId,
    async (trx): Promise<Result<ReflectionKept, ReflectionProblem>> => {
      const { repId, viewId } = given;
      await lockPractice(trx, workspaceId, repId);
      const managerId = await currentManagerOf(trx, workspaceId, repId);
      const unchanged = ({ late }: PracticeReview) =>
        done({ outcome: 'unchanged' as const, late, managerId });
      const found = await timeToAnswer(trx, workspaceId, repId, given.occurrenceId, now);
      if (!found.ok) {
        // The same form once more, after the manager has answered it: nothing changes, so nothing is wrong.
        const [answered] = await reviewsOfOccurrences(trx, workspaceId, [given.occurrenceId]);
        return answered?.repId === repId && isSame(answered, given) ? unchanged(answered) : found;
      }
      const noted = await noteSubmission(trx, workspaceId, {
        viewId,
        contentHash: hashOf(given),
        at: new Date(now),
        ...(found.value.review === undefined ? {} : { recordId: found.value.review.id }),
      });
      const review =
        noted.kind === 'new' ? found.value.review : await findReview(trx, workspaceId, noted.recordId);
      if (review !== undefined && isSame(review, given)) return unchanged(review);
      if (review !== undefined && review.verified !== null) {
        return refused(await answeredAlready(trx, workspaceId, review.verified.by));
      }
      const { time } = found.value;
      const saved = await save(trx, workspaceId, { ...given, id: noted.recordId, time, review }, now);
      await askManager(trx, workspaceId, saved, managerId, now);
      await alignPractice(trx, workspaceId, repId, now);
      return done({ outcome: review === undefined ? 'kept' : 'corrected', late: saved.late, managerId });
    },
  );
  if (kept.ok && kept.value.outcome !== 'unchanged') context.wake(workspaceId);
  return kept;
}

const isSame = (one: Reflected, other: Reflected): boolean => hashOf(one) === hashOf(other);

async function save(
  trx: Trx,
  workspaceId: string,
  {
    id,
    time,
    review,
    ...given
  }: ReflectionToKeep & { id: string; time: PracticeTime; review: PracticeReview | undefined },
  now: number,
): Promise<PracticeReview> {
  const { repId, reflection, account, sentence, obstacle } = given;
  const content = { reflection, account, sentence, obstacle };
  const at = new Date(now);
  let saved: PracticeReview;
  if (review === undefined) {
    const { occurrenceId, assignmentId } = time;
    const late = !(await markDone(trx, workspaceId, occurrenceId, at));
    const rep = await findMember(trx, workspaceId, repId);
    const reflectedOn = toLocal(now, rep?.timeZone ?? 'UTC').date;
    const made = { ...content, id, assignmentId, occurrenceId, repId, reflectedOn, reflectedAt: at, late };
    saved = await insertReview(trx, workspaceId, made);
  } else {
    await correctReflection(trx, workspaceId, review.id, content);
    saved = { ...review, ...content };
    await touchNotes(trx, workspaceId, { subjectId: review.id, kinds: ['practice_to_verify'] });
  }
  const record = { kind: 'practice' as const, id: saved.id };
  await keepRevisionOf(trx, workspaceId, record, { content, savedAt: at, savedBy: repId });
  await markMessagesOf(trx, workspaceId, saved.occurrenceId);
  return saved;
}

async function askManager(
  trx: Trx,
  workspaceId: string,
  { id, repId }: PracticeReview,
  managerId: string | undefined,
  now: number,
): Promise<void> {
  if (managerId === undefined) return;
  const note = { kind: 'practice_to_verify' as const, receiverId: managerId, aboutId: repId, subjectId: id };
  await putOnCard(trx, workspaceId, note, 'morning', now);
}

/**
 * What a look back answers: the time it was asked for, or, once that has ended, the one of the same item that is
 * asked by now.
 */
async function timeToAnswer(
  trx: Trx,
  workspaceId: string,
  repId: string,
  occurrenceId: string,
  now: number,
): Promise<Result<{ time: PracticeTime; review: PracticeReview | undefined }, ReflectionProblem>> {
  const occurrence = await findOccurrence(trx, workspaceId, occurrenceId);
  const asking = { workspaceId, viewerId: repId, subjectId: occurrence?.aboutId ?? '' };
  if (occurrence === undefined || !(await may(trx, asking, 'reflect_practice'))) {
    return denied({ kind: 'not_yours' }, occurrence?.aboutId);
  }
  const times = await practiceTimesOf(trx, workspaceId, [repId]);
  const asked = times.find((one) => one.occurrenceId === occurrenceId);
  if (asked === undefined) return denied({ kind: 'not_yours' });
  const [review] = await reviewsOfOccurrences(trx, workspaceId, [occurrenceId]);
  if (review !== undefined) {
    if (review.verified === null) return done({ time: asked, review });
    return refused(await answeredAlready(trx, workspaceId, review.verified.by));
  }
  const newer = times.find(
    (one) => one.assignmentId === asked.assignmentId && isOpenTime(one) && one.dueAt.getTime() <= now,
  );
  return done({ time: isOpenTime(asked) ? asked : (newer ?? asked), review: undefined });
}

async function answeredAlready(trx: Trx, workspaceId: string, managerId: string): Promise<ReflectionProblem> {
  const manager = await findMember(trx, workspaceId, managerId);
  return { kind: 'answered_already', managerName: manager?.name ?? 'your manager' };
}

function hashOf({ reflection, account, sentence, obstacle }: Reflected): string {
  return contentHashOf([reflection, account, sentence, obstacle]);
}
