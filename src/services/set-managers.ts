import type { Trx } from '#storage/database.ts';
import { changeManagers, currentLines, type LineMoved } from '#storage/reporting.ts';
import { handOverCalls } from './hand-over-calls.ts';
import { handOverPractice } from './hand-over-practice.ts';
import { handOverTraining } from './hand-over-training.ts';

/**
 * Brings reporting lines to what is wanted; history keeps who managed whom before. `left`: reps whose line ends because
 * one of the two left Slack. Says which lines have changed.
 */
export async function setManagers(
  trx: Trx,
  workspaceId: string,
  wanted: ReadonlyMap<string, string | undefined>,
  at: Date,
  left: ReadonlySet<string> = new Set(),
): Promise<LineMoved[]> {
  if (wanted.size === 0) return [];
  const current = await currentLines(trx, workspaceId, new Set(wanted.keys()));
  const managerOf = new Map(current.map((line) => [line.repId, line.managerId]));
  const moved = [...wanted]
    .map(([repId, to]) => ({ repId, from: managerOf.get(repId), to }))
    .filter(({ from, to }) => from !== to);
  if (moved.length === 0) return [];
  await changeManagers(
    trx,
    workspaceId,
    moved.map(({ repId, to }) => ({ repId, managerId: to, left: left.has(repId) })),
    at,
  );
  await handOverTraining(trx, workspaceId, moved, at);
  await handOverPractice(trx, workspaceId, moved, at.getTime());
  await handOverCalls(trx, workspaceId, moved, at.getTime());
  return moved;
}
