import { WebAPIRateLimitedError } from '@slack/web-api';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { askOnce, delivery, failureOf, openDirect } from './asking.ts';
import { type Emulator, startEmulator } from './emulator.ts';
import { type FaultySlack, type Limits, startFaultySlack } from './faulty-slack.ts';

let emulator: Emulator;
let channels: string[];
let slack: FaultySlack;
let time: number;

beforeAll(async () => {
  emulator = await startEmulator({ users: [{ name: 'ana' }, { name: 'bo' }] });
  channels = await Promise.all(['ana', 'bo'].map((name) => openDirect(emulator, name)));
});
afterAll(() => emulator.close());
afterEach(() => slack.close());

async function start(limits: Limits) {
  time = 1_000_000;
  slack = await startFaultySlack({ upstream: emulator.url, limits, now: () => time });
  return askOnce(slack.apiUrl, emulator.botToken);
}

describe('the limits of Slack', () => {
  test('one message a second in a channel; another channel has its own second', async () => {
    const client = await start({ published: true });
    const [first = '', second = ''] = channels;
    await client.chat.postMessage(delivery(first, 'one'));
    const failure = await failureOf(client.chat.postMessage(delivery(first, 'two')));
    expect(failure).toBeInstanceOf(WebAPIRateLimitedError);
    expect(failure).toMatchObject({ retryAfter: 1 });
    expect(slack.copies('two')).toBe(0);
    await client.chat.postMessage(delivery(second, 'three'));
    time += 1000;
    await client.chat.postMessage(delivery(first, 'four'));
  });

  test('so many calls of a method in any minute, of each workspace', async () => {
    const client = await start({ published: true });
    for (let call = 0; call < 20; call++) await client.users.list({});
    time += 45_000;
    expect(await failureOf(client.users.list({}))).toMatchObject({ retryAfter: 15 });
    await client.users.info({ user: emulator.userId('ana') });
    await failureOf(askOnce(slack.apiUrl, 'xoxb-elsewhere').users.list({}));
    expect(slack.requests.at(-1)?.fault).toBeUndefined();
    time += 15_000;
    await client.users.list({});
  });

  test('are not there unless asked for', async () => {
    const client = await start({});
    const [channel = ''] = channels;
    for (let call = 0; call < 25; call++) await client.chat.postMessage(delivery(channel, `free-${call}`));
    expect(slack.accepted('chat.postMessage')).toHaveLength(25);
  });
});

describe('an app distributed outside the Marketplace', () => {
  test('reads one conversation a minute, of 15 items at most', async () => {
    const direct = askOnce(emulator.apiUrl, emulator.botToken);
    const [, channel = ''] = channels;
    for (let item = 0; item < 20; item++) await direct.chat.postMessage(delivery(channel, `item-${item}`));

    const client = await start({ restrictedHistory: true });
    const page = await client.conversations.history({ channel, limit: 100 });
    expect(page.messages).toHaveLength(15);
    expect(page.has_more).toBe(true);
    expect(await failureOf(client.conversations.history({ channel }))).toMatchObject({ retryAfter: 60 });

    time += 60_000;
    const cursor = page.response_metadata?.next_cursor ?? '';
    const rest = await client.conversations.history({ channel, cursor });
    expect(rest.messages?.length).toBeGreaterThanOrEqual(5);
    const seen = [...(page.messages ?? []), ...(rest.messages ?? [])].map(({ ts }) => ts);
    expect(new Set(seen).size).toBe(seen.length);
  });

  test('a smaller page stays as small as it was asked for, and a minute may be made short', async () => {
    const client = await start({ restrictedHistory: true, minuteMs: 100 });
    const [, channel = ''] = channels;
    const page = await client.conversations.history({ channel, limit: 2 });
    expect(page.messages).toHaveLength(2);
    expect(await failureOf(client.conversations.history({ channel }))).toMatchObject({ retryAfter: 1 });
    time += 100;
    await client.conversations.history({ channel });
  });
});
