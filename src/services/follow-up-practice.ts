import { repsToFollowUp } from '#storage/practice-assignments.ts';
import type { ServiceContext } from '../context.ts';
import { alignPractice } from './align-practice.ts';

const batch = 200;

/**
 * What nobody looked back on until it closed is planned anew. Says for how many people; a rep whose occurrence
 * somebody is just recording stays for the next tick.
 */
export async function followUpPractice({
  database,
  clock,
}: Pick<ServiceContext, 'database' | 'clock'>): Promise<number> {
  const now = clock.now();
  const due = await database.inPlanner((trx) => repsToFollowUp(trx, new Date(now), batch));
  for (const { workspaceId, repId } of due) {
    await database.inWorkspace(workspaceId, (trx) => alignPractice(trx, workspaceId, repId, now));
  }
  return due.length;
}
