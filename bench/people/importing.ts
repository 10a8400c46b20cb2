import { WebClient } from '@slack/web-api';
import { travelClock } from '#domain/clock.ts';
import { unlimited } from '#domain/slack-limits.ts';
import { applyImport, proposeImport } from '#services/apply-import.ts';
import { readPeopleFile } from '#services/people-file.ts';
import { openPostgres } from '#storage/postgres.ts';
import { clientOptions } from '../../src/web-api.ts';
import { said, start, stop } from '../child.ts';
import { type Databases, withClient } from '../databases.ts';
import { type Figure, median } from '../figures.ts';
import { milliseconds } from '../in-turns.ts';
import { now } from '../load.ts';
import { bossId, peopleFileOf } from './file.ts';

/** What an import writes row by row. */
const tables = ['member', 'reporting', 'cadence'];

/** A workspace into which nobody has been imported but whoever imports. */
async function emptyWorkspace(databases: Databases, name: string): Promise<void> {
  await databases.create(name, (url) =>
    withClient(url, async (client) => {
      await client.query(
        `insert into workspace (workspace_id, team_id, name, bot_user_id, installed_at, started_at)
         values ('T0', 'T0', 'Workspace', 'UBOT', $1, $1)`,
        [new Date(now)],
      );
      await client.query(
        `insert into member (workspace_id, user_id, name, time_zone, roles, status, updated_at)
         values ('T0', '${bossId}', 'Boss', 'Europe/Berlin', '{enablement}', 'active', $1)`,
        [new Date(now)],
      );
      await client.query('analyze');
    }),
  );
}

/** A workspace with so many people, imported by the product; and how long the two halves took. */
export async function workspaceOf(databases: Databases, people: number, name: string) {
  const slack = start('instant-slack.ts', 'Infinity', String(people));
  try {
    const slackUrl = await said<string>(slack, 'url');
    await emptyWorkspace(databases, name);
    const url = databases.urlOf(name);
    const took = await imported(url, slackUrl, people);
    await withClient(url, (client) => client.query('vacuum analyze'));
    return { url, took };
  } finally {
    await stop(slack);
  }
}

async function imported(url: string, slackUrl: string, people: number) {
  const database = openPostgres(url);
  const client = new WebClient('xoxb-bench', clientOptions(slackUrl));
  const context = { clock: travelClock(now), database, wake: () => {}, client, limits: unlimited };
  const text = peopleFileOf(people);
  try {
    let proposed: Awaited<ReturnType<typeof proposeImport>> | undefined;
    const plan = await milliseconds(async () => {
      const file = await readPeopleFile(text);
      proposed = await proposeImport(context, 'T0', { userId: bossId, source: 'file' }, file);
    });
    if (proposed?.ok !== true)
      throw new Error(`the import was refused: ${JSON.stringify(proposed?.problem)}`);
    const { importId, digest } = proposed.value;
    const apply = await milliseconds(async () => {
      const applied = await applyImport(context, 'T0', { userId: bossId, importId, digest });
      if (!applied.ok || applied.value.added !== people) throw new Error('not everybody was imported');
    });
    return { plan, apply };
  } finally {
    await database.close();
  }
}

/** The same rows as they were written, each table by one plain insert, into the same tables with the same indexes. */
async function written(databases: Databases, template: string): Promise<number> {
  const url = await databases.copy(template, 'bench_written');
  const took = await withClient(url, async (client) => {
    for (const table of tables) await client.query(`create table plain_${table} as select * from ${table}`);
    await client.query('truncate member cascade');
    return milliseconds(async () => {
      await client.query('begin');
      for (const table of tables) await client.query(`insert into ${table} select * from plain_${table}`);
      await client.query('commit');
    });
  });
  await databases.drop('bench_written');
  return took;
}

/** Leaves the database of the last import under this name. */
export async function importing(
  databases: Databases,
  { people, rounds, name }: { people: number; rounds: number; name: string },
): Promise<Figure[]> {
  const plans: number[] = [];
  const applies: number[] = [];
  const floors: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const { took } = await workspaceOf(databases, people, name);
    plans.push(took.plan);
    applies.push(took.apply);
    floors.push(await written(databases, name));
  }
  const against = { what: 'ms by plain inserts', value: median(floors) };
  const ratioOf = (took: number[]) => median(took.map((one, round) => one / (floors[round] ?? Number.NaN)));
  return [
    {
      what: `import of ${people} rows: read, looked up in Slack, shown`,
      value: median(plans),
      unit: 'ms',
      against,
      ratio: ratioOf(plans),
    },
    {
      what: `import of ${people} rows: checked again, applied`,
      value: median(applies),
      unit: 'ms',
      against,
      ratio: ratioOf(applies),
      aim: { most: 5 },
    },
  ];
}
