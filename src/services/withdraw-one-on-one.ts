import { done, type Result } from '#domain/result.ts';
import { markMessagesOf } from '#storage/messages.ts';
import { keepRevision, withdrawLog } from '#storage/one-on-one-logs.ts';
import { logsOfOccurrences } from '#storage/one-on-one-rows.ts';
import { takeBack } from '#storage/taken-back.ts';
import type { ServiceContext } from '../context.ts';
import { takeBackAgreement } from './agree.ts';
import { type ChangeProblem, ownLog } from './change-one-on-one.ts';

export interface Withdrawn {
  repId: string;
  repName: string;
}

/**
 * A log that should not have been: it counts as never written, what it agreed on is withdrawn with it, and its
 * 1:1 counts neither way until it is logged anew. What it said stays in its history.
 */
export async function withdrawOneOnOne(
  context: ServiceContext,
  workspaceId: string,
  writerId: string,
  logId: string,
): Promise<Result<Withdrawn, ChangeProblem>> {
  const now = context.clock.now();
  const at = new Date(now);
  const withdrawn = await context.database.inWorkspace(
    workspaceId,
    async (trx): Promise<Result<Withdrawn, ChangeProblem>> => {
      const own = await ownLog(trx, workspaceId, writerId, logId, now);
      if (!own.ok) return own;
      const { log, pair } = own.value;
      const revision = log.revision + 1;
      await withdrawLog(trx, workspaceId, logId, { revision, at });
      const content = { withdrawn: true };
      await keepRevision(trx, workspaceId, { logId, revision, content, savedAt: at, savedBy: writerId });
      await takeBackAgreement(trx, workspaceId, logId, at);
      if (log.occurrenceId !== null) {
        const others = await logsOfOccurrences(trx, workspaceId, [log.occurrenceId]);
        if (others.size === 0) await takeBack(trx, workspaceId, [log.occurrenceId]);
        await markMessagesOf(trx, workspaceId, log.occurrenceId);
      }
      return done({ repId: log.repId, repName: pair.repName });
    },
  );
  if (withdrawn.ok) context.wake(workspaceId);
  return withdrawn;
}
