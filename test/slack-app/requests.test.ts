import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { slackApp, startWorld, userId, type World } from '#test/world.ts';
import {
  ask,
  type Body,
  form,
  interaction,
  json,
  nowInSeconds,
  post,
  signature,
  signedHeaders,
} from './signed.ts';

const secret = slackApp.signingSecret;
const team = [
  { name: 'Dana', zone: 'America/New_York', role: 'manager' },
  { name: 'Sam', zone: 'America/Chicago', role: 'rep', manager: 'Dana' },
];

let world: World;
beforeAll(async () => {
  world = await startWorld({ database: 'postgres', now: '2026-03-02T14:00:00Z', team });
});
afterAll(() => world.close());

let typed = 0;
/** A command that answers in its acknowledgement; the trigger makes each one different. */
function helpCommand(changes: Record<string, string> = {}): Body {
  typed += 1;
  return form({
    command: '/coach',
    text: 'help',
    user_id: userId('Dana'),
    team_id: 'T0WORLD',
    trigger_id: `1.2.${typed}`,
    response_url: 'http://127.0.0.1:9/nowhere',
    ...changes,
  });
}

/** A press on a button that opens a modal: what it does can be seen in the calls that Slack gets. */
function press(changes: object = {}): Body {
  typed += 1;
  return interaction({
    type: 'block_actions',
    user: { id: userId('Dana'), team_id: 'T0WORLD' },
    team: { id: 'T0WORLD' },
    trigger_id: `1.2.${typed}`,
    container: { type: 'message' },
    response_url: 'http://127.0.0.1:9/nowhere',
    actions: [{ type: 'button', action_id: 'one_on_one.log', block_id: 'b', value: userId('Sam') }],
    ...changes,
  });
}

const opened = (): number => world.slack.calls.list().filter(({ method }) => method === 'views.open').length;

async function send(body: Body, headers = signedHeaders(secret, body)): Promise<number> {
  return (await post(world.application.port, body, headers)).status;
}

describe('what does not come from Slack', () => {
  async function expectNothingDone(body: Body, headers: Record<string, string>, status = 401): Promise<void> {
    const before = opened();
    expect(await send(body, headers)).toBe(status);
    await world.slack.settled();
    expect(opened()).toBe(before);
  }

  test('the very same request, well signed, does something', async () => {
    const before = opened();
    expect(await send(press())).toBe(200);
    expect(opened()).toBe(before + 1);
  });

  test('a wrong signature is refused', async () => {
    const body = press();
    await expectNothingDone(body, signedHeaders('another secret', body));
  });

  test('a signature of another body is refused', async () => {
    const headers = signedHeaders(secret, press());
    await expectNothingDone(press(), headers);
  });

  test.each([-301, 301])('a timestamp %d seconds away is refused', async (away) => {
    const body = press();
    // One second of room for the clock to tick between signing and arriving.
    const seconds = nowInSeconds() + away + Math.sign(away);
    await expectNothingDone(body, signedHeaders(secret, body, seconds));
  });

  test('a timestamp four minutes old is still good', async () => {
    const body = press();
    const before = opened();
    expect(await send(body, signedHeaders(secret, body, nowInSeconds() - 240))).toBe(200);
    expect(opened()).toBe(before + 1);
  });

  test('a timestamp that is no number is refused, even well signed', async () => {
    const body = press();
    const headers = signedHeaders(secret, body);
    const sign = signature(secret, Number.NaN, body.text);
    await expectNothingDone(body, {
      ...headers,
      'x-slack-request-timestamp': 'NaN',
      'x-slack-signature': sign,
    });
  });

  test.each(['x-slack-signature', 'x-slack-request-timestamp'])('without %s it is refused', async (name) => {
    const body = press();
    const { [name]: _, ...headers } = signedHeaders(secret, body);
    await expectNothingDone(body, headers);
  });

  test('a request that was recorded and sent again is refused', async () => {
    const body = press();
    const headers = signedHeaders(secret, body);
    expect(await send(body, headers)).toBe(200);
    await expectNothingDone(body, headers);
  });

  test('a workspace that is not installed is refused, whatever it asks', async () => {
    const stranger = { id: 'T0OTHER' };
    expect(await send(helpCommand({ team_id: 'T0OTHER' }))).toBe(401);
    const body = press({ team: stranger, user: { id: userId('Dana'), team_id: 'T0OTHER' } });
    await expectNothingDone(body, signedHeaders(secret, body));
  });

  test('an unknown workspace has no modal closed: that would say it was saved', async () => {
    const view = {
      id: 'V1',
      type: 'modal',
      callback_id: 'one_on_one.modal',
      private_metadata: '{}',
      hash: '1.a',
      state: { values: {} },
      blocks: [],
      app_installed_team_id: 'T0OTHER',
    };
    const body = interaction({ type: 'view_submission', user: { id: 'U1' }, team: { id: 'T0OTHER' }, view });
    const response = await post(world.application.port, body, signedHeaders(secret, body));
    expect(response.status).toBe(401);
  });
});

describe('what is signed and is no payload of Slack', () => {
  const form_ = 'application/x-www-form-urlencoded';
  test.each<[string, Body]>([
    ['no JSON', { type: 'application/json', text: '{"type":' }],
    ['an array', json([])],
    ['null', json(null)],
    [
      'an event without its id',
      json({ type: 'event_callback', team_id: 'T0WORLD', event: { type: 'message' } }),
    ],
    [
      'an event that nobody was told of',
      json({
        type: 'event_callback',
        event_id: 'Ev1',
        team_id: 'T0WORLD',
        authorizations: [null],
        event: { type: 'app_home_opened', user: 'U1', tab: 'home' },
      }),
    ],
    [
      'an event of no place',
      json({
        type: 'event_callback',
        event_id: 'Ev2',
        team_id: 'T0WORLD',
        event: { type: 'app_home_opened', user: 'U1', tab: 'home', channel: null },
      }),
    ],
    [
      'a press in no place',
      interaction({
        type: 'block_actions',
        user: { id: 'U1' },
        team: { id: 'T0WORLD' },
        channel: null,
        trigger_id: '1',
        container: {},
        actions: [{ action_id: 'a', type: 'button' }],
      }),
    ],
    ['an unknown kind of event', json({ type: 'something', team_id: 'T0WORLD' })],
    ['nothing', { type: form_, text: '' }],
    ['a form of something else', form({ hello: 'world' })],
    [
      'a command without who gave it',
      form({ command: '/coach', text: '', team_id: 'T0WORLD', trigger_id: '1' }),
    ],
    ['an interaction that is no JSON', form({ payload: 'hello' })],
    ['an interaction of no known kind', interaction({ type: 'dance', user: { id: 'U1' } })],
    ['a press of nothing', press({ actions: [] })],
    ['a press of no text', press({ actions: [{ type: 'button', action_id: 'one_on_one.log', value: {} }] })],
    ['a press in a modal without what is filled in', press({ view: { id: 'V1', type: 'modal' } })],
    ['a press in the name of no team', press({ team: { id: null } })],
    ['a command that says two things', { type: form_, text: `${helpCommand().text}&text=menu` }],
    ['two payloads', { type: form_, text: `${press().text}&${press().text}` }],
    ['a form under another name', { ...helpCommand(), type: `${form_}; charset=utf-8` }],
    ['an interaction sent as JSON', json({ type: 'block_actions', user: { id: 'U1' } })],
  ])('%s is answered with 400', async (_, body) => {
    const before = opened();
    expect(await send(body)).toBe(400);
    expect(opened()).toBe(before);
  });

  test('a body that is too long is answered with 413, signed or not', async () => {
    const body = form({ payload: 'x'.repeat(1_200_000) });
    expect(await send(body)).toBe(413);
    expect(await send(body, { 'content-type': body.type })).toBe(413);
  });
});

describe('addresses and headers that are too long, and bodies where none belong', () => {
  test('are answered without being read', async () => {
    const { port } = world.application;
    const long = 'x'.repeat(20_000);
    expect((await ask(port, { path: `/slack/events?${long}`, method: 'POST' })).status).toBe(431);
    expect((await ask(port, { path: '/healthz', headers: { cookie: long } })).status).toBe(431);
    expect((await ask(port, { path: `/${'%ff%00/..'.repeat(1_000)}` })).status).toBe(404);
    expect((await ask(port, { path: '/healthz', body: 'x'.repeat(10_000) })).status).toBe(200);
    expect((await ask(port, { path: '/healthz' })).status).toBe(200);
  });
});

test("Slack's question whether the address is ours is answered", async () => {
  expect(await world.slack.verifyUrl()).toBe(true);
  const body = json({ type: 'url_verification', challenge: 'abc' });
  const response = await post(world.application.port, body, signedHeaders(secret, body));
  expect(await response.json()).toEqual({ challenge: 'abc' });
  const unsigned = await post(world.application.port, body, { 'content-type': body.type });
  expect(unsigned.status).toBe(401);
});

test('a button of an old message, which nobody answers to any more, says so', async () => {
  const dana = world.person('Dana');
  const posted = await world.application.context.slack.client('T0WORLD').chat.postMessage({
    channel: userId('Dana'),
    text: 'An old card',
    blocks: [
      {
        type: 'actions',
        elements: [{ type: 'button', action_id: 'card.of_2024', text: { type: 'plain_text', text: 'Old' } }],
      },
    ],
  });
  expect(posted.ok).toBe(true);
  const card = await dana.untilMessage((message) => message.text === 'An old card');
  await card.press('Old');
  const told = await dana.untilMessage((message) => message.text.includes('no longer in use'));
  expect(told.shown.ephemeral).toBe(true);
});
