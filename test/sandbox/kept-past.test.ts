import { PGlite } from '@electric-sql/pglite';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { checkDatabase } from '#cli/doctor/database.ts';
import { travelClock } from '#domain/clock.ts';
import { migrations } from '#migrations';
import { sandboxStart, usualSeed } from '#sandbox/history.ts';
import { canBeLoaded, type KeptPast, loadKeptPast, readKeptPast } from '#sandbox/kept-past/kept-past.ts';
import { livePast } from '#sandbox/kept-past/live.ts';
import type { Database } from '#storage/database.ts';
import { embeddedDatabase, parsers } from '#storage/embedded.ts';
import { migrate, migrationState } from '#storage/migrate.ts';
import { openTestDatabase } from '#test/database.ts';
import { hashOfSources } from '../../scripts/past-sources.ts';
import { readConfig } from '../../src/config.ts';
import { createLog } from '../../src/log.ts';

const past = readKeptPast();
const renew =
  'What the past is made from has changed since. `npm run sandbox:past` lives it anew and keeps it.';

test('the kept past is made from what is here', () => {
  expect(past.sources, renew).toBe(hashOfSources());
  expect(past.seed, renew).toBe(usualSeed);
});

test('it is of migrations that this version begins with; of others it is not loaded', () => {
  expect(canBeLoaded(past), renew).toBe(true);
  expect(canBeLoaded({ migrations: [...past.migrations, '9999-of-tomorrow'] })).toBe(false);
  expect(canBeLoaded({ migrations: past.migrations.slice(1) })).toBe(false);
  expect(canBeLoaded({ migrations: [] })).toBe(false);
});

test('it holds no token, and nothing of the machine that it was made on', () => {
  expect(JSON.stringify(past)).not.toMatch(/xox[abp]-|\/tmp\/|\/home\/|127\.0\.0\.1|localhost/);
});

test('it has what a visitor is told of', () => {
  const rowsOf = (table: string) => (past.rows[table] ?? []) as Record<string, unknown>[];
  const waiting = rowsOf('practice_review').filter((one) => one['verified_at'] === null);
  expect(waiting.map((one) => one['rep_id'])).toContain('U0SAM');
  expect(rowsOf('certification').filter((one) => one['valid_until'] !== null)).toHaveLength(4);
  expect(rowsOf('absence').map((one) => one['member_id'])).toEqual(['U0TOMAS']);
  expect(new Set(rowsOf('time_report').map((one) => one['manager_id'])).size).toBe(5);
  expect(
    rowsOf('occurrence').filter((one) => one['kind'] === 'observed_call' && one['state'] === 'expired'),
  ).not.toEqual([]);
});

describe('loaded into an empty database', () => {
  let database: Database;
  beforeAll(async () => {
    database = await openEmpty();
    await loadKeptPast(database.owner, past);
  });
  afterAll(() => database.close());

  test('the past passes what doctor looks at', async () => {
    const checks = await checkDatabase(database, travelClock(past.state.businessNow));
    expect(checks.map(({ name }) => name)).toContain('deliveries');
    expect(checks.filter(({ state }) => state === 'wrong')).toEqual([]);
  });

  test('every row refers to rows that are there', async () => {
    const { rows: keys } = await sql<{ table: string; name: string; is: string }>`
      select conrelid::regclass::text as "table", conname as name, pg_get_constraintdef(oid) as is
      from pg_constraint where contype = 'f' and connamespace = 'public'::regnamespace`.execute(
      database.owner,
    );
    expect(keys.length).toBeGreaterThan(20);
    for (const { table, name, is } of keys) {
      // Made anew, a constraint looks at every row.
      await sql`alter table ${sql.table(table)} drop constraint ${sql.ref(name)},
        add constraint ${sql.ref(name)} ${sql.raw(is)}`.execute(database.owner);
    }
  });

  test('four months are there, up to the moment at which the sandbox begins', async () => {
    const { rows } = await sql<{ first: Date; n: number }>`
      select min(due_at) as first, count(*)::int as n from occurrence`.execute(database.owner);
    expect((sandboxStart - (rows[0]?.first.getTime() ?? sandboxStart)) / 86_400_000).toBeGreaterThan(110);
    expect(rows[0]?.n).toBeGreaterThan(600);
    expect(past.state.businessNow).toBe(sandboxStart);
  });
});

test('migrations that have come since run on its rows', async () => {
  const database = await openEmpty();
  const names = Object.keys(migrations).sort();
  const then = names.slice(0, names.indexOf('20261120T190000-slots') + 1);
  await migrate(database.owner, then.at(-1));
  const { rows: tables } = await sql<{ name: string }>`
    select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'`.execute(
    database.owner,
  );
  const had = Object.entries(past.rows).filter(([table]) => tables.some(({ name }) => name === table));
  expect(had.length).toBeLessThan(Object.keys(past.rows).length);

  await loadKeptPast(database.owner, { ...past, migrations: then, rows: Object.fromEntries(had) });
  expect((await migrationState(database.owner)).pending).toEqual([]);
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from occurrence`.execute(
    database.owner,
  );
  expect(rows[0]?.n).toBe(past.rows['occurrence']?.length);
  await database.close();
});

/** Who got a message when, and what was logged; messages of the past are brought up to date for as long as it lasts. */
function livedUntil(until: number, { state, rows }: Pick<KeptPast, 'state' | 'rows'>): string[] {
  const { messages, channels } = state.slack;
  const logs = (rows['one_on_one_log'] ?? []) as { rep_id: string; logged_at: string; takeaway: string }[];
  return [
    ...Object.values(messages)
      .flat()
      .map(({ channel, shownAt }) => ({ at: shownAt, what: channels[channel]?.user ?? channel })),
    ...logs.map((log) => ({ at: Date.parse(log.logged_at), what: `${log.rep_id} ${log.takeaway}` })),
  ]
    .filter(({ at }) => at <= until)
    .map(({ at, what }) => `${new Date(at).toISOString()} ${what}`)
    .sort();
}

test('its first week, lived anew, is the one that is kept', async () => {
  const until = Date.parse('2026-02-19T20:35:00Z');
  const read = readConfig({});
  if (!read.ok) throw new Error(read.problems.join('\n'));
  const { config } = read;
  const database = await openTestDatabase('postgres');
  const anew = await livePast({ config, log: createLog('silent'), database, until });
  await database.close();

  const lived = livedUntil(until, anew);
  expect(lived.length).toBeGreaterThan(40);
  expect(livedUntil(until, past), renew).toEqual(lived);
});

async function openEmpty(): Promise<Database> {
  return embeddedDatabase(await PGlite.create({ parsers }));
}
