import { sql } from 'kysely';
import type { Rule } from '#domain/recurrence.ts';
import type { Upcoming } from './cadences.ts';
import type { Trx } from './database.ts';

/** What a rule has made and is to make, with whose time it goes by. */
export interface RuleTimes {
  id: string;
  rule: Rule;
  timeZone: string;
  workingDays: number[];
  country: string | null;
  next: Upcoming;
  /** Made, and still ahead. */
  ahead: { id: string; period: string; dueAt: Date; closesAt: Date }[];
}

/** Locked; those that go on. */
export async function ruleTimes(trx: Trx, workspaceId: string, now: Date): Promise<RuleTimes[]> {
  const { rows } = await sql<{
    cadence_id: string;
    rule: Rule;
    time_zone: string;
    working_days: number[];
    country: string | null;
    next_period: string;
    next_due_at: Date;
    plan_at: Date;
    ahead: { id: string; period: string; due: number; closes: number }[] | null;
  }>`
    select c.cadence_id, c.rule, m.time_zone, m.working_days, m.country, c.next_period, c.next_due_at, c.plan_at,
      (select jsonb_agg(jsonb_build_object('id', o.occurrence_id, 'period', o.period,
          'due', extract(epoch from o.due_at) * 1000, 'closes', extract(epoch from o.closes_at) * 1000))
       from occurrence o
       where o.workspace_id = c.workspace_id and o.cadence_id = c.cadence_id and o.state = 'planned'
         and o.due_at > ${now}) as ahead
    from cadence c
    join member m on m.workspace_id = c.workspace_id and m.user_id = c.asked_id
    where c.workspace_id = ${workspaceId} and c.ended_at is null and c.rule is not null
      and c.next_due_at is not null
    order by c.cadence_id
    for update of c`.execute(trx);
  return rows.map((row) => ({
    id: row.cadence_id,
    rule: row.rule,
    timeZone: row.time_zone,
    workingDays: row.working_days,
    country: row.country,
    next: { period: row.next_period, dueAt: row.next_due_at, planAt: row.plan_at },
    ahead: (row.ahead ?? []).map((one) => ({
      id: one.id,
      period: one.period,
      dueAt: new Date(one.due),
      closesAt: new Date(one.closes),
    })),
  }));
}
