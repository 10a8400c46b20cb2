import { connect } from 'node:net';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { travelClock } from '#domain/clock.ts';
import { type LocalSlack, startLocalSlack } from '#sandbox/local-slack/local-slack.ts';
import { openTestDatabase, type TestDatabase } from '#test/database.ts';
import { shutDatabase } from '#test/storage/outage.ts';
import { slackApp } from '#test/world.ts';
import { type Application, startApplication } from '../../src/application.ts';
import { readConfig } from '../../src/config.ts';

let slack: LocalSlack;
let database: TestDatabase;
let application: Application;
/** Moves what the application takes for the machine's time. */
let ahead = 0;

beforeAll(async () => {
  slack = await startLocalSlack({ team: { id: 'T0WORLD', name: 'Test team' }, app: slackApp, users: [] });
  database = await openTestDatabase('postgres');
  const read = readConfig({
    SLACK_BOT_TOKEN: slackApp.botToken,
    SLACK_SIGNING_SECRET: slackApp.signingSecret,
    SLACK_API_URL: slack.apiUrl,
    PORT: '0',
  });
  if (!read.ok) throw new Error(read.problems.join('\n'));
  const clock = {
    ...travelClock(Date.parse('2026-03-02T14:00:00Z')),
    monotonic: () => performance.now() + ahead,
  };
  const log = pino({ level: 'silent' });
  application = await startApplication({ config: read.config, clock, database, log });
});
afterAll(async () => {
  await application.stop();
  await slack.close();
  await database.close();
});

const get = (path: string): Promise<Response> => fetch(`http://127.0.0.1:${application.port}${path}`);

async function readiness(): Promise<{ status: number; checks: Record<string, string> }> {
  const response = await get('/readyz');
  const { checks } = (await response.json()) as { checks: Record<string, string> };
  return { status: response.status, checks };
}

test('/healthz says that the process is there', async () => {
  const response = await get('/healthz');
  expect([response.status, await response.json()]).toEqual([200, { ok: true }]);
});

describe('/readyz', () => {
  const ready = { status: 200, checks: { database: 'ok', migrations: 'ok', planner: 'ok' } };

  test('is ready while all is well', async () => {
    expect(await readiness()).toEqual(ready);
  });

  test('is not while nobody has planned for three minutes', async () => {
    ahead = 179_000;
    expect(await readiness()).toMatchObject({ status: 200 });
    ahead = 200_000;
    const { status, checks } = await readiness();
    ahead = 0;
    expect(status).toBe(503);
    expect(checks).toEqual({ ...ready.checks, planner: 'has not planned lately' });
  });

  test('is not while the database is of another version', async () => {
    const owner = database.owner as unknown as import('kysely').Kysely<{
      kysely_migration: { name: string; timestamp: string };
    }>;
    await owner.insertInto('kysely_migration').values({ name: '9999-later', timestamp: '' }).execute();
    const { status, checks } = await readiness();
    await owner.deleteFrom('kysely_migration').where('name', '=', '9999-later').execute();
    expect(status).toBe(503);
    expect(checks).toEqual({ ...ready.checks, migrations: 'not those of this version' });
  });

  test('is not while the database is gone, and is again when it is back', async () => {
    const comeBack = await shutDatabase(database.url ?? '');
    const { status, checks } = await readiness();
    expect((await get('/healthz')).status).toBe(200);
    await comeBack();
    expect(status).toBe(503);
    expect(checks['database']).toBe('not reachable');
    expect(await readiness()).toEqual(ready);
  });
});

test('/metrics tells a Prometheus how long ago planning was', async () => {
  ahead = 42_000;
  const response = await get('/metrics');
  const text = await response.text();
  ahead = 0;
  expect(response.headers.get('content-type')).toContain('text/plain');
  const [, seconds] = /^sideline_seconds_since_tick ([\d.]+)$/m.exec(text) ?? [];
  expect(Number(seconds)).toBeGreaterThanOrEqual(42);
  expect(text).toContain('process_resident_memory_bytes');
});

test.each(['/', '/slack/events', '/slack/events/', '/favicon.ico', '/metrics/x'])(
  'GET %s is not found',
  async (path) => {
    expect((await get(path)).status).toBe(404);
  },
);

test.each(['//', '/\\', 'http://[', '*'])('a request for %s is not found, and no fault', async (target) => {
  expect(await rawStatus(target)).toBe('404');
});

/** Without a client library, which would put such an address right. */
function rawStatus(target: string): Promise<string | undefined> {
  return new Promise((resolve, reject) => {
    const socket = connect(application.port, '127.0.0.1', () => {
      socket.write(`GET ${target} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`);
    });
    let text = '';
    socket.on('data', (chunk) => {
      text += String(chunk);
    });
    socket.on('end', () => resolve(/^HTTP\/1.1 (\d+)/.exec(text)?.[1]));
    socket.on('error', reject);
  });
}
