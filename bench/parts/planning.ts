import { planOccurrences } from '#delivery/plan-occurrences.ts';
import { openPostgres } from '#storage/postgres.ts';
import { said, start, stop } from '../child.ts';
import { type Databases, withClient } from '../databases.ts';
import { type Figure, median } from '../figures.ts';
import { type Company, loadCadences, loadPeople, now } from '../load.ts';
import type { Scale } from '../part.ts';

const company = (cadences: number): Company => ({
  workspaces: Math.min(20, cadences / 8),
  reps: cadences / Math.min(20, cadences / 8),
  zones: Math.min(50, cadences),
});

const template = 'bench_to_plan';

/**
 * Cadences that are all due, planned by the product; and the same rows written by plain SQL, an insert and an update
 * of one statement each, on a copy of the same database. In turns.
 */
export async function planning(databases: Databases, scale: Scale): Promise<Figure[]> {
  const { cadences, rounds, people } = {
    full: { cadences: 100_000, rounds: 3, people: 10_000 },
    smoke: { cadences: 96, rounds: 1, people: 5 },
  }[scale];
  await prepare(databases, company(cadences));
  const product: number[] = [];
  const floor: number[] = [];
  const insertAlone: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    product.push(cadences / (await onCopy(databases, planned)));
    const seconds = await onCopy(databases, written);
    floor.push(cadences / (seconds.insert + seconds.update));
    insertAlone.push(cadences / seconds.insert);
  }
  const rivals = await rivalsOf(databases, scale, people);
  await databases.drop(template);
  const value = median(product);
  const ratioTo = (others: number[]) =>
    median(product.map((one, round) => one / (others[round] ?? Number.NaN)));
  return [
    {
      what: `${cadences} due cadences`,
      value,
      unit: 'occurrences/s',
      against: { what: 'by one insert and one update', value: median(floor) },
      ratio: ratioTo(floor),
      aim: { least: 0.5 },
    },
    {
      what: `${cadences} due cadences`,
      value,
      unit: 'occurrences/s',
      against: { what: 'by the insert alone', value: median(insertAlone) },
      ratio: ratioTo(insertAlone),
    },
    ...rivals.map(({ what, perSecond }) => ({
      what,
      value: perSecond,
      unit: 'occurrences/s',
      against: { what: 'by the product', value },
      ratio: perSecond / value,
    })),
  ];
}

/** How many seconds after their moment they may still be at work. */
const patience = 60;

/**
 * The same writes for fewer people, as they are commonly timed: from the moment that all of them wait for to the last
 * row. Schedules of pg-boss begin with a minute, which the short form does not wait for.
 */
async function rivalsOf(databases: Databases, scale: Scale, people: number) {
  const rivals = [
    { name: 'tasks of node-cron', program: 'cron-per-person.ts' },
    ...(scale === 'full' ? [{ name: 'schedules of pg-boss', program: 'boss-schedules.ts' }] : []),
  ];
  const figures: { what: string; perSecond: number }[] = [];
  for (const { name, program } of rivals) {
    const { done, seconds } = await onCopy(databases, async (url) => {
      const child = start(program, url, String(people), String(patience));
      const result = await said<{ done: number; seconds: number }>(child, 'result');
      await stop(child);
      return result;
    });
    const inTime = done === people ? '' : `, ${done} done within ${patience} s`;
    figures.push({ what: `${people} ${name}${inTime}`, perSecond: done / seconds });
  }
  return figures;
}

/** What is to be written is what the product writes: planned once, kept aside, and the cadences loaded anew. */
async function prepare(databases: Databases, people: Company): Promise<void> {
  await databases.create(template, async (url) => {
    await withClient(url, async (client) => {
      await loadPeople(client, people);
      await loadCadences(client, people, 'due');
      await client.query('analyze');
    });
    await planned(url);
    await withClient(url, async (client) => {
      await client.query(`create table plain_occurrence as select * from occurrence`);
      await client.query(
        `create table plain_step as select workspace_id, cadence_id, next_period, next_due_at, plan_at from cadence`,
      );
      await client.query('truncate cadence, occurrence cascade');
      await loadCadences(client, people, 'due');
      await client.query('analyze');
    });
  });
}

async function onCopy<T>(databases: Databases, run: (url: string) => Promise<T>): Promise<T> {
  const url = await databases.copy(template, 'bench_planning');
  const result = await run(url);
  await databases.drop('bench_planning');
  return result;
}

/** Seconds. */
async function planned(url: string): Promise<number> {
  const database = openPostgres(url);
  const seconds = await timed(() => planOccurrences(database, new Date(now)));
  await database.close();
  return seconds;
}

function written(url: string): Promise<{ insert: number; update: number }> {
  return withClient(url, async (client) => ({
    insert: await timed(() => client.query('insert into occurrence select * from plain_occurrence')),
    update: await timed(() =>
      client.query(
        `update cadence set next_period = s.next_period, next_due_at = s.next_due_at, plan_at = s.plan_at
         from plain_step s
         where cadence.workspace_id = s.workspace_id and cadence.cadence_id = s.cadence_id`,
      ),
    ),
  }));
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return (performance.now() - began) / 1000;
}
