import { sql } from 'kysely';
import type { Trx } from './database.ts';

/** The next instant of business time at which anything happens, in any workspace; undefined for never. */
export async function nextDueInstant(trx: Trx, after: Date): Promise<Date | undefined> {
  const rows = await sql<{ at: Date | null }>`
    select least(
      (select min(plan_at) from cadence where plan_at > ${after}),
      (select min(ask_at) from occurrence where ask_at > ${after}),
      (select min(due_at) from occurrence where state = 'planned' and due_at > ${after}),
      (select min(closes_at) from occurrence where state in ('planned', 'due') and closes_at > ${after}),
      (select min(follow_up_at) from practice_assignment where follow_up_at > ${after}),
      (select min(due_at) from delivery where state = 'pending' and due_at > ${after}),
      (select min(next_due_at) from digest where next_due_at > ${after})
    ) as at`.execute(trx);
  return rows.rows[0]?.at ?? undefined;
}

/** The next instant of machine time at which something is tried again that is due now, in any workspace that runs. */
export async function nextRetryInstant(trx: Trx, now: Date): Promise<Date | undefined> {
  const { rows } = await sql<{ at: Date | null }>`
    select min(d.retry_at) as at
    from delivery d join workspace w using (workspace_id)
    where d.state = 'pending' and d.due_at <= ${now} and d.retry_at is not null
      and w.started_at is not null and w.paused_at is null and w.ended_at is null`.execute(trx);
  return rows[0]?.at ?? undefined;
}
