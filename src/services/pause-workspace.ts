import { setPaused } from '#storage/workspaces.ts';
import type { ServiceContext } from '../context.ts';

/** Nothing more is sent until the workspace is started again; what people open themselves goes on working. */
export async function pauseWorkspace(context: ServiceContext, workspaceId: string): Promise<void> {
  const at = new Date(context.clock.now());
  await context.database.inWorkspace(workspaceId, (trx) => setPaused(trx, workspaceId, at));
}
