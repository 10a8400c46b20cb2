import { pino } from 'pino';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { auditedDeeds } from '#domain/audit.ts';
import { optionalScopes, scopes } from '#services/register-workspace.ts';
import { installStates, stateLasts } from '#slack/install/state.ts';
import { everyTable } from '#storage/every-table.ts';
import { ask, form, json, nowInSeconds, post, signedHeaders } from '#test/slack-app/signed.ts';
import { north, oauthSettings, south, startTwoWorkspaces, type TwoWorkspaces } from '#test/two-workspaces.ts';
import { slackApp, startWorld, userId } from '#test/world.ts';
import { logOnce } from './logging.ts';

const team = [
  { name: 'Dana', zone: 'America/New_York', role: 'manager+enablement' },
  { name: 'Sam', zone: 'America/Chicago', role: 'rep', manager: 'Dana' },
];

let world: TwoWorkspaces;
const logged: string[] = [];
const secrets = new Set<string>();

beforeAll(async () => {
  const log = pino({ level: 'trace' }, { write: (line) => void logged.push(line) });
  world = await startTwoWorkspaces({ now: '2026-03-02T14:00:00Z', team, installed: false, log });
});
afterEach(() => {
  world.several.instead = () => undefined;
});
afterAll(() => world.close());

const address = (path: string): string => `http://127.0.0.1:${world.application.port}/slack/${path}`;

async function begin(): Promise<{ to: URL; state: string; cookie: string; response: Response }> {
  const response = await fetch(address('install'), { redirect: 'manual' });
  const to = new URL(response.headers.get('location') ?? '');
  const [cookie = ''] = (response.headers.get('set-cookie') ?? '').split(';');
  return { to, state: to.searchParams.get('state') ?? '', cookie, response };
}

async function finish(query: Record<string, string>, cookie = ''): Promise<{ status: number; html: string }> {
  const response = await fetch(`${address('oauth_redirect')}?${new URLSearchParams(query)}`, {
    headers: { cookie },
  });
  expect(response.headers.get('cache-control')).toBe('no-store');
  expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
  return { status: response.status, html: await response.text() };
}

const installations = () => world.database.owner.selectFrom('installation').selectAll().execute();
const workspaceRow = (id: string) =>
  world.database.owner.selectFrom('workspace').selectAll().where('workspace_id', '=', id).executeTakeFirst();

/** What Slack answers to whoever brings a code, as its documentation has it. */
const grant = (changes: object = {}) => ({
  ok: true,
  access_token: 'xoxb-made-up',
  token_type: 'bot',
  scope: scopes.join(','),
  bot_user_id: 'U0KRQLJ9H',
  app_id: 'A0KRD7HC3',
  team: { name: 'Slack Softball Team', id: 'T9TK3CUKW' },
  enterprise: null,
  is_enterprise_install: false,
  authed_user: { id: 'U1234' },
  ...changes,
});

describe('before anybody has installed it', () => {
  test('the application runs, and refuses what claims to come from a workspace', async () => {
    const body = command(north);
    const response = await post(world.application.port, body, signedHeaders(slackApp.signingSecret, body));
    expect(await response.text()).not.toContain('coach');
    expect((await fetch(`http://127.0.0.1:${world.application.port}/readyz`)).status).toBe(200);
  });

  test('who installs it is led to Slack, with what the app needs and a mark that ends', async () => {
    const { to, state, response } = await begin();
    expect(response.status).toBe(302);
    expect(to.pathname).toBe('/oauth/v2/authorize');
    expect(Object.fromEntries(to.searchParams)).toEqual({
      client_id: oauthSettings.SLACK_CLIENT_ID,
      scope: [...scopes, ...optionalScopes].join(','),
      state,
    });
    expect(response.headers.get('set-cookie')).toMatch(
      /^sideline_install=[\w-]+; Path=\/slack; Max-Age=600; HttpOnly; SameSite=Lax$/,
    );
    const elsewhere = await begin();
    expect(elsewhere.state).not.toBe(state);
  });

  test('refused in Slack: says so, and that nothing was kept', async () => {
    const { state, cookie } = await begin();
    const { status, html } = await finish({ error: 'access_denied', state }, cookie);
    expect(status).toBe(403);
    expect(html).toContain('Sideline was not installed');
    expect(html).toContain('Nothing was installed, and nothing was kept.');
    expect(html).toContain('href="/slack/install"');
    expect(await installations()).toEqual([]);
  });

  test('another error of Slack is named; one that is no word of Slack is not', async () => {
    const one = await begin();
    expect((await finish({ error: 'invalid_scope', state: one.state }, one.cookie)).html).toContain(
      'invalid_scope',
    );
    const two = await begin();
    const { html } = await finish({ error: '<b>call 555-0100</b>', state: two.state }, two.cookie);
    expect(html).not.toContain('555');
  });

  test.each<[string, (begun: { state: string; cookie: string }) => [Record<string, string>, string], string]>(
    [
      ['without a state', ({ cookie }) => [{ code: 'c' }, cookie], 'no mark of where you began'],
      [
        'with a changed state',
        ({ state, cookie }) => [{ code: 'c', state: `${state}x` }, cookie],
        'was changed',
      ],
      ['from another browser', ({ state }) => [{ code: 'c', state }, ''], 'another browser'],
      [
        'with the cookie of another beginning',
        ({ state }) => [{ code: 'c', state }, 'sideline_install=AAAAAAAA'],
        'another browser',
      ],
      ['without a code', ({ state, cookie }) => [{ state }, cookie], 'no code'],
      [
        'with a code that Slack does not know',
        ({ state, cookie }) => [{ code: 'c', state }, cookie],
        'invalid_code',
      ],
    ],
  )('back %s: says what was wrong', async (_, made, says) => {
    const [query, cookie] = made(await begin());
    const { status, html } = await finish(query, cookie);
    expect(status).toBe(400);
    expect(html).toContain(says);
    expect(html).toContain('nothing was kept');
    expect(await installations()).toEqual([]);
  });

  test.each<[string, object, number | undefined, number, string]>([
    ['no answer', {}, 503, 502, 'Slack does not answer'],
    ['the wrong secret', { ok: false, error: 'bad_client_secret' }, undefined, 502, 'SLACK_CLIENT_SECRET'],
    ['a code that was used', { ok: false, error: 'code_already_used' }, undefined, 400, 'code_already_used'],
    [
      'too few scopes',
      grant({ scope: 'commands,chat:write' }),
      undefined,
      403,
      'im:write, im:history, users:read',
    ],
    ['no workspace', grant({ team: null }), undefined, 502, 'names no workspace'],
    ['a token of a person', grant({ token_type: 'user' }), undefined, 502, 'no token of a bot'],
    [
      'what cannot be saved',
      grant({ team: { id: 'T9TK3CUKW', name: 'A\u0000B' } }),
      undefined,
      500,
      'could not be saved just now',
    ],
  ])(
    'Slack answers with %s: a page says so, and nothing is kept',
    async (_, body, answered, status, says) => {
      const { state, cookie } = await begin();
      world.several.instead = () => ({ body, ...(answered === undefined ? {} : { status: answered }) });
      const page = await finish({ code: 'c', state }, cookie);
      expect(page.status).toBe(status);
      expect(page.html).toContain(says);
      expect(page.html).toContain('nothing was kept');
      expect(page.html).not.toContain('xoxb-');
      expect(await installations()).toEqual([]);
    },
  );

  test('whatever length the address, its headers or a body have, it is answered and nothing is kept', async () => {
    const { port } = world.application;
    const { state, cookie } = await begin();
    const long = 'x'.repeat(12_000);
    const back = '/slack/oauth_redirect';
    const answered = async (path: string, more: Partial<Parameters<typeof ask>[1]> = {}) => {
      const { status, text } = await ask(port, { path, ...more });
      expect(text).not.toContain('xxxx');
      return status;
    };
    expect(await answered(`${back}?code=c&state=${long}`)).toBe(400);
    expect(await answered(`${back}?code=${'%zz'.repeat(3_000)}&state=%ff`)).toBe(400);
    expect(await answered(`${back}?error=${long}&state=${state}`, { headers: { cookie } })).toBe(400);
    expect(await answered(`${back}?code=c&state=${long}${long}`)).toBe(431);
    expect(await answered(`${back}?code=c&state=s`, { headers: { cookie: `${long}${long}` } })).toBe(431);
    expect(await answered(`${back}?code=c`, { body: `state=${state}&${'x'.repeat(10_000)}` })).toBe(400);
    expect(await answered(`/slack/install?${long}`, { body: long })).toBe(302);
    expect(await answered(back, { method: 'POST', body: `code=c&state=${state}` })).toBe(404);
    expect(await installations()).toEqual([]);
  });

  test('a state is good for ten minutes, once, and only signed with this secret', () => {
    let now = 1_000_000;
    const states = installStates('secret', () => now);
    const first = states.make();
    expect(installStates('other', () => now).check(first.state, first.cookie)).toBe('forged');
    now += stateLasts - 1;
    expect(states.check(first.state, first.cookie)).toBe('ok');
    expect(states.check(first.state, first.cookie)).toBe('used');
    const second = states.make();
    now += stateLasts;
    expect(states.check(second.state, second.cookie)).toBe('expired');
  });
});

describe('installed', () => {
  test('by Slack and back: says what comes next, and leads to the Home of the app', async () => {
    const { status, html } = await world.north.install('Dana');
    expect(status).toBe(200);
    expect(html).toContain('Sideline is installed in Team NORTH');
    expect(html).toContain(`slack://app?team=${north}&amp;id=${slackApp.appId}&amp;tab=home`);
    await world.north.begin();
    const row = await workspaceRow(north);
    expect(row).toMatchObject({ team_id: north, installed_by: userId('Dana'), ended_at: null });
    const audit = await world.database.owner
      .selectFrom('audit_entry')
      .selectAll()
      .where('what', '=', 'installed')
      .execute();
    expect(audit).toMatchObject([
      { workspace_id: north, actor_id: userId('Dana'), detail: { again: false } },
    ]);
    expect(auditedDeeds).toContain('uninstalled');
  });

  test('its token is kept sealed, and never as it is', async () => {
    const [row] = await installations();
    const token = await world.application.context.slack.token(north);
    expect(token).toMatch(/^xoxb-[0-9a-f]{24}$/);
    expect(row).toMatchObject({
      workspace_id: north,
      key_id: 'k1',
      is_enterprise: false,
      scopes: [...slackApp.scopes],
    });
    expect(row?.bot_token).toMatch(/^v1\.k1\./);
    expect(JSON.stringify(row)).not.toContain(token);
  });

  test('a second workspace has its own: what happens in one is not seen in the other', async () => {
    expect((await world.south.install('Dana')).status).toBe(200);
    await world.south.begin();
    await world.travelTo('2026-03-05T21:30:00Z');
    const [dana, other] = [world.north.person('Dana'), world.south.person('Dana')];
    expect(dana.dm().length).toBeGreaterThan(0);
    expect(other.dm().length).toBe(dana.dm().length);
    await logOnce(dana, 'Sam');
    expect(other.hasModal()).toBe(false);
    const logs = await world.database.owner.selectFrom('one_on_one_log').select('workspace_id').execute();
    expect(logs).toEqual([{ workspace_id: north }]);
  });

  test('a name of a workspace is only ever text', async () => {
    const { state, cookie } = await begin();
    world.several.instead = () => ({
      body: grant({ team: { id: 'T0ODD', name: '<script>alert(1)</script>"&' } }),
    });
    const { html } = await finish({ code: 'c', state }, cookie);
    expect(html).toContain('&lt;script&gt;alert(1)&lt;/script&gt;&quot;&amp;');
    expect(html).not.toContain('<script');
  });

  test('again: a new token, the same data, and nothing is said twice', async () => {
    const before = await world.application.context.slack.token(north);
    const messages = world.north.person('Dana').dm().length;
    const started = (await workspaceRow(north))?.started_at;
    secrets.add(before);
    const { html } = await world.north.install('Sam');
    expect(html).toContain('is installed in Team NORTH again');
    const after = await world.application.context.slack.token(north);
    expect(after).not.toBe(before);
    expect(await workspaceRow(north)).toMatchObject({ started_at: started, installed_by: userId('Sam') });
    expect(world.north.person('Dana').dm()).toHaveLength(messages);
    expect(await world.north.person('Dana').run('/coach help')).toEqual({ status: 'done' });
  });

  test('a removal that is told late, of the installation before, ends nothing', async () => {
    await tell({ type: 'tokens_revoked', tokens: { bot: ['U0SIDELINE'] } }, north, nowInSeconds() - 3600);
    expect(await workspaceRow(north)).toMatchObject({ ended_at: null });
  });

  test('tokens of people that are taken away are no concern', async () => {
    await tell({ type: 'tokens_revoked', tokens: { oauth: ['U0SIDELINE'] } }, north, nowInSeconds() + 1);
    expect(await workspaceRow(north)).toMatchObject({ ended_at: null });
  });
});

describe('for a whole organisation, as Slack documents its payloads', () => {
  test('the organisation is the workspace, for every team in it', async () => {
    const { state, cookie } = await begin();
    world.several.instead = () => ({
      body: grant({
        team: null,
        enterprise: { id: 'E0STAR', name: 'Starship' },
        is_enterprise_install: true,
        authed_user: { id: 'W0XXXX' },
      }),
    });
    const { status, html } = await finish({ code: 'c', state }, cookie);
    expect(status).toBe(200);
    expect(html).toContain('installed for the whole organisation');
    expect(html).not.toContain('slack://');
    expect(await workspaceRow('E0STAR')).toMatchObject({ enterprise_id: 'E0STAR', name: 'Starship' });
    const body = command('T0ANY', { enterprise_id: 'E0STAR', is_enterprise_install: 'true' });
    const answer = await post(world.application.port, body, signedHeaders(slackApp.signingSecret, body));
    expect(await answer.text()).toContain('Sideline helps managers here');
  });
});

describe('removed', () => {
  test('nothing is sent any more, and what is pressed says why', async () => {
    const dana = world.south.person('Dana');
    const sent = dana.dm().length;
    const press = pressedIn(south);
    world.south.slack.uninstall();
    await world.south.slack.settled();
    expect(await workspaceRow(south)).toMatchObject({ ended_reason: expect.stringMatching(/token|app_/) });
    expect((await installations()).map((one) => one.workspace_id)).not.toContain(south);

    const inNorth = world.north.person('Dana').dm().length;
    world.south.slack.calls.clear();
    await world.travelTo('2026-03-13T21:30:00Z');
    expect(world.north.person('Dana').dm().length).toBeGreaterThan(inNorth);
    expect(dana.dm()).toHaveLength(sent);
    expect(world.south.slack.calls.list().filter((one) => one.direction === 'from app')).toEqual([]);

    const body = command(south);
    const answer = await post(world.application.port, body, signedHeaders(slackApp.signingSecret, body));
    expect(await answer.text()).toContain('was removed from this workspace');
    const pressed = await post(world.application.port, press, signedHeaders(slackApp.signingSecret, press));
    expect(pressed.status).toBe(200);
    const made = await world.database.owner
      .selectFrom('occurrence')
      .select('workspace_id')
      .where('workspace_id', '=', south)
      .where('due_at', '>', new Date('2026-03-13T00:00:00Z'))
      .execute();
    expect(made).toEqual([]);
  });

  test('installed again in time: all is there, and what fell due meanwhile comes in one message at most', async () => {
    const before = world.south.person('Dana').dm().length;
    expect((await world.south.install('Dana')).html).toContain('goes on as it was set');
    expect(await workspaceRow(south)).toMatchObject({ ended_at: null, delete_after: null });
    await world.travelTo('2026-03-16T15:00:00Z');
    expect(world.south.person('Dana').dm().length - before).toBeLessThanOrEqual(1);
    expect(await world.south.person('Dana').run('/coach help')).toEqual({ status: 'done' });
    await world.travelTo('2026-03-19T21:30:00Z');
    expect(world.south.person('Dana').dm().length).toBeGreaterThan(before);
  });

  test('and not again: after the time of keeping everything of it is gone, and only of it', async () => {
    world.south.slack.uninstall();
    await world.south.slack.settled();
    const day = 24 * 60 * 60_000;
    world.clock.travelTo(world.clock.now() + 29 * day);
    await world.application.tidy();
    expect(await workspaceRow(south)).toBeDefined();
    world.clock.travelTo(world.clock.now() + 2 * day);
    await world.application.tidy();
    const counts = await rowsOf(south);
    expect(counts.filter(([, count]) => count > 0)).toEqual([]);
    expect(Object.fromEntries(await rowsOf(north))).toMatchObject({
      workspace: 1,
      member: 2,
      one_on_one_log: 1,
    });
  });
});

test('no log line has had a token, a code or a secret in it', async () => {
  secrets.add(await world.application.context.slack.token(north));
  for (const one of ['client secret', 'state secret', 'xoxb-made-up']) secrets.add(one);
  expect(logged.length).toBeGreaterThan(20);
  const lines = logged.join('');
  expect([...secrets].filter((secret) => lines.includes(secret))).toEqual([]);
  expect(lines).not.toMatch(/xox[be]/);
});

test('removed where the token stands in the environment: nothing is sent or answered there either', async () => {
  const single = await startWorld({ database: 'embedded', now: '2026-03-02T14:00:00Z', team });
  single.slack.uninstall();
  await single.slack.settled();
  single.slack.calls.clear();
  await single.travelTo('2026-03-05T21:30:00Z');
  expect(single.person('Dana').dm()).toEqual([]);
  expect(single.slack.calls.list().filter((one) => one.direction === 'from app')).toEqual([]);
  const body = command('T0WORLD');
  const answer = await post(single.application.port, body, signedHeaders(slackApp.signingSecret, body));
  expect(await answer.text()).toContain('was removed from this workspace');
  await single.close();
});

function command(teamId: string, changes: Record<string, string> = {}) {
  return form({
    command: '/coach',
    text: 'help',
    user_id: userId('Dana'),
    team_id: teamId,
    trigger_id: `1.2.${Math.random()}`,
    response_url: 'http://127.0.0.1:9/nowhere',
    ...changes,
  });
}

function pressedIn(teamId: string) {
  return form({
    payload: JSON.stringify({
      type: 'block_actions',
      user: { id: userId('Dana'), team_id: teamId },
      team: { id: teamId },
      trigger_id: '1.2.3',
      container: { type: 'message' },
      response_url: 'http://127.0.0.1:9/nowhere',
      actions: [{ type: 'button', action_id: 'one_on_one.log', block_id: 'b', value: userId('Sam') }],
    }),
  });
}

async function tell(event: object, teamId: string, at: number): Promise<void> {
  const body = json({
    type: 'event_callback',
    team_id: teamId,
    api_app_id: slackApp.appId,
    event,
    event_id: `Ev${Math.random()}`,
    event_time: at,
  });
  const response = await post(world.application.port, body, signedHeaders(slackApp.signingSecret, body));
  expect(response.status).toBe(200);
}

async function rowsOf(workspaceId: string): Promise<[string, number][]> {
  const { owner } = world.database;
  const counts: [string, number][] = [];
  for (const table of await everyTable(owner)) {
    const { count } = await owner
      .selectFrom(table as 'member')
      .select((build) => build.fn.countAll<string>().as('count'))
      .where('workspace_id', '=', workspaceId)
      .executeTakeFirstOrThrow();
    counts.push([table, Number(count)]);
  }
  return counts;
}
