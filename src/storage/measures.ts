import { sql } from 'kysely';
import type { OccurrenceEnding } from '#domain/adherence.ts';
import type { EligibleRep } from '#domain/coverage.ts';
import type { DutyKind, OccurrenceState } from '#domain/occurrence.ts';
import type { Evidence, Outcome } from '#domain/one-on-one.ts';
import type { Trx } from './database.ts';
import { takenBack } from './taken-back.ts';

/** An occurrence that fell due in a period, of anybody, who has left since included. */
export interface CountedOccurrence extends OccurrenceEnding {
  dueAt: Date;
}

/** Of an occurrence `o`: it had closed unfinished, and was done all the same. */
export const isLate = sql<boolean>`
  o.state = 'expired' and (
      exists (select from one_on_one_log l
        where l.workspace_id = o.workspace_id and l.occurrence_id = o.occurrence_id and l.late
          and l.withdrawn_at is null)
      or exists (select from debrief d
        where d.workspace_id = o.workspace_id and d.occurrence_id = o.occurrence_id and d.late
          and d.withdrawn_at is null)
      or exists (select from check_in c
        where c.workspace_id = o.workspace_id and c.occurrence_id = o.occurrence_id and c.late)
      or exists (select from time_report t
        where t.workspace_id = o.workspace_id and t.occurrence_id = o.occurrence_id and t.late)
      or exists (select from practice_review p
        where p.workspace_id = o.workspace_id and p.occurrence_id = o.occurrence_id and p.late)
      or o.kind = 'commitment' and exists (select from commitment c
        where c.workspace_id = o.workspace_id and c.commitment_id = o.subject_id and c.closed_at > o.settled_at)
    )`;

/** What fell due from one instant up to another, without names. */
export async function occurrencesDue(
  trx: Trx,
  workspaceId: string,
  from: Date,
  until: Date,
): Promise<CountedOccurrence[]> {
  const { rows } = await sql<{ kind: DutyKind; state: OccurrenceState; due_at: Date; late: boolean }>`
    select o.kind, o.due_at,
           case when o.state = 'done' and o.reason = ${takenBack} then 'excused' else o.state end as state,
           ${isLate} as late
    from occurrence o
    where o.workspace_id = ${workspaceId} and o.due_at >= ${from} and o.due_at < ${until}`.execute(trx);
  return rows.map(({ kind, state, due_at, late }) => ({ kind, state, dueAt: due_at, late }));
}

/**
 * Of whom a live call was to be observed in a month ('2026-03'): whoever had that occurrence, unless all of theirs
 * were excused.
 */
export async function repsToObserve(trx: Trx, workspaceId: string, month: string): Promise<EligibleRep[]> {
  const { rows } = await sql<{ user_id: string; wave: number | null }>`
    select m.user_id, m.wave from member m
    where m.workspace_id = ${workspaceId} and exists (
      select from occurrence o
      where o.workspace_id = m.workspace_id and o.about_id = m.user_id and o.kind = 'observed_call'
        and o.period = ${month} and o.state <> 'excused')`.execute(trx);
  return rows.map((row) => ({ repId: row.user_id, wave: row.wave }));
}

export interface CommitmentEnd {
  byDate: string;
  outcome: Outcome | null;
  evidence: Evidence | null;
}

/** What was to be tried by a date in a period, both days included. */
export async function commitmentsBy(
  trx: Trx,
  workspaceId: string,
  from: string,
  until: string,
): Promise<CommitmentEnd[]> {
  const rows = await trx
    .selectFrom('commitment')
    .select(['by_date', 'outcome', 'evidence'])
    .where('workspace_id', '=', workspaceId)
    .where('by_date', '>=', from)
    .where('by_date', '<=', until)
    // What was withdrawn or replaced before its time was not to be verified any more.
    .where('state', 'in', ['open', 'closed'])
    .execute();
  return rows.map((row) => ({ byDate: row.by_date, outcome: row.outcome, evidence: row.evidence }));
}
