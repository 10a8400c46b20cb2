import { travelClock } from '#domain/clock.ts';
import { claimDueSweep, scheduleSweeps } from '#services/sweep-people.ts';
import { backlogOf } from '#storage/backlog.ts';
import { openPostgres } from '#storage/postgres.ts';
import { crowdOf } from '../crowd.ts';
import { type Databases, withClient } from '../databases.ts';
import type { Figure } from '../figures.ts';
import { inTurns } from '../in-turns.ts';
import { now } from '../load.ts';
import { createWorker } from '../worker.ts';

export interface Installed {
  workspaces: number;
  url: string;
}

/** With their managers they are twenty. */
const reps = 17;

/** Workspaces of twenty people each, for whom everything is planned and nothing is due. */
export async function workspacesOf(databases: Databases, workspaces: number): Promise<Installed> {
  const url = await crowdOf(databases, { workspaces, reps, zones: 10 });
  await withClient(url, async (client) => {
    await client.query(
      `insert into people_sweep (workspace_id, due_at) select workspace_id, $1 from workspace on conflict do nothing`,
      [new Date(now + 12 * 60 * 60_000)],
    );
    await client.query('vacuum analyze people_sweep');
  });
  return { url, workspaces };
}

/** What goes on every minute, and what a probe asks, where nothing is due. */
export async function idling(few: Installed, many: Installed, turns: number): Promise<Figure[]> {
  const clock = travelClock(now);
  const of = ({ url }: Installed) => {
    const database = openPostgres(url);
    return { database, clock, worker: createWorker({ database, clock }) };
  };
  const [ofFew, ofMany] = [of(few), of(many)];
  const works: [what: string, work: (one: typeof ofFew) => Promise<unknown>][] = [
    [
      'idle minute: a tick, and a look for people to look up',
      async (one) => [await one.worker.tick(), await scheduleSweeps(one), await claimDueSweep(one)],
    ],
    ['backlog', ({ database }) => database.inPlanner((trx) => backlogOf(trx, new Date(now)))],
  ];
  const figures: Figure[] = [];
  for (const [what, work] of works) {
    const [overMany, overFew] = await inTurns(
      turns,
      () => work(ofMany),
      () => work(ofFew),
    );
    figures.push({
      what: `${what}, ${many.workspaces} workspaces of 20 people`,
      value: overMany,
      unit: 'ms',
      against: { what: `ms with ${few.workspaces}`, value: overFew },
      ratio: overMany / overFew,
      aim: { most: 1.5 },
    });
  }
  await Promise.all([ofFew.database.close(), ofMany.database.close()]);
  return figures;
}
