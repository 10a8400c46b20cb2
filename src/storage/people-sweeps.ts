import { sql } from 'kysely';
import type { Trx } from './database.ts';

/** Across workspaces: those that nothing says of when their people are to be looked up. */
export async function workspacesWithoutSweep(trx: Trx, limit: number): Promise<string[]> {
  const { rows } = await sql<{ workspace_id: string }>`
    select w.workspace_id from workspace w
    where not exists (select from people_sweep s where s.workspace_id = w.workspace_id)
    order by w.workspace_id limit ${limit}`.execute(trx);
  return rows.map((row) => row.workspace_id);
}

export async function scheduleSweep(trx: Trx, workspaceId: string, dueAt: Date): Promise<void> {
  await trx
    .insertInto('people_sweep')
    .values({ workspace_id: workspaceId, due_at: dueAt, cursor: null, leased_until: null, finished_at: null })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** A sweep that is under way, held by one process until its lease ends. */
export interface LeasedSweep {
  workspaceId: string;
  cursor: string | null;
  leasedUntil: Date;
}

/** Across workspaces: the one that is due longest and that nobody holds. What a dead process held is found again. */
export async function claimSweep(
  trx: Trx,
  now: Date,
  machine: { now: Date; leaseUntil: Date },
): Promise<LeasedSweep | undefined> {
  const { rows } = await sql<{ workspace_id: string; cursor: string | null }>`
    with next as (
      select due.workspace_id from people_sweep due
      where due.due_at <= ${now} and (due.leased_until is null or due.leased_until <= ${machine.now})
        -- Who has removed the app is not asked after.
        and exists (select from workspace w where w.workspace_id = due.workspace_id and w.ended_at is null)
      order by due.due_at, due.workspace_id limit 1
      for update of due skip locked
    )
    update people_sweep s set leased_until = ${machine.leaseUntil} from next
    where s.workspace_id = next.workspace_id
    returning s.workspace_id, s.cursor`.execute(trx);
  const [row] = rows;
  return row && { workspaceId: row.workspace_id, cursor: row.cursor, leasedUntil: machine.leaseUntil };
}

/** Says whether it was still ours: a lease that ran out may be another's by now. */
export async function continueSweep(
  trx: Trx,
  { workspaceId, leasedUntil }: LeasedSweep,
  to: { cursor: string | null; leasedUntil: Date },
): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable('people_sweep')
    .set({ cursor: to.cursor, leased_until: to.leasedUntil })
    .where('workspace_id', '=', workspaceId)
    .where('leased_until', '=', leasedUntil)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

export async function finishSweep(
  trx: Trx,
  { workspaceId, leasedUntil }: LeasedSweep,
  { finishedAt, dueAt }: { finishedAt: Date; dueAt: Date },
): Promise<void> {
  await trx
    .updateTable('people_sweep')
    .set({ due_at: dueAt, cursor: null, leased_until: null, finished_at: finishedAt })
    .where('workspace_id', '=', workspaceId)
    .where('leased_until', '=', leasedUntil)
    .execute();
}

/** The zone in which most people of a workspace are at home. */
export async function commonZone(trx: Trx, workspaceId: string): Promise<string | undefined> {
  const { rows } = await sql<{ time_zone: string }>`
    select time_zone from member where workspace_id = ${workspaceId} and status = 'active'
    group by time_zone order by count(*) desc, time_zone limit 1`.execute(trx);
  return rows[0]?.time_zone;
}
