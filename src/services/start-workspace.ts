import { advanceCadences, waitingCadences } from '#storage/cadences.ts';
import { findWorkspace, markStarted, setPaused } from '#storage/workspaces.ts';
import type { ServiceContext } from '../context.ts';
import { nextPlanned } from './next-planned.ts';

/** Start and resume: from now on people are asked. What fell due before is not made up for. */
export async function startWorkspace(
  context: ServiceContext,
  workspaceId: string,
): Promise<{ cadences: number; already: boolean }> {
  const now = context.clock.now();
  return context.database.inWorkspace(workspaceId, async (trx) => {
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
}

/** Nothing more is sent until the workspace is started again; what people open themselves goes on working. */
export async function pauseWorkspace(context: ServiceContext, workspaceId: string): Promise<void> {
  const at = new Date(context.clock.now());
  await context.database.inWorkspace(workspaceId, (trx) => setPaused(trx, workspaceId, at));
}
