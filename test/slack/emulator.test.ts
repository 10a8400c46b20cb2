import { WebAPIPlatformError } from '@slack/web-api';
import { DateTime } from 'luxon';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { askOnce, delivery, failureOf, openDirect } from './asking.ts';
import { type Emulator, startEmulator } from './emulator.ts';

let emulator: Emulator;
let client: ReturnType<typeof askOnce>;
let channel: string;

beforeAll(async () => {
  emulator = await startEmulator({
    users: [
      { name: 'ana', realName: 'Ana Ruiz', email: 'ana@acme.test', tz: 'Asia/Kathmandu' },
      { name: 'bo' },
      { name: 'chen' },
    ],
  });
  client = askOnce(emulator.apiUrl, emulator.botToken);
});
afterAll(() => emulator.close());

const post = async (key: string, more: { thread_ts?: string } = {}) => {
  const { ts = '' } = await client.chat.postMessage({ ...delivery(channel, key), ...more });
  return ts;
};
const textsOf = (messages: { text?: string }[] = []) => messages.map(({ text }) => text);

describe('the workspace', () => {
  test('knows the bot by its token, and says what it may do', async () => {
    expect(await client.auth.test()).toMatchObject({
      user_id: emulator.botUserId,
      bot_id: emulator.botId,
      app_id: emulator.appId,
      team_id: emulator.teamId,
      response_metadata: { scopes: expect.arrayContaining(['im:history', 'users:read.email']) },
    });
  });

  test('refuses what the scopes do not cover', async () => {
    const failure = await failureOf(client.conversations.list({}));
    expect(failure).toBeInstanceOf(WebAPIPlatformError);
    expect(failure).toMatchObject({ data: { error: 'missing_scope', needed: 'channels:read' } });
  });

  test('can be given a bot that may do less', async () => {
    const strict = await startEmulator({ users: [{ name: 'ana' }], scopes: ['chat:write'] });
    const failure = await failureOf(openDirect(strict, 'ana'));
    expect(failure).toMatchObject({ data: { error: 'missing_scope', needed: 'im:write' } });
    await strict.close();
  });

  test('gives people the time zones they were given, however they are found', async () => {
    const ana = emulator.userId('ana');
    const zone = { id: ana, tz: 'Asia/Kathmandu', tz_offset: 20_700 };
    expect((await client.users.info({ user: ana })).user).toMatchObject({ ...zone, real_name: 'Ana Ruiz' });
    expect((await client.users.lookupByEmail({ email: 'ana@acme.test' })).user).toMatchObject(zone);
    const { members } = await client.users.list({});
    expect(members).toContainEqual(expect.objectContaining(zone));
    expect(members).toContainEqual(expect.objectContaining({ name: 'bo', tz: 'Etc/UTC', tz_offset: 0 }));
  });

  test('lets a person move', async () => {
    emulator.setTimeZone('chen', 'America/New_York');
    const { user } = await client.users.info({ user: emulator.userId('chen') });
    const offset = DateTime.now().setZone('America/New_York').offset * 60;
    expect(user).toMatchObject({ tz: 'America/New_York', tz_offset: offset });
  });

  test('refuses a time zone, a name or a pair of names that cannot be', async () => {
    expect(() => emulator.setTimeZone('ana', 'Mars/Olympus')).toThrow(RangeError);
    expect(() => emulator.userId('nobody')).toThrow(RangeError);
    await expect(startEmulator({ users: [{ name: 'ana' }, { name: 'ana' }] })).rejects.toThrow(RangeError);
  });
});

describe('a message', () => {
  beforeEach(async () => {
    channel = await openDirect(emulator, 'ana');
  });

  test('goes to the DM that was opened, which stays the same one', async () => {
    expect(channel).toMatch(/^D/);
    expect(await openDirect(emulator, 'ana')).toBe(channel);
    expect(await client.chat.postMessage(delivery(channel, 'whole'))).toMatchObject({ channel, ok: true });
  });

  test('shows its key in the history only when asked for', async () => {
    const ts = await post('secret');
    const plain = await client.conversations.history({ channel, limit: 1 });
    expect(plain.messages?.[0]).toMatchObject({ ts, metadata: { event_type: 'sideline_delivery' } });
    expect(JSON.stringify(plain)).not.toContain('event_payload');
    const whole = await client.conversations.history({ channel, limit: 1, include_all_metadata: true });
    expect(whole.messages?.[0]?.metadata).toEqual(delivery(channel, 'secret').metadata);
  });

  test('can be edited, and keeps its key', async () => {
    const ts = await post('edited');
    await client.chat.update({ channel, ts, text: 'Done' });
    const { messages } = await client.conversations.history({
      channel,
      limit: 1,
      include_all_metadata: true,
    });
    expect(messages?.[0]).toMatchObject({ ts, text: 'Done', metadata: { event_payload: { key: 'edited' } } });
  });

  test('that is not there cannot be edited', async () => {
    const failure = await failureOf(client.chat.update({ channel, ts: '1.000001', text: 'Done' }));
    expect(failure).toMatchObject({ data: { error: 'message_not_found' } });
  });
});

describe('reading a conversation', () => {
  const keys = ['1', '2', '3', '4', '5'];
  let stamps: string[];

  beforeAll(async () => {
    channel = await openDirect(emulator, 'bo');
    stamps = [];
    for (const key of keys) stamps.push(await post(key));
  });

  const read = async (range: object) =>
    textsOf((await client.conversations.history({ channel, ...range })).messages);

  test('starts after oldest and ends before latest, newest first', async () => {
    const [, second, , fourth] = stamps;
    expect(await read({})).toEqual(['Message 5', 'Message 4', 'Message 3', 'Message 2', 'Message 1']);
    expect(await read({ oldest: second })).toEqual(['Message 5', 'Message 4', 'Message 3']);
    expect(await read({ latest: second })).toEqual(['Message 1']);
    expect(await read({ oldest: second, latest: fourth })).toEqual(['Message 3']);
    expect(await read({ oldest: '9999999999' })).toEqual([]);
  });

  test('includes both ends where asked to', async () => {
    const [, second, , fourth] = stamps;
    const range = { oldest: second, latest: fourth, inclusive: true };
    expect(await read(range)).toEqual(['Message 4', 'Message 3', 'Message 2']);
  });

  test('goes by pages within the range', async () => {
    const range = { channel, oldest: stamps[0] ?? '', limit: 3 };
    const first = await client.conversations.history(range);
    expect(textsOf(first.messages)).toEqual(['Message 5', 'Message 4', 'Message 3']);
    expect(first.has_more).toBe(true);
    const cursor = first.response_metadata?.next_cursor ?? '';
    const second = await client.conversations.history({ ...range, cursor });
    expect(textsOf(second.messages)).toEqual(['Message 2']);
    expect(second.has_more).toBe(false);
    const failure = await failureOf(client.conversations.history({ ...range, cursor: 'nonsense' }));
    expect(failure).toMatchObject({ data: { error: 'invalid_cursor' } });
  });

  test('finds the answers of a thread by their keys, in the thread only', async () => {
    const [thread_ts = ''] = stamps;
    const first = await post('reply-1', { thread_ts });
    await post('reply-2', { thread_ts });
    const thread = { channel, ts: thread_ts, include_all_metadata: true };
    const { messages } = await client.conversations.replies({ ...thread, oldest: first });
    expect(textsOf(messages)).toEqual(['Message 1', 'Message reply-2']);
    expect(messages?.[1]?.metadata).toMatchObject({ event_payload: { key: 'reply-2' } });
    expect(await read({})).toHaveLength(keys.length);
  });
});

test('a long run is not stopped by the quota of the emulator', async () => {
  const remaining = async (apiUrl: string, token: string) => {
    const headers = { authorization: `Bearer ${token}` };
    const { headers: answered } = await fetch(`${apiUrl}auth.test`, { method: 'POST', headers });
    return Number(answered.get('x-ratelimit-remaining'));
  };
  const bare = `${emulator.bareUrl}/api/`;
  const before = await remaining(bare, 'any');
  for (let call = 0; call < 50; call++) await remaining(bare, 'any');
  expect(await remaining(bare, 'any')).toBe(before - 51);

  const first = await remaining(emulator.apiUrl, emulator.botToken);
  for (let call = 0; call < 50; call++) await remaining(emulator.apiUrl, emulator.botToken);
  expect(await remaining(emulator.apiUrl, emulator.botToken)).toBeGreaterThanOrEqual(first - 1);
});
