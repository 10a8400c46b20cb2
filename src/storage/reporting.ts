import type { Trx } from './database.ts';

export interface ReportingLine {
  repId: string;
  managerId: string;
}

export async function currentLines(trx: Trx, workspaceId: string): Promise<ReportingLine[]> {
  const rows = await trx
    .selectFrom('reporting')
    .select(['rep_id', 'manager_id'])
    .where('workspace_id', '=', workspaceId)
    .where('until', 'is', null)
    .execute();
  return rows.map((row) => ({ repId: row.rep_id, managerId: row.manager_id }));
}

export async function currentManagerOf(
  trx: Trx,
  workspaceId: string,
  repId: string,
): Promise<string | undefined> {
  const row = await trx
    .selectFrom('reporting')
    .select('manager_id')
    .where('workspace_id', '=', workspaceId)
    .where('rep_id', '=', repId)
    .where('until', 'is', null)
    .executeTakeFirst();
  return row?.manager_id;
}

/** Ends the line there is and begins the new one at the same instant, so that history has no gap. */
export async function changeManager(
  trx: Trx,
  workspaceId: string,
  repId: string,
  managerId: string | undefined,
  at: Date,
): Promise<void> {
  await trx
    .updateTable('reporting')
    .set({ until: at })
    .where('workspace_id', '=', workspaceId)
    .where('rep_id', '=', repId)
    .where('until', 'is', null)
    .execute();
  if (managerId === undefined) return;
  await trx
    .insertInto('reporting')
    .values({ workspace_id: workspaceId, rep_id: repId, manager_id: managerId, since: at, until: null })
    .execute();
}

/** The reps who report to somebody and are active, by name. */
export async function repsOf(
  trx: Trx,
  workspaceId: string,
  managerId: string,
): Promise<{ id: string; name: string; timeZone: string }[]> {
  const rows = await trx
    .selectFrom('reporting')
    .innerJoin('member', (join) =>
      join
        .onRef('member.workspace_id', '=', 'reporting.workspace_id')
        .onRef('member.user_id', '=', 'reporting.rep_id'),
    )
    .select(['member.user_id', 'member.name', 'member.time_zone', 'member.roles'])
    .where('reporting.workspace_id', '=', workspaceId)
    .where('reporting.manager_id', '=', managerId)
    .where('reporting.until', 'is', null)
    .where('member.status', '=', 'active')
    .orderBy('member.name')
    .execute();
  return rows
    .filter(({ roles }) => roles.includes('rep'))
    .map((row) => ({ id: row.user_id, name: row.name, timeZone: row.time_zone }));
}
