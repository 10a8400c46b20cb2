import { randomUUID } from 'node:crypto';
import { type RawBuilder, sql } from 'kysely';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest';
import type { Check } from '#cli/doctor/check.ts';
import { createEmptyPostgres } from '#test/database.ts';
import { slackApp, startWorld, type World } from '#test/world.ts';
import { cli, here, hereJson } from './cli.ts';

async function examined(
  settings: Record<string, string>,
): Promise<{ status: number; checks: Map<string, Check> }> {
  const { status, json } = await hereJson(['doctor'], settings);
  const checks = json['checks'] as Check[];
  expect(json['ok']).toBe(status === 0);
  return { status, checks: new Map(checks.map((check) => [check.name, check])) };
}

describe('doctor on a running workspace', () => {
  const team = [
    { name: 'Dana', zone: 'Pacific/Chatham', role: 'manager' },
    { name: 'Sam', zone: 'America/Chicago', role: 'rep', manager: 'Dana' },
  ];
  let world: World;
  let settings: Record<string, string>;
  beforeAll(async () => {
    // An hour behind, so that the application itself leaves alone what doctor is to find.
    const now = new Date(Date.now() - 3_600_000).toISOString();
    world = await startWorld({ database: 'postgres', now, team });
    settings = {
      DATABASE_URL: world.database.url ?? '',
      SLACK_BOT_TOKEN: slackApp.botToken,
      SLACK_SIGNING_SECRET: slackApp.signingSecret,
      SLACK_API_URL: world.slack.apiUrl,
    };
  });
  afterAll(() => world.close());

  test('finds all in order', async () => {
    const { status, out, errors } = await cli(['doctor'], settings);
    expect([status, errors]).toEqual([0, '']);
    expect(out).not.toContain('WRONG');
    for (const line of [
      'ok     settings: Slack over HTTP; PostgreSQL; role all',
      'ok     database: postgres, reachable',
      'ok     roles: sideline_app and sideline_planner can be set',
      'ok     occurrences: each whose time is over has its end',
      'ok     deliveries: none is unclear for longer than an hour',
      'ok     messages due: none is left behind',
      'ok     messages sent: each has its place in Slack',
      'ok     Slack: the token is of Test team and has all 6 scopes',
    ]) {
      expect(out.split('\n')).toContain(line);
    }
    // Those of the sample, and those of the two who are here.
    expect(out).toMatch(/time zones: Node \(\d{4}\w\) and the database (agree in 20 zones|differ: )/);
  });

  test('notes a clock that is moved', async () => {
    const { status, checks } = await examined({ ...settings, SIDELINE_NOW: '2026-03-02T09:00:00Z' });
    expect(checks.get('settings')).toMatchObject({
      state: 'note',
      found: expect.stringContaining('2026-03-02'),
    });
    expect(status).toBe(0);
  });

  test('finds settings that are wrong, and says each', async () => {
    const { status, checks } = await examined({ ...settings, PORT: 'x', LOG_LEVEL: 'y' });
    expect(status).toBe(1);
    expect(checks.get('settings')?.todo).toHaveLength(2);
  });

  test('finds a token that Slack refuses, and looks at the database all the same', async () => {
    const { status, checks } = await examined({ ...settings, SLACK_BOT_TOKEN: 'xoxb-wrong' });
    expect(status).toBe(1);
    expect(checks.get('Slack')).toMatchObject({
      state: 'wrong',
      found: expect.stringContaining('invalid_auth'),
    });
    expect(checks.get('database')).toMatchObject({ state: 'ok' });
  });

  test('finds an app token that Slack refuses', async () => {
    const socket = { ...settings, SLACK_APP_TOKEN: 'xapp-wrong' };
    const { checks } = await examined(socket);
    expect(checks.get('Slack')).toMatchObject({
      state: 'wrong',
      found: expect.stringContaining('the app token (invalid_auth)'),
    });
    expect((await examined({ ...socket, SLACK_APP_TOKEN: slackApp.appToken })).status).toBe(0);
  });

  test('finds Slack out of reach', async () => {
    const { checks } = await examined({ ...settings, SLACK_API_URL: 'http://127.0.0.1:9/' });
    expect(checks.get('Slack')).toMatchObject({ state: 'wrong' });
  });

  test('finds an occurrence that nobody has closed, and a delivery that nobody has settled', async () => {
    await world.application.delivery.catchUp();
    const late = sql`
      update occurrence set due_at = ${new Date(Date.now() - 1_200_000)}, closes_at = ${new Date(Date.now() - 600_000)}`;
    await late.execute(world.database.owner);
    const unclear = sql`
      update delivery set state = 'uncertain', channel = 'D1', intent_at = ${new Date(Date.now() - 3_700_000)},
        retry_at = ${new Date(Date.now() + 3_600_000)}`;
    await unclear.execute(world.database.owner);
    const { status, checks } = await examined(settings);
    expect(status).toBe(1);
    expect(checks.get('occurrences')).toMatchObject({
      state: 'wrong',
      found: expect.stringMatching(/^\d without an end/),
    });
    expect(checks.get('deliveries')).toMatchObject({
      state: 'wrong',
      found: expect.stringMatching(/^\d unclear/),
    });
    expect(checks.get('deliveries')?.todo?.join()).toContain('npm run cli -- uncertain');
  });

  test('finds a message that was left behind, and one that was sent to nobody knows where', async () => {
    const state = (to: RawBuilder<unknown>) => sql`update delivery set ${to}`.execute(world.database.owner);
    const hours = (ago: number): Date => new Date(Date.now() - ago * 3_600_000);
    const waiting = () => examined(settings).then(({ checks }) => checks.get('messages due')?.state);
    await state(sql`state = 'pending', retry_at = null, due_at = ${hours(3)}`);
    expect(await waiting()).toBe('wrong');
    await state(sql`retry_at = ${hours(-1)}`);
    expect(await waiting()).toBe('ok');
    await state(sql`retry_at = null`);
    await sql`update workspace set paused_at = ${hours(1)}`.execute(world.database.owner);
    expect(await waiting()).toBe('ok');

    await state(sql`state = 'delivered', settled_at = ${hours(2)}, last_answer = 'ok'`);
    const { status, checks } = await examined(settings);
    expect(checks.get('messages sent')).toMatchObject({
      state: 'wrong',
      found: expect.stringMatching(/^\d+ of which/),
    });
    expect(status).toBe(1);
    await state(sql`last_answer = 'an operator found it'`);
    expect((await examined(settings)).checks.get('messages sent')?.state).toBe('ok');
  });
});

describe('doctor and migrate on a PostgreSQL that is not ready', () => {
  let server: Awaited<ReturnType<typeof createEmptyPostgres>>;
  let login: string;
  const admin = async (text: string): Promise<void> => {
    const client = new pg.Client(new URL('/postgres', inject('postgresUrl')).href);
    await client.connect();
    await client.query(text).finally(() => client.end());
  };
  beforeEach(async () => {
    server = await createEmptyPostgres();
    login = `poor_${randomUUID().slice(0, 8)}`;
    await admin(`create role ${login} login password 'poor'`);
  });
  afterEach(async () => {
    await server.drop();
    await admin(`drop role ${login}`);
  });

  const asPoor = (): Record<string, string> => {
    const url = new URL(server.url);
    url.username = login;
    url.password = 'poor';
    return { DATABASE_URL: url.href };
  };

  test('an empty one is to be migrated, and is in order afterwards', async () => {
    const settings = { DATABASE_URL: server.url };
    const { status, checks } = await examined(settings);
    expect(status).toBe(1);
    expect(checks.get('migrations')).toMatchObject({
      state: 'wrong',
      found: expect.stringMatching(/still to be made/),
      todo: ['npm start makes them, or `npm run cli -- migrate`.'],
    });
    const start = await here(['start'], settings);
    expect([start.status, start.errors]).toEqual([
      1,
      expect.stringContaining('The database is not up to date'),
    ]);

    const migrated = await cli(['migrate'], settings);
    expect(migrated.status).toBe(0);
    expect(migrated.out.split('\n').at(-1)).toBe('The database is up to date.');
    expect((await examined(settings)).status).toBe(0);
    expect((await here(['migrate'], settings)).out).toBe('The database was up to date; nothing was changed.');
  });

  test('a newer one is refused by name', async () => {
    const settings = { DATABASE_URL: server.url };
    await here(['migrate'], settings);
    const client = new pg.Client(server.url);
    await client.connect();
    await client.query(`insert into kysely_migration values ('9999-of-tomorrow', '')`);
    await client.end();
    const { checks } = await examined(settings);
    expect(checks.get('migrations')).toMatchObject({
      state: 'wrong',
      found: expect.stringContaining('9999-of-tomorrow'),
    });
    for (const name of ['migrate', 'start']) {
      const { status, errors } = await here([name], settings);
      expect([status, errors]).toEqual([1, expect.stringContaining('newer than this version of Sideline')]);
    }
  });

  test('a user without the roles gets the SQL that is missing, from doctor and from migrate', async () => {
    const missing = ['sideline_app', 'sideline_planner'].map((role) => `grant ${role} to "${login}";`);
    const { status, checks } = await examined(asPoor());
    expect(status).toBe(1);
    expect(checks.get('roles')).toEqual({
      name: 'roles',
      state: 'wrong',
      found: `the database user ${login} lacks what Sideline's statements run as`,
      todo: ['Let a superuser run:', ...missing],
    });
    const migrated = await cli(['migrate'], asPoor());
    expect(migrated.status).toBe(1);
    expect(migrated.errors.split('\n').slice(1)).toEqual(missing);
    for (const statement of missing) await admin(statement);
    expect((await examined(asPoor())).checks.get('roles')).toMatchObject({ state: 'ok' });
    for (const role of ['sideline_app', 'sideline_planner']) await admin(`revoke ${role} from ${login}`);
  });

  test('a wrong password, and a database that is not there, are told apart', async () => {
    const wrong = new URL(server.url);
    wrong.password = 'wrong';
    const refused = await examined({ DATABASE_URL: wrong.href });
    expect(refused.checks.get('database')?.found).toContain('refuses the password');
    const missing = new URL('/not_there', server.url);
    expect((await examined({ DATABASE_URL: missing.href })).checks.get('database')?.found).toContain(
      'no database of that name',
    );
  });
});
