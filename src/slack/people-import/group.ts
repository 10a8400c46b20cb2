import type { WebClient } from '@slack/web-api';
import type { Role, Segment } from '#domain/people.ts';
import type { PeopleColumn } from '#services/people-file.ts';
import type { PeopleGiven } from '#services/plan-import.ts';

export interface UserGroup {
  id: string;
  name: string;
  handle: string;
}

export async function listGroups(client: WebClient): Promise<UserGroup[]> {
  const { usergroups = [] } = await client.usergroups.list({});
  return usergroups.flatMap(({ id, name = '', handle = '' }) =>
    id === undefined ? [] : [{ id, name, handle }],
  );
}

export interface GroupChosen {
  groupId: string;
  role: Role;
  managerId: string | undefined;
  segment: Segment | undefined;
  wave: number | undefined;
}

/** The members of a group as a people file would name them; what was not chosen stays as it is known. */
export async function membersAsRows(
  client: WebClient,
  { groupId, role, managerId, segment, wave }: GroupChosen,
): Promise<PeopleGiven> {
  const { users = [] } = await client.usergroups.users.list({ usergroup: groupId });
  const columns = new Set<PeopleColumn>([
    'slack_user_id',
    'role',
    ...(managerId === undefined ? [] : ['manager' as const]),
    ...(segment === undefined ? [] : ['segment' as const]),
    ...(wave === undefined ? [] : ['wave' as const]),
  ]);
  const rows = users
    // Nobody is their own manager; whoever leads the group is often in it.
    .filter((id) => id !== managerId)
    .map((slackUserId, index) => ({
      line: index + 1,
      slackUserId,
      email: undefined,
      roles: [role],
      manager: managerId,
      segment,
      wave,
      startDate: undefined,
      country: undefined,
    }));
  return { columns, rows, isGroup: true };
}
