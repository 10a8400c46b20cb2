import type { WebClient } from '@slack/web-api';
import { type MemberStatus, mayBeMessaged } from '#domain/people.ts';
import { type AwayStatus, awayStatusIn } from '#domain/slack-status.ts';
import { isZone } from '#domain/time/zone.ts';
import type { Calling } from './slack-calls.ts';
import { slackErrorOf } from './slack-error.ts';
import { eachPageOfUsers, type SlackUser } from './slack-users.ts';

/** A person as Slack knows them. */
export interface SlackPerson {
  id: string;
  name: string;
  email: string | null;
  timeZone: string;
  status: MemberStatus;
  /** Of this workspace, with limited rights; whether guests get messages is a setting. */
  isGuest: boolean;
  /** What their status says, where it means being away. */
  away: AwayStatus | null;
}

/** Where the people are at home who may be messaged. */
export interface Home {
  teamId: string;
  enterpriseId: string | null;
}

export function asSlackPerson(user: SlackUser, home?: Home): SlackPerson | undefined {
  if (user.id === undefined) return undefined;
  const status = statusOf(user, home);
  return {
    id: user.id,
    name: user.profile?.display_name || user.profile?.real_name || user.name || user.id,
    email: user.profile?.email?.toLowerCase() ?? null,
    // Slack names no zone for some accounts; theirs is then the one that surprises least.
    timeZone: user.tz !== undefined && isZone(user.tz) ? user.tz : 'UTC',
    status,
    isGuest: status === 'guest' && !isForeign(user, home),
    away: status === 'deactivated' ? null : awayStatusIn(user.profile ?? {}),
  };
}

function statusOf(user: SlackUser, home: Home | undefined): MemberStatus {
  if (user.deleted === true) return 'deactivated';
  // Slackbot is a bot that is not marked as one.
  if (user.is_bot === true || user.id === 'USLACKBOT') return 'bot';
  const isLimited = user.is_restricted === true || user.is_ultra_restricted === true;
  return isLimited || isForeign(user, home) ? 'guest' : 'active';
}

/** Of another organisation, met in a shared channel. */
function isForeign(user: SlackUser, home: Home | undefined): boolean {
  if (user.is_stranger === true) return true;
  if (home === undefined || user.team_id === undefined || user.team_id === home.teamId) return false;
  return home.enterpriseId === null || user.enterprise_user?.enterprise_id !== home.enterpriseId;
}

/** What the product makes of it: guests get messages only where the workspace says so. */
export function admitted(
  person: Pick<SlackPerson, 'status' | 'isGuest'>,
  { guestsAllowed }: { guestsAllowed: boolean },
): MemberStatus {
  return person.isGuest && guestsAllowed ? 'active' : person.status;
}

/** People found in Slack, by either way to name them. */
export interface SlackPeople {
  byId: ReadonlyMap<string, SlackPerson>;
  byEmail: ReadonlyMap<string, SlackPerson>;
}

/** Up to here each person is asked for; beyond, reading the whole list takes fewer calls. */
const askedOneByOne = 40;

export interface LookUp {
  calling: Calling;
  workspaceId: string;
  home: Home;
  /** Told after each page of a long list. */
  progress?: ((read: number) => void) | undefined;
}

export async function lookUpPeople(
  client: WebClient,
  wanted: readonly { slackUserId: string | undefined; email: string | undefined }[],
  how: LookUp,
): Promise<SlackPeople> {
  const byId = new Map<string, SlackPerson>();
  const byEmail = new Map<string, SlackPerson>();
  const people = wanted.length > askedOneByOne ? everybody(client, how) : each(client, wanted, how);
  for await (const person of people) {
    byId.set(person.id, person);
    if (person.email === null) continue;
    // Somebody who left and came back has two accounts with one address.
    const other = byEmail.get(person.email);
    if (other === undefined || !mayBeMessaged(other.status)) byEmail.set(person.email, person);
  }
  return { byId, byEmail };
}

async function* everybody(
  client: WebClient,
  { home, progress, calling, workspaceId }: LookUp,
): AsyncGenerator<SlackPerson> {
  let read = 0;
  for await (const { users } of eachPageOfUsers(client, calling, workspaceId)) {
    for (const user of users) {
      const person = asSlackPerson(user, home);
      if (person !== undefined) yield person;
    }
    read += users.length;
    progress?.(read);
  }
}

async function* each(
  client: WebClient,
  wanted: readonly { slackUserId: string | undefined; email: string | undefined }[],
  { home }: LookUp,
): AsyncGenerator<SlackPerson> {
  for (const { slackUserId, email = '' } of wanted) {
    const person = await findSlackPerson(
      client,
      slackUserId === undefined ? { email } : { id: slackUserId },
      home,
    );
    if (person !== undefined) yield person;
  }
}

/** Undefined when Slack knows nobody of that name. */
async function findSlackPerson(
  client: WebClient,
  by: { id: string } | { email: string },
  home: Home,
): Promise<SlackPerson | undefined> {
  try {
    const answer =
      'id' in by
        ? await client.users.info({ user: by.id })
        : await client.users.lookupByEmail({ email: by.email });
    return asSlackPerson((answer.user ?? {}) as SlackUser, home);
  } catch (error) {
    if (unknownUser.has(slackErrorOf(error) ?? '')) return undefined;
    throw error;
  }
}

const unknownUser = new Set(['user_not_found', 'users_not_found', 'user_not_visible']);
