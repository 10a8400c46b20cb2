import type { Databases } from './databases.ts';
import { withClient } from './databases.ts';
import { type Company, loadCadences, loadPeople } from './load.ts';

const made = new Set<string>();

/**
 * A database with so many cadences and nothing to do for any of them: the next occurrence of each is planned, and
 * the message of every tenth waits for its day. Made once, and left to the parts that want it.
 */
export async function crowdOf(databases: Databases, company: Company): Promise<string> {
  const name = `bench_crowd_${company.workspaces * company.reps}`;
  if (made.has(name)) return databases.urlOf(name);
  made.add(name);
  return databases.create(name, (url) =>
    withClient(url, async (client) => {
      await databases.trustRows(client);
      await loadPeople(client, company);
      await loadCadences(client, company, 'later');
      await client.query(
        `insert into occurrence
           (workspace_id, occurrence_id, cadence_id, period, kind, asked_id, about_id, due_at, closes_at, state)
         select workspace_id, cadence_id, cadence_id, 'before ' || next_period, kind, asked_id, about_id,
                next_due_at - interval '7 days', next_due_at, 'planned'
         from cadence`,
      );
      await client.query(
        `insert into delivery (workspace_id, delivery_id, post_key, kind, key, receiver_id, due_at, state)
         select workspace_id, occurrence_id, occurrence_id, 'card', 'card/' || occurrence_id, asked_id, due_at, 'pending'
         from occurrence where about_id like '%7'`,
      );
      await client.query('vacuum analyze');
    }),
  );
}

export const crowds = {
  full: [
    { workspaces: 20, reps: 500, zones: 50 },
    { workspaces: 200, reps: 5_000, zones: 50 },
  ],
  smoke: [
    { workspaces: 2, reps: 10, zones: 5 },
    { workspaces: 4, reps: 50, zones: 5 },
  ],
} as const satisfies Record<string, readonly [Company, Company]>;
