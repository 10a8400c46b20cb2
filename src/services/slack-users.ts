import { setTimeout as elapsed } from 'node:timers/promises';
import type { WebClient } from '@slack/web-api';
import { retryAfterOf } from './slack-error.ts';

/** Somebody as Slack writes them, as far as it matters here. */
export interface SlackUser {
  id?: string;
  team_id?: string;
  name?: string;
  tz?: string;
  deleted?: boolean;
  is_bot?: boolean;
  is_restricted?: boolean;
  is_ultra_restricted?: boolean;
  is_stranger?: boolean;
  enterprise_user?: { enterprise_id?: string };
  profile?: {
    email?: string;
    real_name?: string;
    display_name?: string;
    status_emoji?: string;
    status_expiration?: number;
  };
}

/** Slack's most. It allows twenty such calls a minute, so that fifty thousand people take three. */
const perPage = 1_000;

export interface PageOfUsers {
  users: SlackUser[];
  /** Of the next page; undefined after the last. */
  cursor: string | undefined;
}

export async function pageOfUsers(client: WebClient, cursor: string | undefined): Promise<PageOfUsers> {
  const answer = await client.users.list({ limit: perPage, ...(cursor === undefined ? {} : { cursor }) });
  return {
    users: (answer.members ?? []) as SlackUser[],
    cursor: answer.response_metadata?.next_cursor || undefined,
  };
}

/** All of them; where Slack asks to wait, it waits. */
export async function* eachPageOfUsers(client: WebClient): AsyncGenerator<PageOfUsers> {
  let cursor: string | undefined;
  do {
    const page = await patiently(() => pageOfUsers(client, cursor));
    yield page;
    cursor = page.cursor;
  } while (cursor !== undefined);
}

/** A call whose answer is worth waiting for: refused for being one too many, it is made again when Slack says so. */
export async function patiently<T>(call: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await call();
    } catch (error) {
      const seconds = retryAfterOf(error);
      if (seconds === undefined || seconds > longestWait) throw error;
      await elapsed(seconds * 1000);
    }
  }
}

const longestWait = 90;
