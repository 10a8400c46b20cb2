import type { Verification } from '#domain/practice/rating.ts';
import { done, type Result, refused } from '#domain/result.ts';
import { standInsNow } from '#storage/absences.ts';
import { noteAccess } from '#storage/access-records.ts';
import { settleNotes, touchNotes } from '#storage/card-notes.ts';
import type { Trx } from '#storage/database.ts';
import { findMember } from '#storage/members.ts';
import { markMessagesOf } from '#storage/messages.ts';
import { findAssignment, lockPractice, type PracticeWords } from '#storage/practice-assignments.ts';
import {
  findReview,
  type PracticeReview,
  saveVerification,
  type Verified,
} from '#storage/practice-reviews.ts';
import { keepRevisionOf } from '#storage/revisions.ts';
import { noteSubmission } from '#storage/submissions.ts';
import type { ServiceContext } from '../context.ts';
import { alignPractice } from './align-practice.ts';
import { contentHashOf } from './content-hash.ts';
import { denied } from './denials.ts';
import { may } from './may.ts';

export type VerificationProblem =
  | { kind: 'no_such_review' }
  | { kind: 'not_your_report'; repName: string }
  /** One press does not replace an answer that was thought about. */
  | { kind: 'answered_already'; repName: string; verified: Verified };

export interface PracticeToVerify {
  review: PracticeReview;
  repName: string;
  words: PracticeWords;
}

export async function openVerification(
  context: ServiceContext,
  workspaceId: string,
  managerId: string,
  reviewId: string,
): Promise<Result<PracticeToVerify, VerificationProblem>> {
  const now = context.clock.now();
  return context.database.inWorkspace(workspaceId, async (trx) => {
    const found = await reviewToVerify(trx, workspaceId, { managerId, reviewId, now });
    if (!found.ok) return found;
    const { repId } = found.value.review;
    const opened = {
      viewerId: managerId,
      personIds: [repId],
      resource: 'practice',
      how: 'form',
      now,
    } as const;
    await noteAccess(trx, workspaceId, opened);
    return found;
  });
}

export interface VerificationToKeep {
  /** The form; one press has none. */
  viewId: string | undefined;
  managerId: string;
  reviewId: string;
  /** Null: haven't watched. */
  verification: Verification | null;
  noteToRep: string | undefined;
}

/** A manager says what could be seen; the next date follows from both words, also where the rep has theirs already. */
export async function verifyPractice(
  context: ServiceContext,
  workspaceId: string,
  given: VerificationToKeep,
): Promise<Result<{ repId: string; repName: string }, VerificationProblem>> {
  const now = context.clock.now();
  const kept = await context.database.inWorkspace(
    workspaceId,
    async (trx): Promise<Result<{ repId: string; repName: string }, VerificationProblem>> => {
      const { managerId, reviewId } = given;
      const before = await reviewToVerify(trx, workspaceId, { managerId, reviewId, now });
      if (!before.ok) return before;
      const { repId } = before.value.review;
      await lockPractice(trx, workspaceId, repId);
      // As it stands now that nobody else is writing.
      const found = await reviewToVerify(trx, workspaceId, { managerId, reviewId, now });
      if (!found.ok) return found;
      const { review, repName } = found.value;
      if (isSame(review.verified, given)) return done({ repId, repName });
      if (given.viewId === undefined) {
        if (review.verified !== null) {
          return refused({ kind: 'answered_already', repName, verified: review.verified });
        }
      } else {
        const noted = {
          viewId: given.viewId,
          contentHash: hashOf(given),
          at: new Date(now),
          recordId: reviewId,
        };
        const { kind } = await noteSubmission(trx, workspaceId, noted);
        // Somebody has answered it otherwise since this form was sent the first time.
        if (kind === 'repeated') return done({ repId, repName });
      }
      await save(trx, workspaceId, review, given, now);
      await alignPractice(trx, workspaceId, repId, now);
      return done({ repId, repName });
    },
  );
  if (kept.ok) context.wake(workspaceId);
  return kept;
}

async function reviewToVerify(
  trx: Trx,
  workspaceId: string,
  { managerId, reviewId, now }: { managerId: string; reviewId: string; now: number },
): Promise<Result<PracticeToVerify, VerificationProblem>> {
  const review = await findReview(trx, workspaceId, reviewId);
  const words = review && (await findAssignment(trx, workspaceId, review.assignmentId));
  const rep = review && (await findMember(trx, workspaceId, review.repId));
  if (review === undefined || words === undefined || rep === undefined) {
    return refused({ kind: 'no_such_review' });
  }
  const standIns = await standInsNow(trx, workspaceId, new Date(now));
  const asking = { workspaceId, viewerId: managerId, subjectId: rep.id, standIns };
  if (!(await may(trx, asking, 'verify_practice'))) {
    return denied({ kind: 'not_your_report', repName: rep.name }, rep.id);
  }
  return done({ review, repName: rep.name, words });
}

async function save(
  trx: Trx,
  workspaceId: string,
  review: PracticeReview,
  {
    managerId,
    verification,
    noteToRep = null,
  }: Omit<VerificationToKeep, 'noteToRep'> & { noteToRep?: string | null | undefined },
  now: number,
): Promise<void> {
  const at = new Date(now);
  const { reflection, account, sentence, obstacle } = review;
  const verified = { verification, by: managerId, at, noteToRep };
  await saveVerification(trx, workspaceId, review.id, verified);
  const content = { reflection, account, sentence, obstacle, verification, noteToRep };
  const record = { kind: 'practice' as const, id: review.id };
  await keepRevisionOf(trx, workspaceId, record, { content, savedAt: at, savedBy: managerId });
  await markMessagesOf(trx, workspaceId, review.occurrenceId);
  const notes = { subjectId: review.id, kinds: ['practice_to_verify'] as const };
  if (review.verified === null) await settleNotes(trx, workspaceId, notes, at);
  else await touchNotes(trx, workspaceId, notes);
}

const isSame = (
  before: Verified | null,
  { verification, noteToRep }: Pick<VerificationToKeep, 'verification' | 'noteToRep'>,
): boolean =>
  before !== null && before.verification === verification && before.noteToRep === (noteToRep ?? null);

function hashOf({ verification, noteToRep }: VerificationToKeep): string {
  return contentHashOf([verification, noteToRep]);
}
