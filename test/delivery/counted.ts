import type { KyselyPlugin } from 'kysely';
import { type Database, scoped } from '#storage/database.ts';

/** The same database, which counts how often it is asked: each statement, BEGIN, SET and COMMIT included. */
export function countingTrips({ owner, kind, boss, close }: Database): Database & { trips(): number } {
  let count = 0;
  const counting: KyselyPlugin = {
    transformQuery: ({ node }) => node,
    transformResult: async ({ result }) => {
      count += 1;
      return result;
    },
  };
  const within = scoped(owner.withPlugin(counting));
  return {
    ...within,
    kind,
    boss,
    close,
    async inWorkspace(workspaceId, work) {
      count += 2;
      return within.inWorkspace(workspaceId, work);
    },
    async inPlanner(work) {
      count += 2;
      return within.inPlanner(work);
    },
    trips: () => count,
  };
}
