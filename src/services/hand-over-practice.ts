import { settleNotes } from '#storage/card-notes.ts';
import type { Trx } from '#storage/database.ts';
import { reviewsOfReps } from '#storage/practice-reviews.ts';
import type { LineMoved } from '#storage/reporting.ts';
import { putAgainOnCard } from './put-on-card.ts';

/** Whom a rep reports to now is asked what the former manager has not answered; the former one is not any more. */
export async function handOverPractice(
  trx: Trx,
  workspaceId: string,
  moved: readonly LineMoved[],
  now: number,
): Promise<void> {
  const lines = new Map(moved.map((line) => [line.repId, line]));
  for (const { id, repId, verified } of await reviewsOfReps(trx, workspaceId, [...lines.keys()])) {
    const line = lines.get(repId);
    if (verified !== null || line === undefined) continue;
    const { from, to } = line;
    if (from !== undefined) {
      const theirs = { subjectId: id, kinds: ['practice_to_verify'] as const, receiverId: from };
      await settleNotes(trx, workspaceId, theirs, new Date(now));
    }
    if (to === undefined) continue;
    const note = { kind: 'practice_to_verify' as const, receiverId: to, aboutId: repId, subjectId: id };
    await putAgainOnCard(trx, workspaceId, note, 'morning', now);
  }
}
