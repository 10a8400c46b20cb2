import { sql } from 'kysely';
import type { DutyKind } from '#domain/occurrence.ts';
import type { Rule } from '#domain/recurrence.ts';
import type { Cadence, Upcoming } from './cadences.ts';
import type { Trx } from './database.ts';
import { endedIds } from './workspaces.ts';

/** A cadence whose next occurrence is to be made now, with the zone of whoever is asked. */
export interface DueCadence extends Cadence {
  rule: Rule;
  next: Upcoming;
  timeZone: string;
  workingDays: number[];
  country: string | null;
}

/**
 * Takes up to `limit` cadences that are due and locks them until the transaction ends. Other planners skip
 * what is locked, so that several share the work and none plans twice.
 */
export async function claimDueCadences(trx: Trx, now: Date, limit: number): Promise<DueCadence[]> {
  const rows = await trx
    .selectFrom('cadence')
    .innerJoin('member', (join) =>
      join
        .onRef('member.workspace_id', '=', 'cadence.workspace_id')
        .onRef('member.user_id', '=', 'cadence.asked_id'),
    )
    .select([
      'cadence.workspace_id',
      'cadence.cadence_id',
      'cadence.kind',
      'cadence.asked_id',
      'cadence.about_id',
      'cadence.rule',
      'cadence.next_period',
      'cadence.next_due_at',
      'cadence.plan_at',
      'member.time_zone',
      'member.working_days',
      'member.country',
    ])
    .where('cadence.plan_at', '<=', now)
    .where('cadence.workspace_id', 'not in', endedIds(trx))
    .orderBy('cadence.plan_at')
    .limit(limit)
    .forUpdate('cadence')
    .skipLocked()
    .execute();
  return rows.map((row) => ({
    workspaceId: row.workspace_id,
    id: row.cadence_id,
    kind: row.kind,
    askedId: row.asked_id,
    aboutId: row.about_id,
    timeZone: row.time_zone,
    workingDays: row.working_days,
    country: row.country,
    ...upcoming(row),
  }));
}

function upcoming(row: {
  rule: Rule | null;
  next_period: string | null;
  next_due_at: Date | null;
  plan_at: Date | null;
}): { rule: Rule; next: Upcoming } {
  const { rule, next_period, next_due_at, plan_at } = row;
  if (rule === null || next_period === null || next_due_at === null || plan_at === null) {
    throw new Error('a cadence that is to be planned has no next occurrence');
  }
  return { rule, next: { period: next_period, dueAt: next_due_at, planAt: plan_at } };
}

export interface OccurrenceToPlan {
  workspaceId: string;
  id: string;
  cadenceId: string;
  period: string;
  kind: DutyKind;
  askedId: string;
  aboutId: string;
  dueAt: Date;
  closesAt: Date;
  /** When its messages are to be planned. */
  askAt: Date;
}

/** Makes occurrences and says how many; one that is there already (same cadence, same period) stays as it is. */
export async function insertOccurrences(trx: Trx, planned: OccurrenceToPlan[]): Promise<number> {
  const made = await sql`
    insert into occurrence
      (workspace_id, occurrence_id, cadence_id, period, kind, asked_id, about_id, due_at, closes_at, ask_at, state)
    select w, o, c, p, k, asked, about, ${instant('due')}, ${instant('closes')}, ${instant('ask')}, 'planned'
    from unnest(
      ${planned.map((one) => one.workspaceId)}::text[], ${planned.map((one) => one.id)}::uuid[],
      ${planned.map((one) => one.cadenceId)}::uuid[], ${planned.map((one) => one.period)}::text[],
      ${planned.map((one) => one.kind)}::text[], ${planned.map((one) => one.askedId)}::text[],
      ${planned.map((one) => one.aboutId)}::text[], ${instants(planned, 'dueAt')}::float8[],
      ${instants(planned, 'closesAt')}::float8[], ${instants(planned, 'askAt')}::float8[]
    ) as s (w, o, c, p, k, asked, about, due, closes, ask)
    on conflict (workspace_id, cadence_id, period) do nothing`.execute(trx);
  return Number(made.numAffectedRows ?? 0n);
}

export interface CadenceStep {
  workspaceId: string;
  id: string;
  next: Upcoming;
}

export async function advanceCadences(trx: Trx, steps: CadenceStep[]): Promise<void> {
  const next = steps.map((step) => step.next);
  await sql`
    update cadence set next_period = p, next_due_at = ${instant('due')}, plan_at = ${instant('plan')}
    from unnest(
      ${steps.map((step) => step.workspaceId)}::text[], ${steps.map((step) => step.id)}::uuid[],
      ${next.map((one) => one.period)}::text[], ${instants(next, 'dueAt')}::float8[],
      ${instants(next, 'planAt')}::float8[]
    ) as s (w, c, p, due, plan)
    where cadence.workspace_id = s.w and cadence.cadence_id = s.c`.execute(trx);
}

/** As milliseconds: a date in words costs more to write and to read than all else in its row. */
function instants<K extends string>(rows: Record<K, Date>[], name: K): number[] {
  return rows.map((row) => row[name].getTime());
}

const instant = (column: string) => sql`to_timestamp(${sql.ref(column)} / 1000)`;
