import { dropCommitment, handCommitment, openCommitment, strandedCommitments } from '#storage/commitments.ts';
import type { Trx } from '#storage/database.ts';
import { askAboutCommitment, dropAskingAbout } from './ask-about-commitment.ts';

/**
 * What a rep set out to try goes on when they get another manager: it is the rep's, and the new manager's next
 * 1:1 begins with it. The former manager's asking is excused. A rep without a manager keeps it, and nobody is asked.
 */
export async function handOverCommitments(trx: Trx, workspaceId: string, now: Date): Promise<void> {
  for (const { commitment, managerId } of await strandedCommitments(trx, workspaceId)) {
    await dropAskingAbout(trx, workspaceId, commitment.id, 'manager_changed', now);
    if (managerId === null) continue;
    const pair = { managerId, repId: commitment.repId };
    if ((await openCommitment(trx, workspaceId, pair)) !== undefined) {
      await dropCommitment(trx, workspaceId, commitment.id, 'replaced');
      continue;
    }
    await handCommitment(trx, workspaceId, commitment.id, managerId);
    await askAboutCommitment(trx, workspaceId, { ...commitment, managerId });
  }
}
