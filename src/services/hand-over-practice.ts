import { settleNotes } from '#storage/card-notes.ts';
import type { Trx } from '#storage/database.ts';
import { reviewsOfReps } from '#storage/practice-reviews.ts';
import { putAgainOnCard } from './put-on-card.ts';

/** Whom a rep reports to now is asked what the former manager has not answered; the former one is not any more. */
export async function handOverPractice(
  trx: Trx,
  workspaceId: string,
  line: { repId: string; from: string | undefined; to: string | undefined },
  now: number,
): Promise<void> {
  const { repId, from, to } = line;
  const open = (await reviewsOfReps(trx, workspaceId, [repId])).filter(({ verified }) => verified === null);
  for (const { id } of open) {
    if (from !== undefined) {
      const theirs = { subjectId: id, kinds: ['practice_to_verify'] as const, receiverId: from };
      await settleNotes(trx, workspaceId, theirs, new Date(now));
    }
    if (to === undefined) continue;
    const note = { kind: 'practice_to_verify' as const, receiverId: to, aboutId: repId, subjectId: id };
    await putAgainOnCard(trx, workspaceId, note, 'morning', now);
  }
}
