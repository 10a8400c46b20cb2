import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { type OccurrenceState, statesBefore } from '#domain/occurrence.ts';
import { type Pillar, pillars } from '#domain/pillar.ts';
import type { CheckInAnswer, CheckInSide } from '#domain/retention.ts';
import { askTogether } from './ask-together.ts';
import type { Trx } from './database.ts';
import { mergedRows } from './merged.ts';

export type CheckInAnswers = Partial<Record<Pillar, CheckInAnswer>>;

/** What one side answered. */
export interface Answered {
  id: string;
  answers: CheckInAnswers;
  example: string | null;
  late: boolean;
}

/** One check-in of one rep, with whom it is asked of now and what has been answered. */
export interface CheckInFacts {
  occurrenceId: string;
  state: OccurrenceState;
  dueAt: Date;
  day: number;
  enrolmentId: string;
  programmeId: string;
  programmeName: string;
  pillars: Pillar[];
  repId: string;
  repName: string;
  /** Who is asked beside the rep: whom they report to now, or who stands in. */
  managerId: string | null;
  managerName: string | null;
  /** Whom the rep reports to now, where somebody else is asked instead. */
  stoodInForId: string | null;
  rep: Answered | null;
  manager: Answered | null;
}

interface Row {
  occurrence_id: string;
  state: OccurrenceState;
  due_at: Date;
  day: number;
  enrolment_id: string;
  programme_id: string;
  programme_name: string;
  pillars: Pillar[];
  rep_id: string;
  rep_name: string;
  manager_id: string | null;
  manager_name: string | null;
  stood_in_for_id: string | null;
  rep: Answered | null;
  manager: Answered | null;
}

/** Check-ins by occurrence, of a programme, of a rep or of a manager's reps; in the order of days and names. */
export async function checkInsWhere(
  trx: Trx,
  workspaceId: string,
  which: {
    occurrenceIds?: readonly string[];
    programmeId?: string;
    day?: number;
    repId?: string;
    managerId?: string;
  },
): Promise<CheckInFacts[]> {
  const { occurrenceIds, programmeId, day, repId, managerId } = which;
  const side = (name: CheckInSide) => sql`
    (select jsonb_build_object('id', c.check_in_id, 'answers', c.answers, 'example', c.example, 'late', c.late)
     from check_in c
     where c.workspace_id = o.workspace_id and c.enrolment_id = e.enrolment_id
       and c.day = substr(o.period, 2)::int and c.side = ${name})`;
  const query = sql<Row>`
    select o.occurrence_id, o.state, o.due_at, substr(o.period, 2)::int as day, e.enrolment_id, p.programme_id,
           p.name as programme_name, p.pillars, e.rep_id, rep.name as rep_name,
           manager.user_id as manager_id, manager.name as manager_name,
           case when o.stand_in_id is not null then r.manager_id end as stood_in_for_id, ${side('rep')} as rep, ${side('manager')} as manager
    from occurrence o
    join enrolment e on e.workspace_id = o.workspace_id and e.enrolment_id = o.subject_id
    join programme p on p.workspace_id = e.workspace_id and p.programme_id = e.programme_id
    join member rep on rep.workspace_id = e.workspace_id and rep.user_id = e.rep_id
    left join reporting r on r.workspace_id = e.workspace_id and r.rep_id = e.rep_id and r.until is null
    left join member manager
      on manager.workspace_id = o.workspace_id and manager.user_id = coalesce(o.stand_in_id, r.manager_id)
    where o.workspace_id = ${workspaceId} and o.kind = 'check_in'
      and ${occurrenceIds === undefined ? sql`true` : sql`o.occurrence_id = any (${[...occurrenceIds]}::uuid[])`}
      and ${programmeId === undefined ? sql`true` : sql`e.programme_id = ${programmeId}`}
      and ${day === undefined ? sql`true` : sql`o.period = ${`D${day}`}`}
      and ${repId === undefined ? sql`true` : sql`e.rep_id = ${repId}`}
      and ${managerId === undefined ? sql`true` : sql`${managerId} in (r.manager_id, o.stand_in_id)`}
    order by day, rep.name, o.occurrence_id`;
  const rows = await askTogether(trx, query, { due_at: 'instant' });
  return rows.map((row) => ({
    occurrenceId: row.occurrence_id,
    state: row.state,
    dueAt: row.due_at,
    day: row.day,
    enrolmentId: row.enrolment_id,
    programmeId: row.programme_id,
    programmeName: row.programme_name,
    pillars: pillars.filter((one) => row.pillars.includes(one)),
    repId: row.rep_id,
    repName: row.rep_name,
    managerId: row.manager_id,
    managerName: row.manager_name,
    stoodInForId: row.stood_in_for_id,
    rep: row.rep,
    manager: row.manager,
  }));
}

/** The same by occurrence. */
export const checkInsOf = mergedRows<CheckInFacts>(
  (trx, workspaceId, occurrenceIds) => checkInsWhere(trx, workspaceId, { occurrenceIds }),
  (one) => one.occurrenceId,
);

/** Whoever answers holds the occurrence until the transaction ends, so that of two sides one comes second. */
export async function lockCheckIns(
  trx: Trx,
  workspaceId: string,
  occurrenceIds: readonly string[],
): Promise<void> {
  await sql`
    select 1 from occurrence
    where workspace_id = ${workspaceId} and occurrence_id = any (${[...occurrenceIds]}::uuid[])
    order by occurrence_id
    for no key update`.execute(trx);
}

export interface CheckInToSave {
  enrolmentId: string;
  day: number;
  side: CheckInSide;
  occurrenceId: string;
  answers: CheckInAnswers;
  example: string | null;
  late: boolean;
}

/**
 * One row for each enrolment, day and side, whatever is corrected later; a correction of what came in time is not
 * late. Returns their ids with what they say now.
 */
export async function saveCheckIns(
  trx: Trx,
  workspaceId: string,
  some: readonly CheckInToSave[],
  answered: { by: string; at: Date },
): Promise<{ id: string; answers: CheckInAnswers; example: string | null }[]> {
  if (some.length === 0) return [];
  const values = some.map((one) => ({
    c: randomUUID(),
    e: one.enrolmentId,
    d: one.day,
    side: one.side,
    o: one.occurrenceId,
    a: one.answers,
    x: one.example,
    late: one.late,
  }));
  const { rows } = await sql<{ check_in_id: string; answers: CheckInAnswers; example: string | null }>`
    insert into check_in (workspace_id, check_in_id, enrolment_id, day, side, occurrence_id, answers, example, late,
                          answered_by, answered_at)
    select ${workspaceId}, c, e, d, side, o, a, x, late, ${answered.by}, ${answered.at}
    from jsonb_to_recordset(${JSON.stringify(values)}::jsonb)
      as v(c uuid, e uuid, d smallint, side text, o uuid, a jsonb, x text, late boolean)
    on conflict (workspace_id, enrolment_id, day, side) do update
      set answers = excluded.answers, example = excluded.example, answered_by = excluded.answered_by,
          answered_at = excluded.answered_at
    returning check_in_id, answers, example`.execute(trx);
  return rows.map((row) => ({ id: row.check_in_id, answers: row.answers, example: row.example }));
}

/** Those that are still open; what has ended stays as it ended. */
export async function fulfilCheckIns(
  trx: Trx,
  workspaceId: string,
  occurrenceIds: readonly string[],
  at: Date,
): Promise<void> {
  if (occurrenceIds.length === 0) return;
  await trx
    .updateTable('occurrence')
    .set({ state: 'done', settled_at: at })
    .where('workspace_id', '=', workspaceId)
    .where('occurrence_id', 'in', [...occurrenceIds])
    .where('state', 'in', statesBefore('done'))
    .execute();
}

/**
 * Plans the messages of open check-ins of these reps anew, where they have been planned: they go to whoever is
 * the manager now, and no longer to whoever was.
 */
export async function askCheckInsAnew(
  trx: Trx,
  workspaceId: string,
  repIds: readonly string[],
  at: Date,
): Promise<void> {
  if (repIds.length === 0) return;
  await sql`
    with open as (
      select occurrence_id from occurrence
      where workspace_id = ${workspaceId} and kind = 'check_in' and about_id = any (${[...repIds]}::text[])
        and state in ('planned', 'due') and ask_at is null
      order by occurrence_id
      for no key update
    ), anew as (
      update occurrence o set ask_at = ${at} from open
      where o.workspace_id = ${workspaceId} and o.occurrence_id = open.occurrence_id
      returning o.occurrence_id, o.about_id
    )
    delete from delivery_occurrence link using anew, delivery d
    where link.workspace_id = ${workspaceId} and link.occurrence_id = anew.occurrence_id
      and d.workspace_id = link.workspace_id and d.delivery_id = link.delivery_id
      and d.state = 'pending' and d.receiver_id <> anew.about_id`.execute(trx);
}
