import { WebClient } from '@slack/web-api';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { LocalSlack } from '#sandbox/local-slack/local-slack.ts';
import { APP, GENERAL, handClock, startWorkspace } from './workspace.ts';

const metadata = { event_type: 'sideline_delivery', event_payload: { key: 'k1' } };

let slack: LocalSlack;
let client: WebClient;
let stamps: string[];

beforeEach(async () => {
  const clock = handClock();
  slack = await startWorkspace({ machineNow: clock.now });
  client = new WebClient(APP.botToken, { slackApiUrl: slack.apiUrl, retryConfig: { retries: 0 } });
  stamps = [];
  for (const text of ['one', 'two', 'three', 'four', 'five']) {
    const { ts = '' } = await client.chat.postMessage({ channel: GENERAL, text, metadata });
    stamps.push(ts);
    clock.forward(60_000);
  }
});

afterEach(() => slack.close());

function texts(answer: { messages?: { text?: string }[] }): (string | undefined)[] {
  return (answer.messages ?? []).map((one) => one.text);
}

const at = (index: number) => stamps[index] ?? '';

describe('conversations.history', () => {
  it('gives the newest first, and metadata only when asked', async () => {
    const plain = await client.conversations.history({ channel: GENERAL });
    expect(texts(plain)).toEqual(['five', 'four', 'three', 'two', 'one']);
    expect(plain.has_more).toBe(false);
    expect(plain.messages?.[0]).not.toHaveProperty('metadata');
    const whole = await client.conversations.history({ channel: GENERAL, include_all_metadata: true });
    expect(whole.messages?.[0]).toMatchObject({ metadata });
  });

  it('keeps to oldest and latest, which belong to the range only when inclusive', async () => {
    const range = { channel: GENERAL, oldest: at(1), latest: at(3) };
    expect(texts(await client.conversations.history(range))).toEqual(['three']);
    expect(texts(await client.conversations.history({ ...range, inclusive: true }))).toEqual([
      'four',
      'three',
      'two',
    ]);
    expect(texts(await client.conversations.history({ channel: GENERAL, oldest: at(3) }))).toEqual(['five']);
    const exactly = { channel: GENERAL, latest: at(2), limit: 1, inclusive: true };
    expect(texts(await client.conversations.history(exactly))).toEqual(['three']);
  });

  it('goes on from a cursor to the end', async () => {
    const first = await client.conversations.history({ channel: GENERAL, limit: 2 });
    expect(texts(first)).toEqual(['five', 'four']);
    expect(first.has_more).toBe(true);
    const cursor = first.response_metadata?.next_cursor ?? '';
    const second = await client.conversations.history({ channel: GENERAL, limit: 3, cursor });
    expect(texts(second)).toEqual(['three', 'two', 'one']);
    expect(second.has_more).toBe(false);
    await expect(
      client.conversations.history({ channel: GENERAL, cursor: 'nonsense' }),
    ).rejects.toMatchObject({
      data: { error: 'invalid_cursor' },
    });
  });

  it('leaves replies in their thread unless they were also sent to the channel', async () => {
    const thread = { channel: GENERAL, thread_ts: at(0) };
    const hidden = await client.chat.postMessage({ ...thread, text: 'reply' });
    await client.chat.postMessage({ ...thread, text: 'for all', reply_broadcast: true });
    // A reply to a reply stays in the same thread.
    await client.chat.postMessage({ channel: GENERAL, thread_ts: hidden.ts ?? '', text: 'reply too' });
    const history = await client.conversations.history({ channel: GENERAL });
    expect(texts(history)).toEqual(['for all', 'five', 'four', 'three', 'two', 'one']);
    expect(history.messages?.at(-1)).toMatchObject({ reply_count: 3, thread_ts: at(0) });
  });
});

describe('conversations.replies', () => {
  it('gives the parent and then the replies, oldest first, by pages and range', async () => {
    const replies: string[] = [];
    for (const text of ['a', 'b', 'c']) {
      const { ts = '' } = await client.chat.postMessage({
        channel: GENERAL,
        thread_ts: at(0),
        text,
        metadata,
      });
      replies.push(ts);
    }
    const all = await client.conversations.replies({
      channel: GENERAL,
      ts: at(0),
      include_all_metadata: true,
    });
    expect(texts(all)).toEqual(['one', 'a', 'b', 'c']);
    expect(all.messages?.[1]).toMatchObject({ metadata, thread_ts: at(0) });
    const first = await client.conversations.replies({ channel: GENERAL, ts: at(0), limit: 2 });
    const cursor = first.response_metadata?.next_cursor ?? '';
    expect(texts(first)).toEqual(['one', 'a']);
    expect(texts(await client.conversations.replies({ channel: GENERAL, ts: at(0), cursor }))).toEqual([
      'b',
      'c',
    ]);
    const later = { channel: GENERAL, ts: at(0), oldest: replies[1] ?? '' };
    expect(texts(await client.conversations.replies(later))).toEqual(['one', 'c']);
    await expect(client.conversations.replies({ channel: GENERAL, ts: '1.000000' })).rejects.toMatchObject({
      data: { error: 'thread_not_found' },
    });
  });
});
