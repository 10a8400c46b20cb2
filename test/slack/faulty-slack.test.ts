import { WebAPIHTTPError, WebAPIPlatformError, WebAPIRateLimitedError } from '@slack/web-api';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { askOnce, connectionError, delivery, failureOf, openDirect } from './asking.ts';
import { type Emulator, startEmulator } from './emulator.ts';
import { type Fault, type FaultySlack, startFaultySlack } from './faulty-slack.ts';

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

/** What people see in Slack itself, asked for behind the proxy's back. */
async function seenInSlack(key: string): Promise<number> {
  const client = askOnce(emulator.apiUrl, emulator.botToken);
  const { messages = [] } = await client.conversations.history({ channel, include_all_metadata: true });
  return messages.filter(({ metadata }) => JSON.stringify(metadata)?.includes(`"${key}"`)).length;
}

async function strike(key: string, fault: Fault): Promise<unknown> {
  slack.once('chat.postMessage', fault);
  const failure = await failureOf(post(key));
  await slack.untilSettled();
  expect(slack.requests).toHaveLength(1);
  expect(slack.requests[0]?.fault).toEqual(fault);
  expect(await seenInSlack(key)).toBe(slack.copies(key));
  return failure;
}

test('without a fault, a call arrives once and is recorded with what was answered', async () => {
  const posted = await post('whole');
  const [request] = slack.requests;
  expect(request).toMatchObject({
    method: 'chat.postMessage',
    token: emulator.botToken,
    body: delivery(channel, 'whole'),
    accepted: true,
    answer: { status: 200, content: { ok: true, ts: posted.ts } },
  });
  expect(request?.fault).toBeUndefined();
  expect(await seenInSlack('whole')).toBe(1);
  expect(slack.copiesByKey()).toEqual(new Map([['whole', 1]]));
});

test('what the upstream itself refuses is not accepted', async () => {
  const client = askOnce(slack.apiUrl, emulator.botToken);
  const failure = await failureOf(client.chat.postMessage(delivery('D0NOWHERE', 'astray')));
  expect(failure).toMatchObject({ data: { error: 'channel_not_found' } });
  expect(slack.requests[0]).toMatchObject({ accepted: false, upstream: { status: 200 } });
  expect(slack.copies('astray')).toBe(0);
});

describe('a call that does not reach Slack', () => {
  test('429 says when to come back', async () => {
    const failure = await strike('limited', { kind: 'rate-limited', retryAfterSeconds: 7 });
    expect(failure).toBeInstanceOf(WebAPIRateLimitedError);
    expect(failure).toMatchObject({ retryAfter: 7 });
    expect(slack.copies('limited')).toBe(0);
  });

  test('500', async () => {
    const failure = await strike('failed', { kind: 'server-error', accepted: false });
    expect(failure).toBeInstanceOf(WebAPIHTTPError);
    expect(failure).toMatchObject({ statusCode: 500 });
    expect(slack.copies('failed')).toBe(0);
  });

  test('a reset', async () => {
    expect(connectionError(await strike('reset', { kind: 'reset' }))).toBe('ECONNRESET');
    expect(slack.copies('reset')).toBe(0);
  });

  test('ok: false', async () => {
    const failure = await strike('refused', { kind: 'not-ok', error: 'channel_not_found', accepted: false });
    expect(failure).toBeInstanceOf(WebAPIPlatformError);
    expect(failure).toMatchObject({ data: { error: 'channel_not_found' } });
    expect(slack.copies('refused')).toBe(0);
  });
});

describe('a call that Slack accepts, though the client is told otherwise', () => {
  test('an answer that is lost', async () => {
    expect(connectionError(await strike('lost', { kind: 'answer-lost' }))).toBe('UND_ERR_SOCKET');
    expect(slack.copies('lost')).toBe(1);
    expect(slack.accepted('chat.postMessage')[0]?.answer).toBeUndefined();
  });

  test('500', async () => {
    const failure = await strike('done-500', { kind: 'server-error', accepted: true, status: 503 });
    expect(failure).toMatchObject({ statusCode: 503 });
    expect(slack.copies('done-500')).toBe(1);
  });

  test('fatal_error', async () => {
    const failure = await strike('fatal', { kind: 'not-ok', error: 'fatal_error', accepted: true });
    expect(failure).toMatchObject({ data: { error: 'fatal_error' } });
    expect(slack.copies('fatal')).toBe(1);
  });

  test('a reset now, the call accepted when the time comes', async () => {
    const later = Promise.withResolvers<void>();
    slack.once('chat.postMessage', { kind: 'accepted-late', after: later.promise, client: 'reset' });
    expect(connectionError(await failureOf(post('late')))).toBe('ECONNRESET');
    expect(await seenInSlack('late')).toBe(0);
    later.resolve();
    await slack.untilRequest(({ accepted }) => accepted);
    expect(await seenInSlack('late')).toBe(1);
  });

  test('the same after so many milliseconds', async () => {
    await strike('late-ms', { kind: 'accepted-late', after: [10, 30], client: 'reset' });
    const [request] = slack.requests;
    expect(request?.forwardedAt).toBeGreaterThanOrEqual((request?.arrivedAt ?? Infinity) + 9);
    expect(slack.copies('late-ms')).toBe(1);
  });

  test('silence until the client gives up', async () => {
    const later = Promise.withResolvers<void>();
    slack.once('chat.postMessage', { kind: 'accepted-late', after: later.promise, client: 'silence' });
    expect(connectionError(await failureOf(post('silent', 400)))).toBe('TimeoutError');
    expect(await seenInSlack('silent')).toBe(0);
    later.resolve();
    await slack.untilSettled();
    expect(await seenInSlack('silent')).toBe(1);
  });
});

test('a fault may be meant for one call among others', async () => {
  slack.once('*', { kind: 'reset' }, ({ body }) => JSON.stringify(body).includes('second'));
  expect(await post('first')).toMatchObject({ ok: true });
  expect(connectionError(await failureOf(post('second')))).toBe('ECONNRESET');
  expect(await post('second')).toMatchObject({ ok: true });
});

test('an upstream that is gone looks like a broken connection, and the record says why', async () => {
  const orphan = await startFaultySlack({ upstream: 'http://127.0.0.1:1' });
  const client = askOnce(orphan.apiUrl, emulator.botToken);
  expect(connectionError(await failureOf(client.auth.test()))).toBe('ECONNRESET');
  expect(orphan.requests[0]).toMatchObject({ accepted: false, failure: { code: 'ECONNREFUSED' } });
  await orphan.close();
});

test('waiting for a request that does not come says what came instead', async () => {
  await post('seen');
  const waiting = slack.untilRequest(({ method }) => method === 'chat.update', { withinMs: 20 });
  await expect(waiting).rejects.toThrow(/chat\.postMessage/);
});
