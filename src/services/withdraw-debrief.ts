import { done, type Result } from '#domain/result.ts';
import { standInsNow } from '#storage/absences.ts';
import { settleNotes, touchNotes } from '#storage/card-notes.ts';
import { findDebrief, withdrawDebrief as withdraw } from '#storage/debriefs.ts';
import { markMessagesOf } from '#storage/messages.ts';
import { keepRevisionOf } from '#storage/revisions.ts';
import { removeSightings } from '#storage/sightings.ts';
import type { ServiceContext } from '../context.ts';
import { denied } from './denials.ts';
import { may } from './may.ts';

/** Somebody else wrote it; or the rep is coached by somebody else by now. */
export type NotToWithdraw = { kind: 'not_yours' | 'not_your_report' };

/**
 * Takes a debrief back: the rep reads no more of it, and nothing counts it as evidence. The month's observation
 * stays done, for what has ended stays as it ended; coverage, which counts debriefs, no longer has it.
 */
export async function withdrawDebrief(
  context: ServiceContext,
  workspaceId: string,
  one: { debriefId: string; observerId: string },
): Promise<Result<{ repId: string }, NotToWithdraw>> {
  const at = new Date(context.clock.now());
  const { debriefId, observerId } = one;
  const withdrawn = await context.database.inWorkspace(workspaceId, async (trx) => {
    const debrief = await findDebrief(trx, workspaceId, debriefId, 'lock');
    if (debrief === undefined || debrief.observerId !== observerId)
      return denied<NotToWithdraw>({ kind: 'not_yours' }, debrief?.repId);
    const standIns = await standInsNow(trx, workspaceId, at);
    const asking = { workspaceId, viewerId: observerId, subjectId: debrief.repId, standIns };
    if (!(await may(trx, asking, 'log_debrief')))
      return denied<NotToWithdraw>({ kind: 'not_your_report' }, debrief.repId);
    if (await withdraw(trx, workspaceId, debriefId, at)) {
      await removeSightings(trx, workspaceId, debriefId);
      const record = { kind: 'debrief', id: debriefId } as const;
      await keepRevisionOf(trx, workspaceId, record, {
        content: { withdrawn: true },
        savedAt: at,
        savedBy: observerId,
      });
      const notes = { subjectId: debriefId, kinds: ['debrief_shared', 'debrief_answered'] } as const;
      await settleNotes(trx, workspaceId, notes, at);
      await touchNotes(trx, workspaceId, notes);
      if (debrief.occurrenceId !== null) await markMessagesOf(trx, workspaceId, debrief.occurrenceId);
    }
    return done({ repId: debrief.repId });
  });
  if (withdrawn.ok) context.wake(workspaceId);
  return withdrawn;
}
