import { createHmac } from 'node:crypto';
import { SocketModeReceiver } from '@slack/bolt';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import type { LocalSlack } from '#sandbox/local-slack/local-slack.ts';
import { Person } from '#test/person.ts';
import { type RawApp, startRawApp } from './raw-app.ts';
import { APP, BOT, GENERAL, MIA, SAM, startWorkspace } from './workspace.ts';

let slack: LocalSlack;
let mia: Person;

beforeEach(async () => {
  slack = await startWorkspace({
    app: {
      ...APP,
      commands: [
        { command: '/coach', shouldEscape: true },
        { command: '/raw', shouldEscape: false },
      ],
      shortcuts: [
        { type: 'global', name: 'Log a 1:1', callbackId: 'log-any' },
        { type: 'message', name: 'Coach on this', callbackId: 'coach-this' },
      ],
    },
  });
  mia = new Person(slack, MIA);
});

afterEach(() => slack.close());

describe('over HTTP', () => {
  let raw: RawApp;

  beforeEach(async () => {
    raw = await startRawApp(slack);
  });

  afterEach(() => raw.close());

  const last = () => raw.received.at(-1);

  it('signs what it sends', async () => {
    await mia.run('/coach log');
    const sent = raw.received[0];
    const stamp = String(sent?.headers['x-slack-request-timestamp']);
    expect(Math.abs(Number(stamp) - Date.now() / 1000)).toBeLessThan(5);
    const digest = createHmac('sha256', APP.signingSecret).update(`v0:${stamp}:${sent?.text}`).digest('hex');
    expect(sent?.headers['x-slack-signature']).toBe(`v0=${digest}`);
  });

  it('verifies the request URL', async () => {
    raw.answer = ({ payload }) => ({ body: { challenge: payload['challenge'] } });
    expect(await slack.verifyUrl()).toBe(true);
    raw.answer = () => ({ body: { challenge: 'other' } });
    expect(await slack.verifyUrl()).toBe(false);
  });

  it('sends a command with who, where and what', async () => {
    await mia.run('/coach  log @Sam Reed ', { in: 'general' });
    expect(last()?.headers['content-type']).toContain('application/x-www-form-urlencoded');
    expect(last()?.payload).toMatchObject({
      command: '/coach',
      text: 'log <@U0SAMREED1|sreed>',
      user_id: MIA,
      user_name: 'mia',
      team_id: 'T0LOCAL001',
      team_domain: 'northwind',
      channel_id: GENERAL,
      channel_name: 'general',
      api_app_id: APP.appId,
      is_enterprise_install: 'false',
    });
    await mia.run('/raw @Sam Reed');
    expect(last()?.payload).toMatchObject({ text: '@Sam Reed', channel_name: 'directmessage' });
  });

  it('keeps a command that the app has not declared from it', async () => {
    await mia.run('/coffee');
    expect(raw.received).toEqual([]);
    expect(mia.ephemeral().map((one) => one.text)).toEqual(['/coffee is not a valid command.']);
  });

  it('sends shortcuts by their name', async () => {
    await mia.globalShortcut('Log a 1:1');
    expect(last()?.payload).toMatchObject({ type: 'shortcut', callback_id: 'log-any', user: { id: MIA } });
    expect(last()?.payload).not.toHaveProperty('channel');
    mia.say('We should ask more', { in: 'general' });
    const [said] = mia.channel('general');
    if (!said) throw new Error('nothing was said');
    await mia.messageShortcut('Coach on this', said);
    expect(last()?.payload).toMatchObject({
      type: 'message_action',
      callback_id: 'coach-this',
      channel: { id: GENERAL },
      message: { text: 'We should ask more', user: MIA },
      message_ts: said.shown.ts,
      response_url: expect.any(String),
    });
    expect(() => mia.globalShortcut('Log')).toThrow('no global shortcut "Log"; there are "Log a 1:1"');
  });

  it('sends the events the app subscribed to, and no others', async () => {
    mia.say('in a channel', { in: 'general' });
    slack.changeUser(SAM, { tz: 'Asia/Tokyo', statusText: 'Away' });
    slack.addUser({ id: 'U0NEW00001', name: 'new', realName: 'New One', email: 'n@example.com', tz: 'UTC' });
    mia.openHome();
    mia.say('hello @Sam Ortiz & co');
    slack.uninstall();
    await slack.settled();
    expect(raw.received.map((one) => one.payload['event'])).toMatchObject([
      { type: 'user_change', user: { id: SAM, tz: 'Asia/Tokyo', profile: { status_text: 'Away' } } },
      { type: 'team_join', user: { id: 'U0NEW00001' } },
      { type: 'app_home_opened', user: MIA, tab: 'home' },
      { type: 'message', channel_type: 'im', user: MIA, text: `hello <@${SAM}> &amp; co` },
      { type: 'tokens_revoked', tokens: { bot: [BOT] } },
      { type: 'app_uninstalled' },
    ]);
    expect(raw.received[0]?.payload).toMatchObject({
      type: 'event_callback',
      team_id: 'T0LOCAL001',
      api_app_id: APP.appId,
      event_id: expect.stringMatching(/^Ev/),
      authorizations: [{ team_id: 'T0LOCAL001', user_id: BOT, is_bot: true }],
    });
  });

  it('keeps a log of both directions', async () => {
    raw.answer = () => ({ body: { text: 'Hi' } });
    await mia.run('/coach help');
    await fetch(`${slack.apiUrl}auth.test`, { method: 'POST' });
    expect(slack.calls.list()).toMatchObject([
      {
        direction: 'to app',
        kind: 'command',
        method: '/coach',
        via: 'http',
        status: 200,
        response: { text: 'Hi' },
      },
      { direction: 'from app', kind: 'web api', method: 'auth.test', status: 200, error: 'not_authed' },
    ]);
  });
});

interface Envelope {
  type: string;
  envelope_id: string;
  accepts_response_payload: boolean;
  payload: { command?: string };
}

/** A Socket Mode client without any library. */
async function connect(): Promise<{ socket: WebSocket; next: () => Promise<Envelope> }> {
  const opened = await fetch(`${slack.apiUrl}apps.connections.open`, {
    method: 'POST',
    headers: { authorization: `Bearer ${APP.appToken}` },
  });
  const { url } = (await opened.json()) as { url: string };
  const socket = new WebSocket(url);
  const waiting: ((envelope: Envelope) => void)[] = [];
  const kept: Envelope[] = [];
  socket.on('message', (data) => {
    const envelope: Envelope = JSON.parse(String(data));
    const take = waiting.shift();
    if (take) take(envelope);
    else kept.push(envelope);
  });
  const next = () =>
    new Promise<Envelope>((resolve) => {
      const first = kept.shift();
      if (first) resolve(first);
      else waiting.push(resolve);
    });
  return { socket, next };
}

const closed = (socket: WebSocket) => new Promise<number>((resolve) => socket.once('close', resolve));

describe('over Socket Mode', () => {
  it('greets, sends envelopes to any of several connections, takes payloads with the acknowledgement', async () => {
    const one = await connect();
    expect(await one.next()).toMatchObject({
      type: 'hello',
      num_connections: 1,
      connection_info: { app_id: APP.appId },
    });
    const two = await connect();
    expect(await two.next()).toMatchObject({ type: 'hello', num_connections: 2 });
    const asked: string[] = [];
    for (const [name, { socket, next }] of Object.entries({ one, two })) {
      void next().then((envelope) => {
        asked.push(name);
        expect(envelope).toMatchObject({
          type: 'slash_commands',
          accepts_response_payload: true,
          payload: { command: '/coach' },
        });
        socket.send(JSON.stringify({ envelope_id: envelope.envelope_id, payload: { text: `from ${name}` } }));
      });
    }
    await mia.run('/coach log');
    await mia.run('/coach log');
    expect(asked.toSorted()).toEqual(['one', 'two']);
    expect(
      mia
        .ephemeral()
        .map((shown) => shown.text)
        .toSorted(),
    ).toEqual(['from one', 'from two']);
  });

  it('takes a ticket once', async () => {
    const { socket, next } = await connect();
    await next();
    const again = new WebSocket(socket.url);
    const failed = new Promise<string>((resolve) => again.once('error', (error) => resolve(error.message)));
    expect(await failed).toContain('401');
  });

  it('falls back to HTTP, or to nobody, once the connection is gone', async () => {
    const { socket, next } = await connect();
    await next();
    expect(slack.connected).toBe('socket');
    const pressed = mia.run('/coach log');
    await next();
    socket.terminate();
    expect(await pressed).toEqual({
      status: 'failed',
      message: '/coach failed with the error "dispatch_failed"',
    });
    expect(slack.connected).toBe(null);
    const raw = await startRawApp(slack);
    expect((await mia.run('/coach log')).status).toBe('done');
    await raw.close();
  });

  it('asks clients to come back, and Bolt does', async () => {
    const receiver = new SocketModeReceiver({
      appToken: APP.appToken,
      clientPingTimeout: 30,
      installerOptions: { clientOptions: { slackApiUrl: slack.apiUrl } },
    });
    receiver.client.on('slack_event', async ({ ack }: { ack: (body: object) => Promise<void> }) =>
      ack({ text: 'ok' }),
    );
    await receiver.start();
    const left = new Promise<void>((resolve) => {
      const stop = slack.onChange((change) => {
        if (change.kind !== 'connection' || slack.connected !== null) return;
        stop();
        resolve();
      });
    });
    const back = new Promise((resolve) =>
      receiver.client.once('connecting', () => receiver.client.once('connected', resolve)),
    );
    slack.disconnectSockets();
    await left;
    await back;
    expect(slack.connected).toBe('socket');
    await mia.run('/coach log');
    expect(mia.ephemeral().map((shown) => shown.text)).toEqual(['ok']);
    await receiver.client.disconnect();
  });

  it('closes its connections in the orderly way', async () => {
    const own = await startWorkspace();
    const before = slack;
    slack = own;
    const { socket, next } = await connect();
    await next();
    const code = closed(socket);
    await own.close();
    expect(await code).toBe(1001);
    slack = before;
  });
});
