import type { Role } from '#domain/people.ts';
import { membersWithRole } from '#storage/members.ts';
import type { ServiceContext } from '../context.ts';
import { rolesOf } from './roles-of.ts';

/** Somebody who can add people. */
export interface Keeper {
  id: string;
  name: string;
}

/** Somebody's roles; none where the product does not know them, and then who can add them. */
export async function findAsker(
  context: Pick<ServiceContext, 'database'>,
  workspaceId: string,
  userId: string,
): Promise<{ roles: Role[] | undefined; keepers: Keeper[] }> {
  const roles = await rolesOf(context.database, workspaceId, userId);
  if (roles !== undefined) return { roles, keepers: [] };
  return context.database.inWorkspace(workspaceId, async (trx) => {
    const admins = await membersWithRole(trx, workspaceId, 'admin');
    const leads = await membersWithRole(trx, workspaceId, 'enablement');
    const keepers = new Map([...admins, ...leads].map(({ id, name }) => [id, { id, name }]));
    return { roles: undefined, keepers: [...keepers.values()] };
  });
}
