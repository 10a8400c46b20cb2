import type { WebClient } from '@slack/web-api';
import type { MemberStatus } from '#domain/people.ts';
import { isZone } from '#domain/time/zone.ts';

/** A person as Slack knows them. */
export interface SlackPerson {
  id: string;
  name: string;
  email: string | null;
  timeZone: string;
  status: MemberStatus;
}

interface SlackUser {
  id?: string;
  name?: string;
  tz?: string;
  deleted?: boolean;
  is_bot?: boolean;
  is_restricted?: boolean;
  is_ultra_restricted?: boolean;
  is_stranger?: boolean;
  profile?: { email?: string; real_name?: string; display_name?: string };
}

export function asSlackPerson(user: SlackUser): SlackPerson | undefined {
  if (user.id === undefined) return undefined;
  return {
    id: user.id,
    name: user.profile?.display_name || user.profile?.real_name || user.name || user.id,
    email: user.profile?.email?.toLowerCase() ?? null,
    // Slack names no zone for some accounts; theirs is then the one that surprises least.
    timeZone: user.tz !== undefined && isZone(user.tz) ? user.tz : 'UTC',
    status: statusOf(user),
  };
}

function statusOf(user: SlackUser): MemberStatus {
  if (user.deleted === true) return 'deactivated';
  // Slackbot is a bot that is not marked as one.
  if (user.is_bot === true || user.id === 'USLACKBOT') return 'bot';
  if (user.is_restricted === true || user.is_ultra_restricted === true || user.is_stranger === true) return 'guest';
  return 'active';
}

/** Everybody, page by page: for long lists, where asking for each would take longer. */
export async function* allSlackPeople(client: WebClient): AsyncGenerator<SlackPerson> {
  for await (const page of client.paginate('users.list', { limit: 200 })) {
    for (const user of (page as { members?: SlackUser[] }).members ?? []) {
      const person = asSlackPerson(user);
      if (person !== undefined) yield person;
    }
  }
}

/** One person by id or by email; undefined when Slack knows nobody of that name. */
export async function findSlackPerson(
  client: WebClient,
  by: { id: string } | { email: string },
): Promise<SlackPerson | undefined> {
  try {
    const answer =
      'id' in by
        ? await client.users.info({ user: by.id })
        : await client.users.lookupByEmail({ email: by.email });
    return asSlackPerson((answer.user ?? {}) as SlackUser);
  } catch (error) {
    if (isUnknownUser(error)) return undefined;
    throw error;
  }
}

function isUnknownUser(error: unknown): boolean {
  const data = error instanceof Error && 'data' in error ? (error.data as { error?: unknown }) : {};
  return ['user_not_found', 'users_not_found', 'user_not_visible'].includes(String(data.error));
}
