import { noteInAudit } from '#storage/audit.ts';
import type { Trx } from '#storage/database.ts';
import { lockWorkspace, setPaused } from '#storage/workspaces.ts';
import type { ServiceContext } from '../context.ts';

/** Nothing more is sent until the workspace is resumed; what people open themselves goes on working. */
export async function pauseWorkspace(context: ServiceContext, workspaceId: string): Promise<void> {
  const now = context.clock.now();
  await context.database.inWorkspace(workspaceId, (trx) =>
    pauseIn(trx, workspaceId, { by: 'operator', now }),
  );
}

/** Says whether it ran. */
export async function pauseIn(
  trx: Trx,
  workspaceId: string,
  { by, now }: { by: string; now: number },
): Promise<boolean> {
  const workspace = await lockWorkspace(trx, workspaceId);
  if (workspace?.startedAt == null || workspace.pausedAt !== null) return false;
  const at = new Date(now);
  await setPaused(trx, workspaceId, at);
  await noteInAudit(trx, workspaceId, { actorId: by, what: 'paused', at });
  return true;
}
