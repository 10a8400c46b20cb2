import { sql } from 'kysely';
import type { Pause } from '#domain/slot.ts';
import type { Trx } from './database.ts';
import { takenBack } from './taken-back.ts';

/** A pair's weekly 1:1 as it stands, for the Home of either. */
export interface PairOverview {
  managerId: string;
  managerName: string;
  repId: string;
  repName: string;
  /** The open occurrence that is oldest; the one to come, or the one that waits to be logged. */
  next: { occurrenceId: string; dueAt: Date; answered: boolean } | null;
  lastHeldOn: string | null;
  commitment: { text: string; by: string; logId: string } | null;
  /** Its 1:1s are paused: until a date, or until they are resumed. */
  pause: Pause | null;
}

/** Current pairs in which somebody is the manager, or the rep. */
export async function pairsOf(
  trx: Trx,
  workspaceId: string,
  who: { managerId: string } | { repId: string },
): Promise<PairOverview[]> {
  const side = 'managerId' in who ? sql`r.manager_id = ${who.managerId}` : sql`r.rep_id = ${who.repId}`;
  const rows = await sql<{
    manager_id: string;
    manager_name: string;
    rep_id: string;
    rep_name: string;
    occurrence_id: string | null;
    due_at: Date | null;
    answered: boolean;
    held_on: string | null;
    text: string | null;
    by_date: string | null;
    log_id: string | null;
    paused_at: Date | null;
    paused_until: string | null;
  }>`
    select r.manager_id, manager.name as manager_name, r.rep_id, rep.name as rep_name,
           o.occurrence_id, o.due_at, p.occurrence_id is not null as answered, log.held_on, c.text, c.by_date, c.log_id,
           slot.paused_at, slot.paused_until
    from reporting r
    join member manager on manager.workspace_id = r.workspace_id and manager.user_id = r.manager_id
    join member rep on rep.workspace_id = r.workspace_id and rep.user_id = r.rep_id
    left join lateral (
      select occurrence_id, due_at from occurrence o
      where o.workspace_id = r.workspace_id and o.asked_id = r.manager_id and o.about_id = r.rep_id
        and o.kind = 'one_on_one'
        and o.state in ('planned', 'due')
      order by due_at limit 1
    ) o on true
    left join preparation p on p.workspace_id = r.workspace_id and p.occurrence_id = o.occurrence_id
    left join lateral (
      select held_on from one_on_one_log l
      where l.workspace_id = r.workspace_id and l.rep_id = r.rep_id and l.manager_id = r.manager_id
        and l.withdrawn_at is null
      order by logged_at desc limit 1
    ) log on true
    left join lateral (
      select text, by_date, log_id from commitment c
      where c.workspace_id = r.workspace_id and c.rep_id = r.rep_id and c.manager_id = r.manager_id
        and c.state = 'open'
      order by made_at desc limit 1
    ) c on true
    left join cadence slot on slot.workspace_id = r.workspace_id and slot.kind = 'one_on_one'
      and slot.asked_id = r.manager_id and slot.about_id = r.rep_id and slot.ended_at is null
    where r.workspace_id = ${workspaceId} and r.until is null and 'rep' = any (rep.roles) and ${side}
    order by rep.name`.execute(trx);
  return rows.rows.map((row) => ({
    managerId: row.manager_id,
    managerName: row.manager_name,
    repId: row.rep_id,
    repName: row.rep_name,
    next:
      row.occurrence_id === null || row.due_at === null
        ? null
        : { occurrenceId: row.occurrence_id, dueAt: row.due_at, answered: row.answered },
    lastHeldOn: row.held_on,
    commitment:
      row.text === null || row.by_date === null || row.log_id === null
        ? null
        : { text: row.text, by: row.by_date, logId: row.log_id },
    pause: row.paused_at === null ? null : { until: row.paused_until },
  }));
}

/** How the occurrences of a period ended, across the workspace and without names. */
export async function endingsSince(
  trx: Trx,
  workspaceId: string,
  since: Date,
): Promise<{ done: number; expired: number; excused: number; late: number }> {
  const rows = await sql<{ done: number; expired: number; excused: number; late: number }>`
    select count(*) filter (where o.state = 'done' and o.reason is null)::int as done,
           count(*) filter (where o.state = 'expired')::int as expired,
           count(*) filter (where o.state = 'excused' or (o.state = 'done' and o.reason = ${takenBack}))::int as excused,
           count(*) filter (where exists (
             select from one_on_one_log l
             where l.workspace_id = o.workspace_id and l.occurrence_id = o.occurrence_id and l.late
               and l.withdrawn_at is null))::int as late
    from occurrence o
    where o.workspace_id = ${workspaceId} and o.kind = 'one_on_one' and o.due_at >= ${since}`.execute(trx);
  return rows.rows[0] ?? { done: 0, expired: 0, excused: 0, late: 0 };
}
