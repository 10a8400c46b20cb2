import type { WebClient } from '@slack/web-api';
import type { MessageContent } from '#services/message-content.ts';
import { slackAnswerOf } from './slack-answer.ts';

/** What came of one attempt to show a message anew. */
export interface Shown {
  kind: 'shown' | 'not_shown';
  answer: string;
  /** Slack wants no more of these calls for so many seconds. */
  retryAfter?: number | undefined;
  /** The address that came with the press was refused, and need not be tried again. */
  responseUrlSpent?: boolean;
  /** How many calls of the limited method it took. */
  calls: number;
}

interface Way {
  client: WebClient;
  callTimeout: number;
  mayUpdate: boolean;
}

/**
 * A pressed message is edited through the address that came with the press, which costs no call of the limit.
 * If that does not work, then the ordinary way and at once: somebody is looking at it.
 */
export async function show(
  { client, callTimeout, mayUpdate }: Way,
  message: { channel: string; ts: string; responseUrl: string | null },
  content: MessageContent,
): Promise<Shown> {
  const { channel, ts, responseUrl } = message;
  const responseUrlSpent = responseUrl !== null;
  if (responseUrl !== null) {
    const answer = await showThrough(responseUrl, content, callTimeout);
    if (answer === 'ok') return { kind: 'shown', answer, calls: 0 };
    if (!mayUpdate) return { kind: 'not_shown', answer, responseUrlSpent, calls: 0 };
  }
  try {
    await client.chat.update({ channel, ts, ...content });
    return { kind: 'shown', answer: 'ok', responseUrlSpent, calls: 1 };
  } catch (error) {
    return { kind: 'not_shown', ...slackAnswerOf(error), responseUrlSpent, calls: 1 };
  }
}

async function showThrough(responseUrl: string, content: MessageContent, timeout: number): Promise<string> {
  try {
    const response = await fetch(responseUrl, {
      method: 'POST',
      headers: { 'content-type': 'application/json; charset=utf-8' },
      body: JSON.stringify({ replace_original: true, ...content }),
      signal: AbortSignal.timeout(timeout),
    });
    const body = await response.text();
    if (!response.ok) return `http_${response.status}`;
    return saysNo(body) ? 'refused' : 'ok';
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return error.name;
  }
}

/** Slack answers "ok", or an object that says whether it is. */
function saysNo(body: string): boolean {
  return /"ok"\s*:\s*false/.test(body);
}
