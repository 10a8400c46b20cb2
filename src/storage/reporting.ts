import { sql } from 'kysely';
import { chunked } from './chunked.ts';
import type { Trx } from './database.ts';

export interface ReportingLine {
  repId: string;
  managerId: string;
}

/** Who somebody reports to: before, and from now on. */
export interface LineMoved {
  repId: string;
  from: string | undefined;
  to: string | undefined;
}

/** All of them, or those that one of these people is in. */
export async function currentLines(
  trx: Trx,
  workspaceId: string,
  touching?: ReadonlySet<string>,
): Promise<ReportingLine[]> {
  const ids = [...(touching ?? [])];
  const rows = await trx
    .selectFrom('reporting')
    .select(['rep_id', 'manager_id'])
    .where('workspace_id', '=', workspaceId)
    .where('until', 'is', null)
    .$if(touching !== undefined, (query) =>
      query.where(sql<boolean>`(rep_id = any (${ids}::text[]) or manager_id = any (${ids}::text[]))`),
    )
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

export interface LineChange {
  repId: string;
  managerId: string | undefined;
  /** One of the two left Slack. */
  left?: boolean;
}

/** Who managed somebody, and when. */
export interface PastLine {
  managerId: string;
  managerName: string;
  since: Date;
  until: Date;
}

/** Former managers, the latest first. */
export async function managersOf(trx: Trx, workspaceId: string, repId: string): Promise<PastLine[]> {
  const { rows } = await sql<{ manager_id: string; name: string; since: Date; until: Date }>`
    select r.manager_id, m.name, r.since, r.until
    from reporting r join member m on m.workspace_id = r.workspace_id and m.user_id = r.manager_id
    where r.workspace_id = ${workspaceId} and r.rep_id = ${repId} and r.until > r.since
    order by r.since desc`.execute(trx);
  return rows.map((row) => ({
    managerId: row.manager_id,
    managerName: row.name,
    since: row.since,
    until: row.until,
  }));
}

/** Ends the lines there are and begins the new ones at the same instant, so that history has no gap. */
export async function changeManagers(
  trx: Trx,
  workspaceId: string,
  changes: readonly LineChange[],
  at: Date,
): Promise<void> {
  for (const some of chunked(changes)) {
    const rows = some.map(({ repId, managerId, left = false }) => ({
      r: repId,
      m: managerId ?? null,
      e: left ? 'left' : null,
    }));
    const values = JSON.stringify(rows);
    await sql`
      update reporting set until = ${at}, ended_because = change.e
      from jsonb_to_recordset(${values}::jsonb) as change(r text, e text)
      where reporting.workspace_id = ${workspaceId} and reporting.rep_id = change.r
        and reporting.until is null`.execute(trx);
    // Changed twice at one instant, the first was nothing that lasted.
    await sql`
      insert into reporting (workspace_id, rep_id, manager_id, since, until)
      select ${workspaceId}, change.r, change.m, ${at}::timestamptz, null
      from jsonb_to_recordset(${values}::jsonb) as change(r text, m text)
      where change.m is not null
      on conflict (workspace_id, rep_id, since) do update
        set manager_id = excluded.manager_id, until = null, ended_because = null`.execute(trx);
  }
}

export function changeManager(
  trx: Trx,
  workspaceId: string,
  repId: string,
  managerId: string | undefined,
  at: Date,
): Promise<void> {
  return changeManagers(trx, workspaceId, [{ repId, managerId }], at);
}

/** The lines that ended because one of these people left, where the rep has reported to nobody since. */
export async function linesLeftBy(
  trx: Trx,
  workspaceId: string,
  ids: readonly string[],
): Promise<ReportingLine[]> {
  const { rows } = await sql<{ rep_id: string; manager_id: string }>`
    select last.rep_id, last.manager_id
    from (
      select distinct on (rep_id) rep_id, manager_id, until, ended_because from reporting
      where workspace_id = ${workspaceId}
        and rep_id in (
          select rep_id from reporting
          where workspace_id = ${workspaceId} and ended_because = 'left'
            and (rep_id = any (${[...ids]}::text[]) or manager_id = any (${[...ids]}::text[])))
      order by rep_id, since desc
    ) last
    where last.until is not null and last.ended_because = 'left'
      and (last.rep_id = any (${[...ids]}::text[]) or last.manager_id = any (${[...ids]}::text[]))`.execute(
    trx,
  );
  return rows.map((row) => ({ repId: row.rep_id, managerId: row.manager_id }));
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
