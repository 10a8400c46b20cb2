import { LogLevel, WebAPIRequestError, WebClient } from '@slack/web-api';
import type { Emulator } from './emulator.ts';

/** The real client, that asks once. */
export function askOnce(apiUrl: string, token: string, timeout = 0): WebClient {
  return new WebClient(token, {
    slackApiUrl: apiUrl,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    logLevel: LogLevel.ERROR,
    timeout,
  });
}

/** The real client as it comes: it retries. */
export function askAsItComes(apiUrl: string, token: string): WebClient {
  return new WebClient(token, { slackApiUrl: apiUrl, logLevel: LogLevel.ERROR });
}

/** The DM of the bot and this person. */
export async function openDirect(emulator: Emulator, name: string): Promise<string> {
  const client = askOnce(emulator.apiUrl, emulator.botToken);
  const { channel } = await client.conversations.open({ users: emulator.userId(name) });
  if (!channel?.id) throw new Error(`No DM with ${name}`);
  return channel.id;
}

export function delivery(channel: string, key: string) {
  return {
    channel,
    text: `Message ${key}`,
    metadata: { event_type: 'sideline_delivery', event_payload: { key } },
  };
}

/** What went wrong; the test fails where nothing did. */
export async function failureOf(attempt: Promise<unknown>): Promise<unknown> {
  const went = await attempt.then(
    () => 'nothing',
    (failure: unknown) => ({ failure }),
  );
  if (typeof went === 'string') throw new Error('The call succeeded and should not have.');
  return went.failure;
}

/** The code below fetch's error: ECONNRESET, ECONNREFUSED, UND_ERR_SOCKET … */
export function connectionError(failure: unknown): unknown {
  if (!(failure instanceof WebAPIRequestError)) throw new Error('No connection error', { cause: failure });
  const { cause } = failure.original;
  return cause instanceof Error && 'code' in cause ? cause.code : failure.original.name;
}
