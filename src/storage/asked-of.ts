import { sql } from 'kysely';
import type { Rule } from '#domain/recurrence.ts';
import type { Trx } from './database.ts';

/** A rule that goes on making occurrences for somebody to be asked about. */
export interface RuleAsked {
  id: string;
  rule: Rule;
  /** The latest that is made already. */
  last: { period: string; dueAt: Date } | null;
  pausedUntil: string | null;
}

/** Locked; what waits for its start, or is paused for good, is not among them. */
export async function rulesAskedOf(trx: Trx, workspaceId: string, askedId: string): Promise<RuleAsked[]> {
  const { rows } = await sql<{
    cadence_id: string;
    rule: Rule;
    paused_until: string | null;
    last_period: string | null;
    last_due_at: Date | null;
  }>`
    select c.cadence_id, c.rule, c.paused_until, last.period as last_period, last.due_at as last_due_at
    from cadence c
    left join lateral (
      select o.period, o.due_at from occurrence o
      where o.workspace_id = c.workspace_id and o.cadence_id = c.cadence_id
      order by o.due_at desc limit 1
    ) last on true
    where c.workspace_id = ${workspaceId} and c.asked_id = ${askedId}
      and c.ended_at is null and c.rule is not null and c.next_due_at is not null
    order by c.cadence_id
    for update of c`.execute(trx);
  return rows.map((row) => ({
    id: row.cadence_id,
    rule: row.rule,
    last:
      row.last_period === null || row.last_due_at === null
        ? null
        : { period: row.last_period, dueAt: row.last_due_at },
    pausedUntil: row.paused_until,
  }));
}

/** What is made and falls due after a moment. */
export async function aheadAskedOf(
  trx: Trx,
  workspaceId: string,
  askedId: string,
  after: Date,
): Promise<{ id: string; dueAt: Date; closesAt: Date }[]> {
  const rows = await trx
    .selectFrom('occurrence')
    .select(['occurrence_id', 'due_at', 'closes_at'])
    .where('workspace_id', '=', workspaceId)
    .where('asked_id', '=', askedId)
    .where('state', '=', 'planned')
    .where('due_at', '>', after)
    .orderBy('due_at')
    .orderBy('occurrence_id')
    .execute();
  return rows.map((row) => ({ id: row.occurrence_id, dueAt: row.due_at, closesAt: row.closes_at }));
}
