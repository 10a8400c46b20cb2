import { sql } from 'kysely';
import type { Trx } from './database.ts';
import { endedIds } from './workspaces.ts';

/** What waits, across workspaces. */
export interface Backlog {
  due: number;
  posting: number;
  uncertain: number;
  /** Seconds of business time. */
  oldestDue: number;
  plannerLag: number;
}

/** Only what waits is read, by its own indexes: a database of a million cadences is asked as quickly as an empty one. */
export async function backlogOf(trx: Trx, now: Date): Promise<Backlog> {
  const ended = endedIds(trx);
  const { rows } = await sql<{
    due: number;
    oldest_due: Date | null;
    posting: number;
    uncertain: number;
    to_plan: Date | null;
    to_ask: Date | null;
  }>`
    select due.count as due, due.oldest as oldest_due, begun.posting, begun.uncertain,
           (select min(plan_at) from cadence where plan_at <= ${now} and workspace_id not in ${ended}) as to_plan,
           (select min(ask_at) from occurrence where ask_at <= ${now} and workspace_id not in ${ended}) as to_ask
    from (
      select count(*)::int as count, min(d.due_at) as oldest
      from delivery d join workspace w using (workspace_id)
      where d.state = 'pending' and d.due_at <= ${now} and w.started_at is not null and w.paused_at is null
        and w.ended_at is null
    ) due, (
      select count(*) filter (where state = 'posting')::int as posting,
             count(*) filter (where state = 'uncertain')::int as uncertain
      from delivery where state in ('posting', 'uncertain')
    ) begun`.execute(trx);
  const [row] = rows;
  if (row === undefined) throw new Error('counting gave no row');
  const since = (instant: Date | null): number =>
    instant === null ? 0 : (now.getTime() - instant.getTime()) / 1000;
  return {
    due: row.due,
    posting: row.posting,
    uncertain: row.uncertain,
    oldestDue: since(row.oldest_due),
    plannerLag: Math.max(since(row.to_plan), since(row.to_ask)),
  };
}
