import { sql } from 'kysely';
import type { Trx } from './database.ts';

/** Whoever is above somebody, nearest first, themself included. */
export async function chainAbove(trx: Trx, workspaceId: string, id: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    with recursive above(id, depth) as (
      select ${id}::text, 0
      union all
      select r.manager_id, above.depth + 1 from above
      join reporting r on r.workspace_id = ${workspaceId} and r.rep_id = above.id and r.until is null
    ) cycle id set closed using way
    select id from above where not closed order by depth`.execute(trx);
  return rows.map((row) => row.id);
}

/** The active people of whom somebody is the manager now, by name; whatever their roles. */
export async function reportsOf(
  trx: Trx,
  workspaceId: string,
  managerId: string,
): Promise<{ id: string; name: string }[]> {
  const rows = await trx
    .selectFrom('reporting as r')
    .innerJoin('member as m', (join) =>
      join.onRef('m.workspace_id', '=', 'r.workspace_id').onRef('m.user_id', '=', 'r.rep_id'),
    )
    .select(['m.user_id', 'm.name'])
    .where('r.workspace_id', '=', workspaceId)
    .where('r.manager_id', '=', managerId)
    .where('r.until', 'is', null)
    .orderBy('m.name')
    .orderBy('m.user_id')
    .execute();
  return rows.map((row) => ({ id: row.user_id, name: row.name }));
}

/** Whether anybody but these may manage people. */
export async function hasOtherKeeper(
  trx: Trx,
  workspaceId: string,
  exceptIds: readonly string[],
): Promise<boolean> {
  const row = await trx
    .selectFrom('member')
    .select('user_id')
    .where('workspace_id', '=', workspaceId)
    .where('status', '=', 'active')
    .where(sql<boolean>`roles && array['enablement', 'admin']`)
    .where(sql<boolean>`not user_id = any (${[...exceptIds]}::text[])`)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}
