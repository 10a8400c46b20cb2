import { type Selectable, sql } from 'kysely';
import type { Reflection, Verification } from '#domain/practice/rating.ts';
import { askTogether } from './ask-together.ts';
import type { Trx } from './database.ts';
import { mergedRows } from './merged.ts';
import type { PracticeReviewTable } from './schema/practice-review.ts';

/** What a rep says of one time of practising. */
export interface Reflected {
  reflection: Reflection;
  account: string | null;
  sentence: string;
  obstacle: string | null;
}

/** What the manager says of it. No verification: the manager has not watched. */
export interface Verified {
  verification: Verification | null;
  by: string;
  at: Date;
  noteToRep: string | null;
}

export interface PracticeReview extends Reflected {
  id: string;
  assignmentId: string;
  occurrenceId: string;
  repId: string;
  reflectedOn: string;
  reflectedAt: Date;
  late: boolean;
  verified: Verified | null;
}

const asReview = (row: Selectable<PracticeReviewTable>): PracticeReview => ({
  id: row.review_id,
  assignmentId: row.assignment_id,
  occurrenceId: row.occurrence_id,
  repId: row.rep_id,
  reflectedOn: row.reflected_on,
  reflectedAt: row.reflected_at,
  reflection: row.reflection,
  account: row.account,
  sentence: row.sentence,
  obstacle: row.obstacle,
  late: row.late,
  verified:
    row.verified_at === null || row.verified_by === null
      ? null
      : {
          verification: row.verification,
          by: row.verified_by,
          at: row.verified_at,
          noteToRep: row.note_to_rep,
        },
});

export async function insertReview(
  trx: Trx,
  workspaceId: string,
  one: Omit<PracticeReview, 'verified'>,
): Promise<PracticeReview> {
  await trx
    .insertInto('practice_review')
    .values({
      workspace_id: workspaceId,
      review_id: one.id,
      assignment_id: one.assignmentId,
      occurrence_id: one.occurrenceId,
      rep_id: one.repId,
      reflected_on: one.reflectedOn,
      reflected_at: one.reflectedAt,
      reflection: one.reflection,
      account: one.account,
      sentence: one.sentence,
      obstacle: one.obstacle,
      late: one.late,
      verification: null,
      verified_by: null,
      verified_at: null,
      note_to_rep: null,
    })
    .execute();
  return { ...one, verified: null };
}

export async function correctReflection(
  trx: Trx,
  workspaceId: string,
  reviewId: string,
  to: Reflected,
): Promise<void> {
  await trx
    .updateTable('practice_review')
    .set({ reflection: to.reflection, account: to.account, sentence: to.sentence, obstacle: to.obstacle })
    .where('workspace_id', '=', workspaceId)
    .where('review_id', '=', reviewId)
    .execute();
}

export async function saveVerification(
  trx: Trx,
  workspaceId: string,
  reviewId: string,
  to: Verified,
): Promise<void> {
  await trx
    .updateTable('practice_review')
    .set({
      verification: to.verification,
      verified_by: to.by,
      verified_at: to.at,
      note_to_rep: to.noteToRep,
    })
    .where('workspace_id', '=', workspaceId)
    .where('review_id', '=', reviewId)
    .execute();
}

export async function findReview(
  trx: Trx,
  workspaceId: string,
  reviewId: string,
): Promise<PracticeReview | undefined> {
  const row = await trx
    .selectFrom('practice_review')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .where('review_id', '=', reviewId)
    .executeTakeFirst();
  return row && asReview(row);
}

const instants = { reflected_at: 'instant', verified_at: 'instant' } as const;

export const reviewsByIds = mergedRows<PracticeReview>(
  async (trx, workspaceId, reviewIds) => {
    const query = trx
      .selectFrom('practice_review')
      .selectAll()
      .where('workspace_id', '=', workspaceId)
      .where('review_id', 'in', [...reviewIds]);
    return (await askTogether(trx, query, instants)).map(asReview);
  },
  (one) => one.id,
);

export const reviewsOfOccurrences = mergedRows<PracticeReview>(
  async (trx, workspaceId, occurrenceIds) => {
    const query = trx
      .selectFrom('practice_review')
      .selectAll()
      .where('workspace_id', '=', workspaceId)
      .where('occurrence_id', 'in', [...occurrenceIds]);
    return (await askTogether(trx, query, instants)).map(asReview);
  },
  (one) => one.occurrenceId,
);

/** The oldest first. */
export async function reviewsOfReps(
  trx: Trx,
  workspaceId: string,
  repIds: readonly string[],
): Promise<PracticeReview[]> {
  if (repIds.length === 0) return [];
  const rows = await trx
    .selectFrom('practice_review')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .where(sql<boolean>`rep_id = any (${[...repIds]}::text[])`)
    .orderBy('reflected_at')
    .orderBy('review_id')
    .execute();
  return rows.map(asReview);
}
