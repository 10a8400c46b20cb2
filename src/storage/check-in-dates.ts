import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { checkInPeriod, planAhead } from '#domain/duty.ts';
import type { Trx } from './database.ts';
import { markMessagesShowing } from './messages.ts';

/** When one check-in of an enrolment falls due. */
export interface CheckInDate {
  enrolmentId: string;
  repId: string;
  day: number;
  dueAt: number;
  closesAt: number;
}

/** Makes check-ins of any number of enrolments at once; one that was ever there stays as it is. */
export async function tellCheckIns(
  trx: Trx,
  workspaceId: string,
  dates: readonly CheckInDate[],
): Promise<void> {
  if (dates.length === 0) return;
  const enrolments = [...new Map(dates.map((one) => [one.enrolmentId, one.repId]))];
  const wanted = enrolments.map(([e, r]) => ({ c: randomUUID(), e, r }));
  await sql`
    insert into cadence (workspace_id, cadence_id, kind, asked_id, about_id, subject_id)
    select ${workspaceId}, s.c, 'check_in', s.r, s.r, s.e
    from jsonb_to_recordset(${JSON.stringify(wanted)}::jsonb) as s(c uuid, e uuid, r text)
    where not exists (
      select from cadence where workspace_id = ${workspaceId} and kind = 'check_in' and subject_id = s.e
    )`.execute(trx);
  const values = dates.map((one) => ({ o: randomUUID(), ...asValues(one) }));
  await sql`
    insert into occurrence (workspace_id, occurrence_id, cadence_id, period, kind, asked_id, about_id, subject_id,
                            due_at, closes_at, ask_at, state)
    select c.workspace_id, s.o, c.cadence_id, s.p, 'check_in', c.asked_id, c.about_id, c.subject_id,
           s.due, s.closes, s.ask, 'planned'
    from jsonb_to_recordset(${JSON.stringify(values)}::jsonb)
      as s(o uuid, e uuid, p text, due timestamptz, closes timestamptz, ask timestamptz)
    join cadence c on c.workspace_id = ${workspaceId} and c.kind = 'check_in' and c.subject_id = s.e
    on conflict (workspace_id, cadence_id, period) do nothing`.execute(trx);
}

function asValues({ enrolmentId, day, dueAt, closesAt }: CheckInDate) {
  return {
    e: enrolmentId,
    p: checkInPeriod(day),
    due: new Date(dueAt),
    closes: new Date(closesAt),
    ask: new Date(dueAt - planAhead),
  };
}

/**
 * Moves those that are still open; messages that have not gone out forget them, and are planned anew. Says how
 * many were moved.
 */
export async function moveCheckIns(
  trx: Trx,
  workspaceId: string,
  dates: readonly CheckInDate[],
): Promise<number> {
  if (dates.length === 0) return 0;
  const { rows } = await sql<{ occurrence_id: string }>`
    update occurrence o
    set due_at = s.due, closes_at = s.closes, ask_at = s.ask, snoozed_until = null, state = 'planned',
        -- What was asked for another date was not asked for this one.
        asked_at = null
    from jsonb_to_recordset(${JSON.stringify(dates.map(asValues))}::jsonb)
      as s(e uuid, p text, due timestamptz, closes timestamptz, ask timestamptz)
    where o.workspace_id = ${workspaceId} and o.kind = 'check_in' and o.subject_id = s.e and o.period = s.p
      and o.state in ('planned', 'due') and o.due_at <> s.due
    returning o.occurrence_id`.execute(trx);
  const moved = rows.map((row) => row.occurrence_id);
  await sql`
    delete from delivery_occurrence link using delivery d
    where link.workspace_id = ${workspaceId} and link.occurrence_id = any (${moved}::uuid[])
      and d.workspace_id = link.workspace_id and d.delivery_id = link.delivery_id
      and d.state = 'pending'`.execute(trx);
  await markMessagesShowing(
    trx,
    moved.map((id) => ({ workspaceId, id })),
  );
  return moved.length;
}

/** Every check-in of these enrolments that has not ended. */
export async function openCheckInsOf(
  trx: Trx,
  workspaceId: string,
  enrolmentIds: readonly string[],
): Promise<{ id: string; enrolmentId: string; day: number }[]> {
  const { rows } = await sql<{ occurrence_id: string; subject_id: string; day: number }>`
    select occurrence_id, subject_id, substr(period, 2)::int as day from occurrence
    where workspace_id = ${workspaceId} and kind = 'check_in'
      and subject_id = any (${[...enrolmentIds]}::uuid[]) and state in ('planned', 'due')
    order by occurrence_id
    for no key update`.execute(trx);
  return rows.map((row) => ({ id: row.occurrence_id, enrolmentId: row.subject_id, day: row.day }));
}

/** Excuses them if they are still open; their messages show it. Says how many were. */
export async function excuseCheckIns(
  trx: Trx,
  workspaceId: string,
  occurrenceIds: readonly string[],
  reason: string,
  at: Date,
): Promise<number> {
  if (occurrenceIds.length === 0) return 0;
  const { rows } = await sql<{ occurrence_id: string }>`
    update occurrence set state = 'excused', reason = ${reason}, settled_at = ${at}, ask_at = null
    where workspace_id = ${workspaceId} and occurrence_id = any (${[...occurrenceIds]}::uuid[])
      and state in ('planned', 'due')
    returning occurrence_id`.execute(trx);
  await markMessagesShowing(
    trx,
    rows.map((row) => ({ workspaceId, id: row.occurrence_id })),
  );
  return rows.length;
}
