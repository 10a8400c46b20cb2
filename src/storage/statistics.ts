import { type Kysely, sql } from 'kysely';
import type { Database } from './database.ts';
import type { Tables } from './schema/index.ts';

/** The first time, in transactions; then each time as many again. */
const first = 250;
const most = 20_000;

/**
 * The embedded database has nobody who analyzes its tables. Without statistics it takes a workspace for a
 * two-hundredth of a table, and reads all of it once for each row it joins (measured: a card of four months took
 * 17 ms to load, and 3 ms afterwards).
 */
export function withStatistics(
  owner: Kysely<Tables>,
  { inWorkspace, inPlanner }: Pick<Database, 'inWorkspace' | 'inPlanner'>,
): Pick<Database, 'inWorkspace' | 'inPlanner'> {
  let left = first;
  let pause = first;
  const count = async (): Promise<void> => {
    left -= 1;
    if (left > 0) return;
    left = pause;
    pause = Math.min(pause * 2, most);
    await sql`analyze`.execute(owner);
  };
  return {
    async inWorkspace(workspaceId, work) {
      await count();
      return inWorkspace(workspaceId, work);
    },
    async inPlanner(work) {
      await count();
      return inPlanner(work);
    },
  };
}
