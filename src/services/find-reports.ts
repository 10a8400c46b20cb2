import { mayBeMessaged } from '#domain/people.ts';
import { findMember, listMembers } from '#storage/members.ts';
import { currentLines } from '#storage/reporting.ts';
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
    const lines = await currentLines(trx, workspaceId);
    const own = new Set(lines.filter((line) => line.managerId === managerId).map((line) => line.repId));
    const members = await listMembers(trx, workspaceId);
    return members
      .filter(({ id, roles, status }) => own.has(id) && roles.includes('rep') && mayBeMessaged(status))
      .map(({ id, name }) => ({ id, name }));
  });
}
