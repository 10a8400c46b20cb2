import type { Role } from '#domain/people.ts';
import { findMember, listMembers, membersWithRole } from '#storage/members.ts';
import { currentLines } from '#storage/reporting.ts';
import type { ServiceContext } from '../context.ts';

export interface Report {
  id: string;
  name: string;
}

/** The people whose weekly 1:1 is this person's to log. */
export async function findReports(
  context: ServiceContext,
  workspaceId: string,
  managerId: string,
): Promise<Report[]> {
  return context.database.inWorkspace(workspaceId, async (trx) => {
    const lines = await currentLines(trx, workspaceId);
    const own = new Set(lines.filter((line) => line.managerId === managerId).map((line) => line.repId));
    const members = await listMembers(trx, workspaceId);
    return members
      .filter((member) => own.has(member.id) && member.roles.includes('rep'))
      .map(({ id, name }) => ({ id, name }));
  });
}

/** Somebody's roles, and who can add them if the product does not know them. */
export async function findAsker(
  context: ServiceContext,
  workspaceId: string,
  userId: string,
): Promise<{ roles: Role[] | undefined; keepers: Report[] }> {
  return context.database.inWorkspace(workspaceId, async (trx) => {
    const member = await findMember(trx, workspaceId, userId);
    if (member !== undefined) return { roles: member.roles, keepers: [] };
    const admins = await membersWithRole(trx, workspaceId, 'admin');
    const leads = await membersWithRole(trx, workspaceId, 'enablement');
    const keepers = new Map([...admins, ...leads].map(({ id, name }) => [id, { id, name }]));
    return { roles: undefined, keepers: [...keepers.values()] };
  });
}
