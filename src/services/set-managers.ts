import type { Trx } from '#storage/database.ts';
import { changeManager, currentLines } from '#storage/reporting.ts';
import { handOverCalls } from './hand-over-calls.ts';
import { handOverPractice } from './hand-over-practice.ts';
import { handOverTraining } from './hand-over-training.ts';

/** Brings reporting lines to what is wanted; history keeps who managed whom before. */
export async function setManagers(
  trx: Trx,
  workspaceId: string,
  wanted: Map<string, string | undefined>,
  at: Date,
): Promise<number> {
  const lines = new Map((await currentLines(trx, workspaceId)).map((line) => [line.repId, line.managerId]));
  const changed: { repId: string; formerId: string | undefined }[] = [];
  for (const [repId, managerId] of wanted) {
    if (lines.get(repId) === managerId) continue;
    await changeManager(trx, workspaceId, repId, managerId, at);
    changed.push({ repId, formerId: lines.get(repId) });
  }
  await handOverTraining(trx, workspaceId, changed, at);
  for (const { repId, formerId } of changed) {
    const line = { repId, from: formerId, to: wanted.get(repId) };
    await handOverPractice(trx, workspaceId, line, at.getTime());
    await handOverCalls(trx, workspaceId, line, at.getTime());
  }
  return changed.length;
}
