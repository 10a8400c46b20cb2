import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { checkDatabase } from '#cli/doctor/database.ts';
import { runCli } from '#cli/run.ts';
import { travelClock } from '#domain/clock.ts';
import { migrations } from '#migrations';
import { loadKeptPast, readKeptPast } from '#sandbox/kept-past/kept-past.ts';
import { allRows, type Rows } from '#sandbox/kept-past/rows.ts';
import { startLocalSlack } from '#sandbox/local-slack/local-slack.ts';
import { startOn } from '#sandbox/sandbox.ts';
import { travelToNextMessage } from '#sandbox/travel.ts';
import { workspaceOf } from '#sandbox/workspace.ts';
import type { Database } from '#storage/database.ts';
import { lockDirectory } from '#storage/directory-lock.ts';
import { openEmbedded } from '#storage/embedded.ts';
import { migrate, migrationState } from '#storage/migrate.ts';
import { openPostgres } from '#storage/postgres.ts';
import { createEmptyPostgres, openTestDatabase, type TestDatabase } from '#test/database.ts';
import { type Config, readConfig } from '../../src/config.ts';
import { createLog } from '../../src/log.ts';

/** The sandbox's four months are what is moved: every feature has rows there. */
const past = readKeptPast();
const dataDirectory = mkdtempSync(path.join(tmpdir(), 'sideline-move-'));
const moved = path.join(dataDirectory, 'moved.json');
let lived: Rows;

beforeAll(async () => {
  const source = await openEmbedded(dataDirectory);
  await loadKeptPast(source.owner, past);
  for (const statement of awkward) await sql.raw(statement).execute(source.owner);
  lived = await allRows(source.owner);
  await source.close();
}, 120_000);

afterAll(() => rmSync(dataDirectory, { recursive: true, force: true }));

/** What gets lost where values are not carried exactly. */
const awkward = [
  `insert into audit_entry (workspace_id, actor_id, what, about_id, detail, at) values
     ('T0SANDBOX', 'U0PRIYA', 'quotes', '', '{"a": "(\\"\\\\,)", "b": 12345678901234567890.10, "a ": null}', '2026-06-01 12:00:00.123456+05:30'),
     ('T0SANDBOX', 'U0PRIYA', 'null, as a value', null, 'null', 'infinity'),
     ('T0SANDBOX', 'U0PRIYA', 'gone', null, '[]', '0001-01-01 00:00:00+00 BC')`,
  `delete from audit_entry where what = 'gone'`,
  `update member set name = E'Zoë 🚀 "x", (y)\\\\ \\n\\t', roles = '{rep,"",null,"a,b\\"c"}' where user_id = 'U0SAM'`,
  `update time_report set coaching = 0.1::float8 + 0.2::float8 where ctid = (select ctid from time_report limit 1)`,
];

interface Ran {
  status: number;
  said: string;
}

/** As the command line runs it, on the directory of this test. */
async function move(args: string[], directory = dataDirectory): Promise<Ran> {
  const lines: string[] = [];
  const note = (text: string) => lines.push(text);
  const config = { ok: true as const, config: { ...settings(), dataDirectory: directory } };
  const status = await runCli({ args: ['move', ...args], config, tell: note, complain: note });
  return { status, said: lines.join('\n') };
}

function settings(): Config {
  const read = readConfig({});
  if (!read.ok) throw new Error(read.problems.join('\n'));
  return { ...read.config, dataDirectory };
}

const rowsIn = async ({ owner }: Database): Promise<number> =>
  Object.values(await allRows(owner)).reduce((sum, rows) => sum + rows.length, 0);

describe('nothing is moved', () => {
  let target: TestDatabase;
  beforeAll(async () => {
    target = await openTestDatabase('postgres');
  });
  afterAll(() => target.close());

  test.each([
    [[], 'Say where to: set DATABASE_URL'],
    [['--to', 'mysql://localhost/x'], '--to must start with postgres:// or postgresql://'],
    [['somewhere'], 'move takes nothing but options.'],
  ])('where it is not said where to: %j', async (args, said) => {
    const ran = await move(args);
    expect(ran).toEqual({ status: 2, said: expect.stringContaining(said) });
  });

  test('from a directory without a database, nor is one made there', async () => {
    const empty = mkdtempSync(path.join(tmpdir(), 'sideline-move-'));
    const ran = await move(['--to', target.url ?? ''], empty);
    expect(ran).toEqual({ status: 1, said: expect.stringContaining('so there is nothing to move') });
    expect(readdirSync(empty)).toEqual([]);
    rmSync(empty, { recursive: true });
  });

  test('while Sideline runs on the directory', async () => {
    const lock = await lockDirectory(dataDirectory);
    const ran = await move(['--to', target.url ?? '']);
    await lock.release();
    expect(ran).toEqual({ status: 1, said: expect.stringContaining('is in use by process') });
    expect(await rowsIn(target)).toBe(0);
  });

  test('to a database of an earlier version that holds a workspace, which is not brought up to date', async () => {
    const [first = ''] = Object.keys(migrations);
    const { url, drop } = await createEmptyPostgres();
    const old = openPostgres(url);
    await migrate(old.owner, first);
    await sql`insert into workspace (workspace_id, team_id, name, bot_user_id, installed_at)
      values ('T0OTHER', 'T0OTHER', 'Another', 'U0BOT', now())`.execute(old.owner);
    const ran = await move(['--to', url]);
    const { applied } = await migrationState(old.owner);
    await old.close();
    await drop();
    expect(ran).toEqual({ status: 1, said: expect.stringContaining('holds data already (in workspace)') });
    expect(applied).toEqual([first]);
  });

  test('from a directory of another version', async () => {
    const last = Object.keys(migrations).at(-1) ?? '';
    const inSource = async (statement: string): Promise<void> => {
      const source = await openEmbedded(dataDirectory);
      await sql.raw(statement).execute(source.owner);
      await source.close();
    };
    await inSource(`delete from kysely_migration where name = '${last}'`);
    const earlier = await move(['--to', target.url ?? '']);
    await inSource(`insert into kysely_migration values ('${last}', 'now'), ('9999-of-tomorrow', 'now')`);
    const newer = await move(['--to', target.url ?? '']);
    await inSource(`delete from kysely_migration where name = '9999-of-tomorrow'`);
    expect(earlier).toEqual({
      status: 1,
      said: expect.stringContaining('earlier version of Sideline: 1 of its migrations'),
    });
    expect(newer).toEqual({ status: 1, said: expect.stringContaining('is of a newer version of Sideline') });
    expect(await rowsIn(target)).toBe(0);
  });

  test('while somebody works in the target', async () => {
    const held = await target.owner.startTransaction().execute();
    await sql`lock table occurrence in row exclusive mode`.execute(held);
    const ran = await move(['--to', target.url ?? '']);
    await held.rollback().execute();
    expect(ran).toEqual({
      status: 1,
      said: expect.stringContaining('Something else is at work in the database'),
    });
  });

  test('where a row arrives changed and another not at all, and it is said which', async () => {
    const [log] = lived['one_on_one_log'] as { log_id: string }[];
    await sql
      .raw(
        `create function spoil() returns trigger language plpgsql as $$ begin
           if tg_table_name = 'absence' then return null; end if;
           if new.log_id = '${log?.log_id}' then new.private_note := coalesce(new.private_note, '') || ' '; end if;
           return new;
         end $$;
         create trigger spoil before insert on one_on_one_log for each row execute function spoil();
         create trigger spoil before insert on absence for each row execute function spoil();`,
      )
      .execute(target.owner);
    const ran = await move(['--to', target.url ?? '']);
    expect(ran.status).toBe(1);
    expect(ran.said).toContain(`one_on_one_log: 1 not the same, among them (T0SANDBOX,${log?.log_id})`);
    expect(ran.said).toMatch(/absence: 1 not the same, among them \(T0SANDBOX,/);
    expect(ran.said).toMatch(/^absence +1 +0 +1$/m);
    expect(ran.said).toContain('the copy was undone');
    expect(await rowsIn(target)).toBe(0);
    // No mark: it opens, as it was.
    const source = await openEmbedded(dataDirectory);
    expect(await allRows(source.owner)).toEqual(lived);
    await source.close();
  });
});

describe('moved', () => {
  let url: string;
  let drop: () => Promise<void>;
  let target: Database;
  beforeAll(async () => {
    ({ url, drop } = await createEmptyPostgres());
    target = openPostgres(url);
  });
  afterAll(async () => {
    await target.close();
    await drop();
  });

  test('every row is there, exactly, and it is said what was compared', async () => {
    const { status, said } = await move(['--to', url]);
    expect(said).toMatch(/^occurrence +(\d+) +\1 +0$/m);
    expect(said).toContain('every row as a whole, as PostgreSQL writes it, by its SHA-256');
    expect(said).not.toContain(`:${new URL(url).password}@`);
    expect(status).toBe(0);
    expect(await allRows(target.owner)).toEqual(lived);
    const { rows } = await sql<{ is: string }>`
      select string_agg(coalesce(jsonb_typeof(detail), 'nothing') || ' ' || at, ', ' order by entry_id) as is
      from audit_entry where what <> 'gone' and actor_id = 'U0PRIYA' and about_id is not distinct from null`.execute(
      target.owner,
    );
    expect(rows[0]?.is).toContain('null infinity');
  });

  test('what the database numbers goes on where it stood', async () => {
    const { rows } = await sql<{ next: number; last: number }>`
      select nextval(pg_get_serial_sequence('audit_entry', 'entry_id')) as next, max(entry_id) as last
      from audit_entry`.execute(target.owner);
    expect(Number(rows[0]?.next)).toBe(Number(rows[0]?.last) + 2);
  });

  test('the directory is started on no more, and it is said how to go back', async () => {
    const { host, pathname } = new URL(url);
    await expect(openEmbedded(dataDirectory)).rejects.toThrow(
      `were moved to PostgreSQL (${host}${pathname}) on 20`,
    );
    const again = await move(['--to', url, '--json']);
    expect(again.status).toBe(1);
    expect(JSON.parse(again.said)).toEqual({
      ok: false,
      problems: [expect.stringContaining(`delete ${moved}`)],
    });
  });

  test('where only the mark got lost, moving again finds everything there and sets it', async () => {
    rmSync(moved);
    const { status, said } = await move(['--to', url, '--json']);
    expect(status).toBe(0);
    expect(JSON.parse(said)).toMatchObject({ ok: true, moved: true });
    await expect(openEmbedded(dataDirectory)).rejects.toThrow('were moved to PostgreSQL');
  });

  test('doctor finds it in order', async () => {
    const checks = await checkDatabase(target, travelClock(past.state.businessNow));
    expect(checks.map(({ name }) => name)).toContain('messages sent');
    expect(checks.filter(({ state }) => state === 'wrong')).toEqual([]);
  });

  test('the application goes on there, and repeats no message', async () => {
    const clock = travelClock(past.state.businessNow);
    const slack = await startLocalSlack({ ...workspaceOf(clock), snapshot: past.state.slack });
    const keys = () =>
      Object.values(slack.snapshot().messages)
        .flat()
        .flatMap(({ metadata }) => metadata?.event_payload['key'] ?? []);
    const before = keys();
    const application = await startOn(slack, {
      config: settings(),
      clock,
      database: target,
      log: createLog('silent'),
    });
    const { delivery } = application;
    while (keys().length < before.length + 5) {
      await travelToNextMessage({ clock, database: target, slack, delivery });
    }
    await application.stop();
    await slack.close();

    const after = keys();
    expect(after.slice(0, 1)).toEqual(before.slice(0, 1));
    expect(new Set(after).size).toBe(after.length);
    expect(before.length).toBeGreaterThan(100);
  });

  test('once it has gone on there, moving again is refused', async () => {
    rmSync(moved);
    const { status, said } = await move(['--to', url]);
    expect([status, said]).toEqual([
      1,
      expect.stringContaining('they are not those of here. Nothing was changed.'),
    ]);
  });
});
