import type { Selectable } from 'kysely';
import type { MemberStatus, Role, Segment } from '#domain/people.ts';
import type { Trx } from './database.ts';
import type { MemberTable } from './schema/member.ts';

export interface Member {
  id: string;
  name: string;
  email: string | null;
  timeZone: string;
  roles: Role[];
  segment: Segment | null;
  wave: number | null;
  startDate: string | null;
  country: string | null;
  dmChannel: string | null;
  status: MemberStatus;
}

const asMember = (row: Selectable<MemberTable>): Member => ({
  id: row.user_id,
  name: row.name,
  email: row.email,
  timeZone: row.time_zone,
  roles: row.roles,
  segment: row.segment,
  wave: row.wave,
  startDate: row.start_date,
  country: row.country,
  dmChannel: row.dm_channel,
  status: row.status,
});

export async function findMember(trx: Trx, workspaceId: string, userId: string): Promise<Member | undefined> {
  const row = await trx
    .selectFrom('member')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .where('user_id', '=', userId)
    .executeTakeFirst();
  return row && asMember(row);
}

export async function listMembers(trx: Trx, workspaceId: string): Promise<Member[]> {
  const rows = await trx
    .selectFrom('member')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .orderBy('name')
    .execute();
  return rows.map(asMember);
}

export interface MemberToSave extends Omit<Member, 'dmChannel'> {
  updatedAt: Date;
}

export async function saveMember(trx: Trx, workspaceId: string, member: MemberToSave): Promise<void> {
  const values = {
    name: member.name,
    email: member.email,
    time_zone: member.timeZone,
    roles: member.roles,
    segment: member.segment,
    wave: member.wave,
    start_date: member.startDate,
    country: member.country,
    status: member.status,
    updated_at: member.updatedAt,
  };
  await trx
    .insertInto('member')
    .values({ workspace_id: workspaceId, user_id: member.id, dm_channel: null, ...values })
    .onConflict((conflict) => conflict.columns(['workspace_id', 'user_id']).doUpdateSet(values))
    .execute();
}

export async function saveDmChannel(
  trx: Trx,
  workspaceId: string,
  userId: string,
  channel: string,
): Promise<void> {
  await trx
    .updateTable('member')
    .set({ dm_channel: channel })
    .where('workspace_id', '=', workspaceId)
    .where('user_id', '=', userId)
    .execute();
}

/** People with a role, by name; who to turn to when somebody is not known to the product yet. */
export async function membersWithRole(trx: Trx, workspaceId: string, role: Role): Promise<Member[]> {
  const everybody = await listMembers(trx, workspaceId);
  return everybody.filter((member) => member.status === 'active' && member.roles.includes(role));
}
