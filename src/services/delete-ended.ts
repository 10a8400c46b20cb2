import { deleteEverything } from '#storage/every-table.ts';
import { lockConnection, workspacesToDelete } from '#storage/workspaces.ts';
import type { EndingContext } from './end-workspace.ts';

/** Deletes everything of workspaces whose time of keeping is over; says of how many. */
export async function deleteEnded({
  database,
  clock,
  log,
}: Omit<EndingContext, 'keepDays'>): Promise<number> {
  const now = new Date(clock.now());
  let deleted = 0;
  for (const workspaceId of await workspacesToDelete(database.owner, now)) {
    const rows = await database.owner.transaction().execute(async (trx) => {
      const connection = await lockConnection(trx, workspaceId);
      // Installed anew in this very moment, or deleted by another process.
      if (connection?.deleteAfter == null || connection.deleteAfter > now) return 0;
      return deleteEverything(trx, workspaceId);
    });
    if (rows === 0) continue;
    deleted += 1;
    log.warn({ workspaceId, rows }, 'everything of a workspace that had ended was deleted');
  }
  return deleted;
}
