import type { WebClient } from '@slack/web-api';
import { civilDateSchema } from '#domain/time/civil.ts';
import { type Calling, whenThereIsRoom } from './slack-calls.ts';
import { slackErrorOf } from './slack-error.ts';

/** What somebody's profile in Slack says that an import can use. */
export interface ProfileFacts {
  startDate: string | undefined;
  /** Of the person it names, where it names one. */
  managerId: string | undefined;
}

/** Where profiles of this workspace say it; fields are what the workspace has made of them. */
interface ProfileFields {
  startDate: string | undefined;
  manager: string | undefined;
}

type Fields = Record<string, { value?: string }>;

/** The profiles of these people; who has none any more is left out. */
export async function readProfiles(
  client: WebClient,
  calling: Calling,
  workspaceId: string,
  ids: readonly string[],
  progress?: (read: number) => void,
): Promise<Map<string, ProfileFacts>> {
  const where = await profileFields(client, calling, workspaceId);
  const facts = new Map<string, ProfileFacts>();
  for (const [index, id] of ids.entries()) {
    const method = 'users.profile.get';
    const profile = await whenThereIsRoom(calling, workspaceId, method, () => profileOf(client, id));
    if (profile !== undefined) facts.set(id, factsIn(profile, where));
    if ((index + 1) % toldAfter === 0) progress?.(index + 1);
  }
  return facts;
}

const toldAfter = 20;

async function profileFields(
  client: WebClient,
  calling: Calling,
  workspaceId: string,
): Promise<ProfileFields> {
  const answer = await whenThereIsRoom(calling, workspaceId, 'team.profile.get', () =>
    // What a workspace hides from profiles is not for this either.
    client.team.profile.get({ visibility: 'visible' }),
  );
  const fields = answer.profile?.fields ?? [];
  const find = (type: string, label: RegExp) =>
    fields.find((one) => one.type === type && label.test(one.label?.trim() ?? ''))?.id;
  return { startDate: find('date', startLabels), manager: find('user', managerLabels) };
}

const managerLabels = /^((line|direct|people|my|your) )?(manager|supervisor|boss)$|^reports to$/i;
const startLabels =
  /^(start|hire|hiring|joining|joined)([ -]?(date|day|on))?$|^date (of joining|hired|joined)$/i;

async function profileOf(client: WebClient, user: string) {
  try {
    return (await client.users.profile.get({ user })).profile;
  } catch (error) {
    if (slackErrorOf(error) === 'user_not_found') return undefined;
    throw error;
  }
}

function factsIn(profile: { start_date?: string; fields?: Fields }, where: ProfileFields): ProfileFacts {
  const textOf = (field: string | undefined): string =>
    (field === undefined ? undefined : profile.fields?.[field]?.value) ?? '';
  const startDate = profile.start_date || textOf(where.startDate);
  const managerId = textOf(where.manager);
  return {
    startDate: civilDateSchema.safeParse(startDate).success ? startDate : undefined,
    // A field may name several people, and then it does not say who manages them.
    managerId: /^[UW][A-Z0-9]+$/.test(managerId) ? managerId : undefined,
  };
}
