import { findPeople } from '#storage/people-search.ts';
import type { ServiceContext } from '../context.ts';

/** A few of those who manage people, to turn to; the ids. */
export async function findKeepers(
  context: Pick<ServiceContext, 'database'>,
  workspaceId: string,
): Promise<string[]> {
  return context.database.inWorkspace(workspaceId, async (trx) => {
    const leads = await findPeople(trx, workspaceId, { role: 'enablement' }, { limit: 3 });
    const admins = await findPeople(trx, workspaceId, { role: 'admin' }, { limit: 3 });
    return [...new Set([...leads, ...admins].map(({ id }) => id))];
  });
}
