import type { Trx } from '#storage/database.ts';
import { changeManager, currentLines } from '#storage/reporting.ts';

/** Brings reporting lines to what is wanted; history keeps who managed whom before. */
export async function setManagers(
  trx: Trx,
  workspaceId: string,
  wanted: Map<string, string | undefined>,
  at: Date,
): Promise<number> {
  const lines = new Map((await currentLines(trx, workspaceId)).map((line) => [line.repId, line.managerId]));
  let changed = 0;
  for (const [repId, managerId] of wanted) {
    if (lines.get(repId) === managerId) continue;
    await changeManager(trx, workspaceId, repId, managerId, at);
    changed += 1;
  }
  return changed;
}
