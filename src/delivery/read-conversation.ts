import type { WebClient } from '@slack/web-api';
import { slackAnswerOf } from './slack-answer.ts';

/**
 * The keys found so far of the messages since `oldest`, newest first. What was posted after `startedAt` may
 * stand on a page that has been read already, and is not looked for here.
 */
export interface ConversationRead {
  startedAt: number;
  oldest: number;
  /** Where each key was found. */
  keys: Map<string, string>;
  /** The next page; undefined before the first. */
  cursor: string | undefined;
}

/**
 * Where Slack gives one page a minute, a conversation takes several drains, and to begin again each time would
 * never come to its end. Lost with the process: then it is read from the start once more.
 */
export type UnfinishedReads = Map<string, ConversationRead>;

export type ReadResult =
  | { kind: 'complete' }
  | { kind: 'stopped'; answer: string; retryAfter: number | undefined };

/** Reads on until every wanted key is found, there is no more, or no more may be read for now. */
export async function readOn(
  client: WebClient,
  channel: string,
  read: ConversationRead,
  wanted: string[],
  reading: { pages: number },
): Promise<ReadResult> {
  for (;;) {
    if (reading.pages === 0) return { kind: 'stopped', answer: 'limit_reached', retryAfter: undefined };
    reading.pages -= 1;
    try {
      const page = await client.conversations.history({
        channel,
        oldest: (read.oldest / 1000).toFixed(6),
        include_all_metadata: true,
        limit: 200,
        ...(read.cursor === undefined ? {} : { cursor: read.cursor }),
      });
      for (const message of page.messages ?? []) {
        const key = keyOf(message.metadata);
        if (key !== undefined && message.ts !== undefined) read.keys.set(key, message.ts);
      }
      if (page.has_more !== true || wanted.every((key) => read.keys.has(key))) return { kind: 'complete' };
      const cursor = page.response_metadata?.next_cursor;
      // Half a conversation does not show that something is not in it.
      if (!cursor) return { kind: 'stopped', answer: 'more_without_cursor', retryAfter: undefined };
      read.cursor = cursor;
    } catch (error) {
      const { answer, retryAfter } = slackAnswerOf(error);
      if (answer === 'invalid_cursor') read.cursor = undefined;
      return { kind: 'stopped', answer, retryAfter };
    }
  }
}

function keyOf(metadata: unknown): string | undefined {
  const payload = (metadata as { event_payload?: { key?: unknown } } | undefined)?.event_payload;
  return typeof payload?.key === 'string' ? payload.key : undefined;
}
