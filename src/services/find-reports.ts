import { findMember } from '#storage/members.ts';
import { repsOf } from '#storage/reporting.ts';
import type { ServiceContext } from '../context.ts';

export interface Report {
  id: string;
  name: string;
}

/** The people whose weekly 1:1 is this person's to log, by name; undefined for somebody the product does not know. */
export async function findReports(
  context: Pick<ServiceContext, 'database'>,
  workspaceId: string,
  managerId: string,
): Promise<Report[] | undefined> {
  return context.database.inWorkspace(workspaceId, async (trx) => {
    if ((await findMember(trx, workspaceId, managerId)) === undefined) return undefined;
    return repsOf(trx, workspaceId, managerId);
  });
}
