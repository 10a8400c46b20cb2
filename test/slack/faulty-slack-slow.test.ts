import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { askOnce, connectionError, delivery, failureOf, openDirect } from './asking.ts';
import { type Emulator, startEmulator } from './emulator.ts';
import { type FaultySlack, startFaultySlack } from './faulty-slack.ts';

let emulator: Emulator;
let slack: FaultySlack;
let channel: string;

beforeAll(async () => {
  emulator = await startEmulator({ users: [{ name: 'ana' }] });
  channel = await openDirect(emulator, 'ana');
});
afterAll(() => emulator.close());
beforeEach(async () => {
  slack = await startFaultySlack({ upstream: emulator.url });
});
afterEach(() => slack.close());

const post = (key: string, timeout?: number) =>
  askOnce(slack.apiUrl, emulator.botToken, timeout).chat.postMessage(delivery(channel, key));

describe('a slow Slack', () => {
  test('holds answers until they are released', async () => {
    const hold = slack.hold('chat.postMessage');
    const attempts = [post('held-1'), post('held-2')];
    const held = await hold.untilHeld(2);
    expect(held.every(({ accepted, answer }) => accepted && answer === undefined)).toBe(true);
    hold.release();
    expect(await Promise.all(attempts)).toMatchObject([{ ok: true }, { ok: true }]);
    await post('after');
    expect(slack.requests.map(({ fault }) => fault?.kind)).toEqual(['slow', 'slow', undefined]);
  });

  test('accepts a call whose client has gone meanwhile', async () => {
    const hold = slack.hold('chat.postMessage', 'acceptance');
    expect(connectionError(await failureOf(post('orphaned', 400)))).toBe('TimeoutError');
    hold.release();
    await slack.untilSettled();
    expect(slack.requests[0]).toMatchObject({ accepted: true });
    expect(slack.requests[0]?.answer).toBeUndefined();
  });

  test('holds calls before they are accepted', async () => {
    const hold = slack.hold('chat.postMessage', 'acceptance');
    const attempt = post('kept');
    await hold.untilHeld();
    expect(slack.requests[0]).toMatchObject({ accepted: false, waiting: true });
    hold.release();
    expect(await attempt).toMatchObject({ ok: true });
    expect(slack.copies('kept')).toBe(1);
  });

  test('answers so many milliseconds later', async () => {
    slack.once('chat.postMessage', { kind: 'slow', delay: 20, before: 'answer' });
    await post('slow');
    const [request] = slack.requests;
    expect(request?.answer?.at).toBeGreaterThanOrEqual((request?.upstream?.at ?? Infinity) + 19);
  });
});

describe('a Slack that is away', () => {
  test('breaks every connection, and is back when it says so', async () => {
    await slack.leave('refusing');
    expect(connectionError(await failureOf(post('away')))).toBe('ECONNRESET');
    await slack.comeBack();
    expect(await post('back')).toMatchObject({ ok: true });
    expect(slack.copiesByKey()).toEqual(new Map([['back', 1]]));
  });

  test('leaves its port closed, and comes back to the same one', async () => {
    await slack.leave('closed');
    expect(connectionError(await failureOf(post('closed')))).toBe('ECONNREFUSED');
    await slack.comeBack();
    expect(await post('open')).toMatchObject({ ok: true });
    expect(slack.copiesByKey()).toEqual(new Map([['open', 1]]));
  });
});
