import { type Selectable, sql } from 'kysely';
import type { MemberStatus, Role, Segment } from '#domain/people.ts';
import type { WorkingTime } from '#domain/working-time.ts';
import type { Question, Trx } from './database.ts';
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
  workingDays: number[];
  workStarts: string;
  workEnds: string;
  /** Takes part while only a pilot group does. */
  inPilot: boolean;
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
  workingDays: row.working_days,
  workStarts: row.work_starts,
  workEnds: row.work_ends,
  inPilot: row.in_pilot,
});

/** When somebody works, in their own wall time. */
export const workingTimeOf = (member: Member): WorkingTime => ({
  zone: member.timeZone,
  days: member.workingDays,
  starts: member.workStarts,
  ends: member.workEnds,
  country: member.country,
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

/** What is asked of whoever types a command. */
export const rolesOfMembers =
  (workspaceId: string, userIds: readonly string[]): Question<{ user_id: string; roles: Role[] }> =>
  (build) =>
    build
      .selectFrom('member')
      .select(['user_id', 'roles'])
      .where('workspace_id', '=', workspaceId)
      .where('user_id', 'in', userIds);

export async function listMembers(trx: Trx, workspaceId: string): Promise<Member[]> {
  const rows = await trx
    .selectFrom('member')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .orderBy('name')
    .execute();
  return rows.map(asMember);
}

/** Those of these ids that are known, in no order. */
export async function membersById(trx: Trx, workspaceId: string, ids: readonly string[]): Promise<Member[]> {
  if (ids.length === 0) return [];
  const rows = await trx
    .selectFrom('member')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .where(sql<boolean>`user_id = any (${[...ids]}::text[])`)
    .execute();
  return rows.map(asMember);
}

export interface MemberToSave extends Omit<Member, 'dmChannel' | 'inPilot'> {
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
    working_days: member.workingDays,
    work_starts: member.workStarts,
    work_ends: member.workEnds,
    updated_at: member.updatedAt,
  };
  await trx
    .insertInto('member')
    .values({ workspace_id: workspaceId, user_id: member.id, dm_channel: null, ...values })
    .onConflict((conflict) => conflict.columns(['workspace_id', 'user_id']).doUpdateSet(values))
    .execute();
}

/** Says who takes part while the workspace has started for a pilot group; everybody else does not. */
export async function setPilot(trx: Trx, workspaceId: string, memberIds: readonly string[]): Promise<void> {
  await sql`
    update member set in_pilot = user_id = any (${[...memberIds]}::text[])
    where workspace_id = ${workspaceId}`.execute(trx);
}

/** People with a role, by name; who to turn to when somebody is not known to the product yet. */
export async function membersWithRole(trx: Trx, workspaceId: string, role: Role): Promise<Member[]> {
  const everybody = await listMembers(trx, workspaceId);
  return everybody.filter((member) => member.status === 'active' && member.roles.includes(role));
}
