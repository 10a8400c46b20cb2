import { WebClient } from '@slack/web-api';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { LocalSlack } from '#sandbox/local-slack/local-slack.ts';
import { SLACK_LIMITS, UNLISTED_APP_LIMITS } from '#sandbox/local-slack/rate-limits.ts';
import { APP, GENERAL, handClock, MIA, SAM, startWorkspace } from './workspace.ts';

let slack: LocalSlack;
let client: WebClient;
let clock: ReturnType<typeof handClock>;

beforeEach(async () => {
  clock = handClock();
  slack = await startWorkspace({ machineNow: clock.now });
  client = new WebClient(APP.botToken, {
    slackApiUrl: slack.apiUrl,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
  });
});

afterEach(() => slack.close());

const limited = (seconds: number) => ({ code: 'slack_webapi_rate_limited_error', retryAfter: seconds });

describe('rate limits', () => {
  it('are off unless switched on, and can be switched at run time', async () => {
    for (let n = 0; n < 25; n++) await client.users.list({});
    slack.setLimits(SLACK_LIMITS);
    for (let n = 0; n < 20; n++) await client.users.list({});
    await expect(client.users.list({})).rejects.toMatchObject(limited(60));
    clock.forward(45_000);
    await expect(client.users.list({})).rejects.toMatchObject(limited(15));
    clock.forward(15_000);
    await client.users.list({});
    slack.setLimits('off');
    for (let n = 0; n < 25; n++) await client.users.list({});
  });

  it('let one message a second into a channel, after a small burst, and count channels apart', async () => {
    slack.setLimits(SLACK_LIMITS);
    const { channel } = await client.conversations.open({ users: MIA });
    await client.chat.postMessage({ channel: MIA, text: '1' });
    await client.chat.postMessage({ channel: channel?.id ?? '', text: '2' });
    await client.chat.postMessage({ channel: MIA, text: '3' });
    await expect(client.chat.postMessage({ channel: MIA, text: '4' })).rejects.toMatchObject(limited(3));
    await client.chat.postMessage({ channel: SAM, text: '1' });
    clock.forward(3000);
    await client.chat.postMessage({ channel: MIA, text: '4' });
    expect(
      slack
        .person(MIA)
        .appMessages()
        .map((one) => one.text),
    ).toEqual(['1', '2', '3', '4']);
  });

  it('give an unlisted app one reading of history a minute, of 15 messages', async () => {
    for (let n = 0; n < 20; n++) await client.chat.postMessage({ channel: GENERAL, text: `${n}` });
    slack.setLimits(UNLISTED_APP_LIMITS);
    const read = await client.conversations.history({ channel: GENERAL, limit: 100 });
    expect(read.messages).toHaveLength(15);
    expect(read.has_more).toBe(true);
    await expect(client.conversations.history({ channel: GENERAL })).rejects.toMatchObject(limited(60));
    clock.forward(60_000);
    const cursor = read.response_metadata?.next_cursor ?? '';
    expect((await client.conversations.history({ channel: GENERAL, cursor })).messages).toHaveLength(5);
  });

  it('answer 429 with Retry-After and say so in the body', async () => {
    slack.setLimits({ tiers: true });
    const call = () =>
      fetch(`${slack.apiUrl}apps.connections.open`, {
        method: 'POST',
        headers: { authorization: `Bearer ${APP.appToken}` },
      });
    expect((await call()).status).toBe(200);
    const answer = await call();
    expect(answer.status).toBe(429);
    expect(answer.headers.get('retry-after')).toBe('60');
    expect(await answer.json()).toEqual({ ok: false, error: 'ratelimited' });
  });
});
