import { sql } from 'kysely';
import type { DutyKind } from '#domain/occurrence.ts';
import type { Rule } from '#domain/recurrence.ts';
import type { Upcoming } from './cadences.ts';
import type { Trx } from './database.ts';

/** A cadence that follows the workspace's rule. */
export interface RuledCadence {
  id: string;
  kind: DutyKind;
  rule: Rule;
  timeZone: string;
  workingDays: number[];
  country: string | null;
  nextDueAt: Date | null;
  /** When the last one that is made already falls due. */
  plannedUntil: Date | null;
}

/** Locked; those of pairs that have chosen a slot of their own are not among them. */
export async function ruledCadences(
  trx: Trx,
  workspaceId: string,
  kinds: readonly DutyKind[],
): Promise<RuledCadence[]> {
  const { rows } = await sql<{
    cadence_id: string;
    kind: DutyKind;
    rule: Rule;
    time_zone: string;
    working_days: number[];
    country: string | null;
    next_due_at: Date | null;
    planned_until: Date | null;
  }>`
    select c.cadence_id, c.kind, c.rule, m.time_zone, m.working_days, m.country, c.next_due_at,
           (select max(due_at) from occurrence o
            where o.workspace_id = c.workspace_id and o.cadence_id = c.cadence_id) as planned_until
    from cadence c
    join member m on m.workspace_id = c.workspace_id and m.user_id = c.asked_id
    where c.workspace_id = ${workspaceId} and c.kind = any (${[...kinds]}::text[])
      and c.ended_at is null and c.rule is not null and c.slot_set_at is null
    order by c.cadence_id
    for update of c`.execute(trx);
  return rows.map((row) => ({
    id: row.cadence_id,
    kind: row.kind,
    rule: row.rule,
    timeZone: row.time_zone,
    workingDays: row.working_days,
    country: row.country,
    nextDueAt: row.next_due_at,
    plannedUntil: row.planned_until,
  }));
}

export async function changeRules(
  trx: Trx,
  workspaceId: string,
  changes: { id: string; rule: Rule; next: Upcoming | undefined }[],
): Promise<void> {
  if (changes.length === 0) return;
  const values = changes.map(({ id, rule, next }) => ({
    c: id,
    r: rule,
    p: next?.period ?? null,
    d: next?.dueAt ?? null,
    a: next?.planAt ?? null,
  }));
  await sql`
    update cadence set rule = s.r, next_period = s.p, next_due_at = s.d, plan_at = s.a
    from jsonb_to_recordset(${JSON.stringify(values)}::jsonb)
      as s(c uuid, r jsonb, p text, d timestamptz, a timestamptz)
    where cadence.workspace_id = ${workspaceId} and cadence.cadence_id = s.c`.execute(trx);
}
