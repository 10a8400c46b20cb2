import type { WebClient } from '@slack/web-api';
import { type MemberStatus, mayBeMessaged } from '#domain/people.ts';
import { isZone } from '#domain/time/zone.ts';
import { slackErrorOf } from './slack-error.ts';

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

function asSlackPerson(user: SlackUser): SlackPerson | undefined {
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

export function statusOf(user: SlackUser): MemberStatus {
  if (user.deleted === true) return 'deactivated';
  // Slackbot is a bot that is not marked as one.
  if (user.is_bot === true || user.id === 'USLACKBOT') return 'bot';
  if (user.is_restricted === true || user.is_ultra_restricted === true || user.is_stranger === true)
    return 'guest';
  return 'active';
}

/** People found in Slack, by either way to name them. */
export interface SlackPeople {
  byId: ReadonlyMap<string, SlackPerson>;
  byEmail: ReadonlyMap<string, SlackPerson>;
}

/** Up to here each person is asked for; beyond, reading the whole list takes fewer calls. */
const askedOneByOne = 40;

export async function lookUpPeople(
  client: WebClient,
  wanted: readonly { slackUserId: string | undefined; email: string | undefined }[],
): Promise<SlackPeople> {
  const byId = new Map<string, SlackPerson>();
  const byEmail = new Map<string, SlackPerson>();
  const people = wanted.length > askedOneByOne ? everybody(client) : each(client, wanted);
  for await (const person of people) {
    byId.set(person.id, person);
    if (person.email === null) continue;
    // Somebody who left and came back has two accounts with one address.
    const other = byEmail.get(person.email);
    if (other === undefined || !mayBeMessaged(other.status)) byEmail.set(person.email, person);
  }
  return { byId, byEmail };
}

async function* everybody(client: WebClient): AsyncGenerator<SlackPerson> {
  for await (const page of client.paginate('users.list', { limit: 200 })) {
    for (const user of (page as { members?: SlackUser[] }).members ?? []) {
      const person = asSlackPerson(user);
      if (person !== undefined) yield person;
    }
  }
}

async function* each(
  client: WebClient,
  wanted: readonly { slackUserId: string | undefined; email: string | undefined }[],
): AsyncGenerator<SlackPerson> {
  for (const { slackUserId, email = '' } of wanted) {
    const person = await findSlackPerson(client, slackUserId === undefined ? { email } : { id: slackUserId });
    if (person !== undefined) yield person;
  }
}

/** Undefined when Slack knows nobody of that name. */
async function findSlackPerson(
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
    if (unknownUser.has(slackErrorOf(error) ?? '')) return undefined;
    throw error;
  }
}

const unknownUser = new Set(['user_not_found', 'users_not_found', 'user_not_visible']);
