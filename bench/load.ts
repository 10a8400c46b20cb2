import type pg from 'pg';
import type { Rule } from '#domain/recurrence.ts';
import { nextPlanned } from '#services/next-planned.ts';

/** What time it is in the benchmarks: a Monday. */
export const now = Date.parse('2026-03-02T12:00:00Z');

export interface Company {
  workspaces: number;
  /** In each, and one 1:1 cadence for each. */
  reps: number;
  zones: number;
}

const repsOfOneManager = 8;
const week = 7 * 24 * 60 * 60_000;

/** IANA zones from all over the list. */
export function zonesOf(count: number): string[] {
  const all = Intl.supportedValuesOf('timeZone');
  return Array.from({ length: count }, (_, index) => all[Math.floor((index * all.length) / count)] ?? 'UTC');
}

/** Workspaces and their people; managers are numbered m0, m1 and reps r0, r1. */
export async function loadPeople(client: pg.Client, { workspaces, reps, zones }: Company): Promise<void> {
  await client.query(
    `insert into workspace (workspace_id, team_id, name, bot_user_id, installed_at, started_at)
     select 'T' || w, 'T' || w, 'Workspace ' || w, 'UBOT', $2, $2 from generate_series(0, $1 - 1) w`,
    [workspaces, new Date(now - 52 * week)],
  );
  await client.query(
    `insert into member (workspace_id, user_id, name, time_zone, roles, dm_channel, status, updated_at)
     select 'T' || w, kind || n, kind || n, ($3::text[])[1 + n % cardinality($3::text[])],
            array[case kind when 'm' then 'manager' else 'rep' end], 'D' || w || kind || n, 'active', $4
     from generate_series(0, $1 - 1) w, generate_series(0, $2 - 1) n, unnest(array['m', 'r']) kind
     where kind = 'r' or n <= ($2 - 1) / ${repsOfOneManager}`,
    [workspaces, reps, zonesOf(zones), new Date(now)],
  );
  await client.query(
    `insert into reporting (workspace_id, rep_id, manager_id, since)
     select 'T' || w, 'r' || n, 'm' || n / ${repsOfOneManager}, $3
     from generate_series(0, $1 - 1) w, generate_series(0, $2 - 1) n`,
    [workspaces, reps, new Date(now - 52 * week)],
  );
}

/** A weekly 1:1 of every rep, all of them to be planned by `now`, or none of them for a week. */
export async function loadCadences(
  client: pg.Client,
  { workspaces, reps, zones }: Company,
  when: 'due' | 'later',
): Promise<void> {
  const slots = zonesOf(zones).flatMap((zone, number) =>
    [1, 2, 3, 4, 5].map((weekday) => {
      const rule: Rule = { kind: 'weekly', weekday, time: '16:00', interval: 1, anchor: '2026-01-05' };
      const inZone = { rule, timeZone: zone, workingDays: [1, 2, 3, 4, 5] };
      return { zone: number, weekday, rule, ...nextPlanned(inZone, when === 'due' ? now : now + week) };
    }),
  );
  await client.query(
    `insert into cadence (workspace_id, cadence_id, kind, asked_id, about_id, rule, next_period, next_due_at, plan_at)
     select 'T' || w, md5(w || ' ' || n)::uuid, 'one_on_one', 'm' || manager, 'r' || n, s.rule, s.period,
            s."dueAt", s."planAt"
     from (
       select w, n, n / ${repsOfOneManager} as manager from generate_series(0, $1 - 1) w, generate_series(0, $2 - 1) n
     ) pair
     join jsonb_to_recordset($3::jsonb)
       as s (zone int, weekday int, rule jsonb, period text, "dueAt" timestamptz, "planAt" timestamptz)
       on s.zone = manager % $4 and s.weekday = 1 + n % 5`,
    [workspaces, reps, JSON.stringify(slots), zones],
  );
}
