import type { Database } from '#storage/database.ts';
import { findWorkspace, listWorkspaceIds, type Workspace } from '#storage/workspaces.ts';
import { Misused, Refused } from './command.ts';

/** The workspace a command is about: the one named, or the only one there is. */
export async function chooseWorkspace(database: Database, named: string | undefined): Promise<Workspace> {
  const ids = await listWorkspaceIds(database.owner);
  const [only] = ids;
  if (only === undefined) {
    throw new Refused(
      'The database knows no workspace yet. Start Sideline once with its Slack settings, or import people: ' +
        '`npm run cli -- import people.csv`.',
    );
  }
  if (named === undefined && ids.length > 1) {
    throw new Misused(`The database holds several workspaces. Say which: --workspace ${ids.join(' | ')}`);
  }
  const id = named ?? only;
  const workspace = ids.includes(id)
    ? await database.inWorkspace(id, (trx) => findWorkspace(trx, id))
    : undefined;
  if (workspace === undefined) throw new Refused(`There is no workspace ${id}; there is ${ids.join(', ')}.`);
  return workspace;
}
