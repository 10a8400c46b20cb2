import { randomBytes } from 'node:crypto';
import { pino } from 'pino';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { checkWorkspaces } from '#cli/doctor/workspaces.ts';
import { hereJson } from '#test/cli/cli.ts';
import { north, oauthSettings, south, startTwoWorkspaces, type TwoWorkspaces } from '#test/two-workspaces.ts';
import { readConfig } from '../../src/config.ts';
import { type Connections, connectByOAuth } from '../../src/connections.ts';

const team = [
  { name: 'Dana', zone: 'America/New_York', role: 'manager' },
  { name: 'Sam', zone: 'America/Chicago', role: 'rep', manager: 'Dana' },
];
const minute = 60_000;

let world: TwoWorkspaces;
const logged: string[] = [];
const log = pino({ level: 'info' }, { write: (line) => void logged.push(line) });

beforeAll(async () => {
  const app = { grants: { tokenLifeMs: 12 * 60 * minute } };
  world = await startTwoWorkspaces({
    database: 'postgres',
    now: '2026-03-02T14:00:00Z',
    team,
    app,
    installed: false,
    log,
  });
  await world.north.install();
  await world.south.install();
});
afterEach(() => {
  world.several.instead = () => undefined;
});
afterAll(() => world.close());

/** Another process on the same database, with nothing remembered. */
function another(settings: Record<string, string> = {}): Connections {
  const config = configWith(settings);
  if (config.slack.kind !== 'oauth') throw new Error('no OAuth');
  const { clock, database } = world;
  return connectByOAuth({ clock, database, log, wake: () => {} }, config, config.slack);
}

function configWith(settings: Record<string, string> = {}) {
  const read = readConfig({ ...oauthSettings, SLACK_API_URL: world.several.apiUrl, ...settings });
  if (!read.ok) throw new Error(read.problems.join('\n'));
  return read.config;
}

const row = (id: string) =>
  world.database.owner
    .selectFrom('installation')
    .selectAll()
    .where('workspace_id', '=', id)
    .executeTakeFirst();

/** Five minutes before its end, which is within the ten before which it is renewed. */
const endsSoon = (id: string) =>
  world.database.owner
    .updateTable('installation')
    .set({ expires_at: new Date(Date.now() + 5 * minute) })
    .where('workspace_id', '=', id)
    .execute();

const renewals = () =>
  world.north.slack.calls
    .list()
    .filter((one) => one.method === 'oauth.v2.access' && JSON.stringify(one.request).includes('grant_type'));

const linesOf = async (settings: Record<string, string> = {}) =>
  (await checkWorkspaces(world.database, configWith(settings))).map(
    ({ name, state, found, todo = [] }) => `${state} ${name}: ${[found, ...todo].join(' | ')}`,
  );

test('a token that ends soon is renewed by whoever needs it, by one of several at once', async () => {
  world.north.slack.calls.clear();
  await endsSoon(north);
  const before = await row(north);
  const processes = [another(), another(), another()];
  const answers = await Promise.all(processes.map(({ slack }) => slack.client(north).auth.test()));
  expect(answers.map((one) => one.team_id)).toEqual([north, north, north]);
  expect(renewals()).toHaveLength(1);
  const after = await row(north);
  expect(after?.generation).toBe((before?.generation ?? 0) + 1);
  expect(after?.bot_token).not.toBe(before?.bot_token);
  expect(after?.refresh_token).toMatch(/^v1\.k1\./);
  expect(logged.join('')).toContain('a bot token was renewed');
});

test('a token that Slack calls expired is renewed, and the call made once more', async () => {
  const { slack } = another();
  const token = await slack.token(north);
  let refusals = 0;
  world.several.instead = (call) => {
    if (call.method !== 'users.list' || call.token !== token) return undefined;
    refusals += 1;
    return { body: { ok: false, error: 'token_expired' } };
  };
  const listed = await slack.client(north).users.list({});
  expect(listed.ok).toBe(true);
  expect(refusals).toBe(1);
  expect(await slack.token(north)).not.toBe(token);
});

test('where Slack renews nothing, the token before is used on, and log and doctor say so', async () => {
  const refused = (call: { fields: URLSearchParams }) =>
    call.fields.get('grant_type') === 'refresh_token'
      ? { body: { ok: false, error: 'invalid_refresh_token' } }
      : undefined;
  world.several.instead = refused;
  await endsSoon(south);
  const answer = await another().slack.client(south).auth.test();
  expect(answer.team_id).toBe(south);
  expect((await row(south))?.refresh_trouble).toBe('Slack refused: invalid_refresh_token');
  expect(logged.join('')).toContain('a bot token was not renewed');
  const lines = await linesOf();
  expect(lines).toContainEqual(
    expect.stringMatching(
      /^wrong renewing tokens: 1 could not .*T0SOUTH: Slack refused: invalid_refresh_token/,
    ),
  );
  expect(lines).toContainEqual('ok tokens: those of 2 workspaces can be opened');
  expect(lines).toContainEqual('ok Slack: takes the tokens of 2 workspaces');
});

test('keys are changed while it runs', async () => {
  const next = `k2:${randomBytes(32).toString('base64')}`;
  const both = { ENCRYPTION_KEYS: `${next},${oauthSettings.ENCRYPTION_KEYS}` };
  const settings = { ...oauthSettings, ...both, DATABASE_URL: world.database.url ?? '' };

  const { status, json } = await hereJson(['rotate-keys'], settings);
  expect({ status, ...json }).toMatchObject({
    status: 0,
    ok: true,
    key: 'k2',
    sealed: 2,
    before: 0,
    unopened: [],
  });
  expect([(await row(north))?.key_id, (await row(south))?.key_id]).toEqual(['k2', 'k2']);
  expect(await another(both).slack.token(south)).toMatch(/^xoxe/);
  expect(await another({ ENCRYPTION_KEYS: next }).slack.token(north)).toMatch(/^xoxe/);
  expect((await hereJson(['rotate-keys'], settings)).json).toMatchObject({ sealed: 0, before: 2 });
  const audit = await world.database.owner
    .selectFrom('audit_entry')
    .select(['workspace_id', 'actor_id', 'detail'])
    .where('what', '=', 'keys_rotated')
    .execute();
  expect(audit).toHaveLength(2);
  expect(audit[0]).toMatchObject({ actor_id: 'operator', detail: { from: 'k1', to: 'k2' } });
});

test('without keys there is nothing to rotate with, and one says so', async () => {
  const settings = {
    SLACK_BOT_TOKEN: 'xoxb-1',
    SLACK_SIGNING_SECRET: 's',
    DATABASE_URL: world.database.url ?? '',
  };
  const { status, json } = await hereJson(['rotate-keys'], settings);
  expect(status).toBe(1);
  expect(JSON.stringify(json)).toContain('ENCRYPTION_KEYS is not set');
});

test('a key that is missing stops its workspaces, and no others', async () => {
  // North comes back to k1; south stays with k2, which is not there.
  await world.north.install();
  const { slack } = another();
  expect((await slack.client(north).auth.test()).team_id).toBe(north);
  await expect(slack.client(south).auth.test()).rejects.toMatchObject({ data: { error: 'not_authed' } });
  expect(logged.join('')).toContain('the token of a workspace cannot be opened');
  expect(await linesOf()).toContainEqual(
    expect.stringMatching(
      /^wrong tokens: of 2 workspaces 1 cannot be opened.*T0SOUTH: its key k2 is not in ENCRYPTION_KEYS/,
    ),
  );
  const settings = { ...oauthSettings, DATABASE_URL: world.database.url ?? '' };
  const { status, json } = await hereJson(['rotate-keys'], settings);
  expect(status).toBe(1);
  expect(json).toMatchObject({ unopened: [{ workspaceId: south, reason: expect.stringContaining('k2') }] });
});

test('a token that Slack takes no more ends the workspace, once Slack has said so twice', async () => {
  const { slack } = another();
  const hasEnded = async () =>
    (
      await world.database.owner
        .selectFrom('workspace')
        .select('ended_reason')
        .where('workspace_id', '=', north)
        .executeTakeFirst()
    )?.ended_reason;
  world.several.instead = ({ method }) =>
    method === 'users.list' ? { body: { ok: false, error: 'account_inactive' } } : undefined;
  await expect(slack.client(north).users.list({})).rejects.toMatchObject({
    data: { error: 'account_inactive' },
  });
  expect(await hasEnded()).toBeNull();
  world.several.instead = ({ fields }) =>
    fields.has('grant_type') ? undefined : { body: { ok: false, error: 'token_revoked' } };
  await expect(slack.client(north).users.list({})).rejects.toMatchObject({
    data: { error: 'token_revoked' },
  });
  expect(await hasEnded()).toBe('token_revoked');
  expect(await row(north)).toBeUndefined();
  expect(await linesOf()).toContainEqual(
    expect.stringMatching(/^note removed: 1 .*T0NORTH: token_revoked; its data is deleted after/),
  );
});

test('and none of it was told to the log', () => {
  expect(logged.join('')).not.toMatch(/xox[be]/);
});
