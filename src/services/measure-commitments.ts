import { type Share, shareOf } from '#domain/adherence.ts';
import type { Trx } from '#storage/database.ts';
import { commitmentsBy } from '#storage/measures.ts';

export interface MeasuredCommitments {
  /** With an outcome that somebody saw or heard, of all whose date it was. */
  verified: Share;
  /** With an outcome, however it is known. */
  closed: number;
  /** Of those closed: done, unasked or when reminded. */
  applied: number;
}

/** What became of the commitments whose date lies in a period, both days included. */
export async function measureCommitments(
  trx: Trx,
  workspaceId: string,
  from: string,
  until: string,
): Promise<MeasuredCommitments> {
  const due = await commitmentsBy(trx, workspaceId, from, until);
  const closed = due.filter(({ outcome }) => outcome !== null);
  const verified = closed.filter(({ evidence }) => evidence === 'saw' || evidence === 'heard');
  const applied = closed.filter(({ outcome }) => outcome === 'unasked' || outcome === 'reminded');
  return {
    verified: shareOf(verified.length, due.length),
    closed: closed.length,
    applied: applied.length,
  };
}
