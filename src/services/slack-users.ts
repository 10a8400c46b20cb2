import type { WebClient } from '@slack/web-api';
import { type Calling, whenThereIsRoom } from './slack-calls.ts';

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

/** It is counted for all who read the list. */
export const listMethod = 'users.list';

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

/** All of them; where there is no room for a call, it waits. */
export async function* eachPageOfUsers(
  client: WebClient,
  calling: Calling,
  workspaceId: string,
): AsyncGenerator<PageOfUsers> {
  let cursor: string | undefined;
  do {
    const page = await whenThereIsRoom(calling, workspaceId, listMethod, () => pageOfUsers(client, cursor));
    yield page;
    cursor = page.cursor;
  } while (cursor !== undefined);
}
