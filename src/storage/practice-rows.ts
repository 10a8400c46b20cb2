import type { Trx } from './database.ts';
import { namesOf } from './names.ts';
import type { PracticeAssignment } from './practice-assignments.ts';
import { assignmentsByIds } from './practice-assignments.ts';
import { type PracticeReview, reviewsByIds, reviewsOfOccurrences } from './practice-reviews.ts';
import { together } from './together.ts';

/** An item, what was said of one time, and who said it. */
export interface PracticeRowFacts {
  assignment: PracticeAssignment;
  assignedByName: string;
  review: PracticeReview | undefined;
  verifiedByName: string | undefined;
}

/** By occurrence. */
export async function practiceRowsOf(
  trx: Trx,
  workspaceId: string,
  times: readonly { occurrenceId: string; subjectId: string | null }[],
): Promise<Map<string, PracticeRowFacts>> {
  const occurrenceIds = times.map((one) => one.occurrenceId);
  const assignmentIds = times.flatMap(({ subjectId }) => (subjectId === null ? [] : [subjectId]));
  const [reviews, assignments] = await together([
    reviewsOfOccurrences(trx, workspaceId, occurrenceIds),
    assignmentsByIds(trx, workspaceId, assignmentIds),
  ]);
  const facts = await factsOf(trx, workspaceId, assignments, reviews);
  return new Map(
    times.flatMap(({ occurrenceId, subjectId }) => {
      const review = reviews.find((one) => one.occurrenceId === occurrenceId);
      const found = facts(subjectId ?? '', review);
      return found === undefined ? [] : [[occurrenceId, found]];
    }),
  );
}

/** By review. */
export async function verificationRowsOf(
  trx: Trx,
  workspaceId: string,
  reviewIds: readonly string[],
): Promise<Map<string, PracticeRowFacts & { review: PracticeReview }>> {
  const reviews = await reviewsByIds(trx, workspaceId, reviewIds);
  const assignmentIds = reviews.map((one) => one.assignmentId);
  const assignments = await assignmentsByIds(trx, workspaceId, assignmentIds);
  const facts = await factsOf(trx, workspaceId, assignments, reviews);
  return new Map(
    reviews.flatMap((review) => {
      const found = facts(review.assignmentId, review);
      return found === undefined ? [] : [[review.id, { ...found, review }]];
    }),
  );
}

async function factsOf(
  trx: Trx,
  workspaceId: string,
  some: readonly PracticeAssignment[],
  reviews: readonly PracticeReview[],
): Promise<(assignmentId: string, review: PracticeReview | undefined) => PracticeRowFacts | undefined> {
  const assignments = new Map(some.map((one) => [one.id, one]));
  const people = new Set([
    ...[...assignments.values()].map((one) => one.assignedBy),
    ...reviews.flatMap(({ verified }) => (verified === null ? [] : [verified.by])),
  ]);
  const names = await namesOf(trx, workspaceId, [...people]);
  return (assignmentId, review) => {
    const assignment = assignments.get(assignmentId);
    if (assignment === undefined) return undefined;
    const by = review?.verified?.by;
    const verifiedByName = by === undefined ? undefined : names.get(by);
    return { assignment, assignedByName: names.get(assignment.assignedBy) ?? '', review, verifiedByName };
  };
}
