import { createHmac } from 'node:crypto';
import type { Ack, Push } from './push.ts';

function encoded(push: Push): { type: string; body: string } {
  if (push.kind === 'event') return { type: 'application/json', body: JSON.stringify(push.payload) };
  const form =
    push.kind === 'command'
      ? new URLSearchParams(Object.entries(push.payload).map(([key, value]) => [key, String(value)]))
      : new URLSearchParams({ payload: JSON.stringify(push.payload) });
  return { type: 'application/x-www-form-urlencoded', body: form.toString() };
}

function signature(secret: string, seconds: number, body: string): string {
  return `v0=${createHmac('sha256', secret).update(`v0:${seconds}:${body}`).digest('hex')}`;
}

function parsed(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' ? value : text;
  } catch {
    // A command may be answered with plain words.
    return text;
  }
}

function headers(secret: string, seconds: number, type: string, body: string): Record<string, string> {
  return {
    'content-type': type,
    'user-agent': 'Slackbot 1.0 (+https://api.slack.com/robots)',
    'x-slack-request-timestamp': String(seconds),
    'x-slack-signature': signature(secret, seconds, body),
  };
}

/** What Slack does once when a request URL is entered: the app must give the challenge back. */
export async function verifyUrl(given: {
  url: string;
  challenge: string;
  signingSecret: string;
  seconds: number;
}): Promise<boolean> {
  const body = JSON.stringify({
    token: 'local-verification-token',
    challenge: given.challenge,
    type: 'url_verification',
  });
  const sent = headers(given.signingSecret, given.seconds, 'application/json', body);
  const response = await fetch(given.url, { method: 'POST', body, headers: sent });
  const answer = parsed(await response.text());
  const echoed =
    typeof answer === 'object' && answer !== null && 'challenge' in answer ? answer.challenge : answer;
  return response.ok && echoed === given.challenge;
}

export async function postToApp(given: {
  url: string;
  push: Push;
  signingSecret: string;
  seconds: number;
  timeoutMs: number;
}): Promise<Ack> {
  const { type, body } = encoded(given.push);
  const { retry } = given.push;
  try {
    const response = await fetch(given.url, {
      method: 'POST',
      body,
      headers: {
        ...headers(given.signingSecret, given.seconds, type, body),
        ...(retry
          ? { 'x-slack-retry-num': String(retry.attempt), 'x-slack-retry-reason': retry.reason }
          : {}),
      },
      signal: AbortSignal.timeout(given.timeoutMs),
    });
    const text = await response.text();
    if (!response.ok) return { ok: false, status: response.status, reason: 'http error' };
    return { ok: true, status: response.status, body: parsed(text) };
  } catch (error) {
    const timedOut = error instanceof DOMException && error.name === 'TimeoutError';
    return { ok: false, status: null, reason: timedOut ? 'timeout' : 'not connected' };
  }
}
