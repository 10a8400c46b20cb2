import { advanceCadences, waitingCadences } from '#storage/cadences.ts';
import { findWorkspace, markStarted } from '#storage/workspaces.ts';
import type { ServiceContext } from '../context.ts';
import { nextPlanned } from './next-planned.ts';

/** Start and resume: from now on people are asked. What fell due before is not made up for. */
export async function startWorkspace(
  context: ServiceContext,
  workspaceId: string,
): Promise<{ cadences: number; already: boolean }> {
  const now = context.clock.now();
  const started = await context.database.inWorkspace(workspaceId, async (trx) => {
    const workspace = await findWorkspace(trx, workspaceId);
    const already = workspace !== undefined && workspace.startedAt !== null && workspace.pausedAt === null;
    await markStarted(trx, workspaceId, new Date(now));
    const waiting = await waitingCadences(trx, workspaceId);
    if (waiting.length > 0) {
      await advanceCadences(
        trx,
        waiting.map((one) => ({ workspaceId, id: one.id, next: nextPlanned(one.rule, one.timeZone, now) })),
      );
    }
    return { cadences: waiting.length, already };
  });
  // What waited through a pause and is still open need not wait for the next tick.
  context.wake(workspaceId);
  return started;
}
