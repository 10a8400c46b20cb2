import { sql } from 'kysely';
import type { OccurrenceState } from '#domain/occurrence.ts';
import type { Trx } from './database.ts';

/** One time that a rep was, or is to be, asked for a practice item. */
export interface PracticeTime {
  occurrenceId: string;
  assignmentId: string;
  repId: string;
  state: OccurrenceState;
  reason: string | null;
  dueAt: Date;
  closesAt: Date;
  askedAt: Date | null;
  settledAt: Date | null;
  snoozedUntil: Date | null;
}

/** Of all items of these reps, the oldest first. */
export async function practiceTimesOf(
  trx: Trx,
  workspaceId: string,
  repIds: readonly string[],
): Promise<PracticeTime[]> {
  const { rows } = await sql<{
    occurrence_id: string;
    subject_id: string;
    asked_id: string;
    state: OccurrenceState;
    reason: string | null;
    due_at: Date;
    closes_at: Date;
    asked_at: Date | null;
    settled_at: Date | null;
    snoozed_until: Date | null;
  }>`
    select o.occurrence_id, o.subject_id, o.asked_id, o.state, o.reason, o.due_at, o.closes_at, o.asked_at,
           o.settled_at, o.snoozed_until
    from practice_assignment p
    join occurrence o on o.workspace_id = p.workspace_id and o.subject_id = p.assignment_id and o.kind = 'practice'
    where p.workspace_id = ${workspaceId} and p.rep_id = any (${[...repIds]}::text[])
    order by o.due_at, o.occurrence_id`.execute(trx);
  return rows.map((row) => ({
    occurrenceId: row.occurrence_id,
    assignmentId: row.subject_id,
    repId: row.asked_id,
    state: row.state,
    reason: row.reason,
    dueAt: row.due_at,
    closesAt: row.closes_at,
    askedAt: row.asked_at,
    settledAt: row.settled_at,
    snoozedUntil: row.snoozed_until,
  }));
}
