import { sql } from 'kysely';
import { type DutyKind, type OccurrenceEnd, type OccurrenceState, statesBefore } from '#domain/occurrence.ts';
import { askTogether } from './ask-together.ts';
import type { Trx } from './database.ts';
import { markMessagesShowing } from './messages.ts';

/**
 * Across workspaces: what has come due since. A row that somebody is just recording is skipped and left to the
 * next tick, here and in closing: who waits for many rows while others do would wait for ever.
 */
export async function letFallDue(trx: Trx, now: Date): Promise<number> {
  const result = await sql`
    with due as (
      select workspace_id, occurrence_id from occurrence where state = 'planned' and due_at <= ${now}
      for update skip locked
    )
    update occurrence o set state = 'due' from due
    where o.workspace_id = due.workspace_id and o.occurrence_id = due.occurrence_id`.execute(trx);
  return Number(result.numAffectedRows ?? 0n);
}

/** One whose time is over. */
export interface Overdue {
  workspaceId: string;
  id: string;
  kind: DutyKind;
  period: string;
  dueAt: Date;
  closesAt: Date;
  askedAt: Date | null;
}

/** Across workspaces: locks up to `limit` open occurrences that are over. */
export async function claimOverdue(trx: Trx, now: Date, limit: number): Promise<Overdue[]> {
  const { rows } = await sql<{
    workspace_id: string;
    occurrence_id: string;
    kind: DutyKind;
    period: string;
    due_at: Date;
    closes_at: Date;
    asked_at: Date | null;
  }>`
    select workspace_id, occurrence_id, kind, period, due_at, closes_at, asked_at from occurrence
    where state in ('planned', 'due') and closes_at <= ${now}
    limit ${limit}
    for update skip locked`.execute(trx);
  return rows.map((row) => ({
    workspaceId: row.workspace_id,
    id: row.occurrence_id,
    kind: row.kind,
    period: row.period,
    dueAt: row.due_at,
    closesAt: row.closes_at,
    askedAt: row.asked_at,
  }));
}

export interface EndedOccurrence {
  workspaceId: string;
  id: string;
  state: OccurrenceEnd;
  reason: string | null;
}

/** Across workspaces: ends what has been claimed. */
export async function endOccurrences(trx: Trx, ends: readonly EndedOccurrence[], at: Date): Promise<void> {
  const values = ends.map((one) => ({ w: one.workspaceId, o: one.id, s: one.state, r: one.reason }));
  await sql`
    update occurrence o set state = e.s, reason = e.r, settled_at = ${at}
    from jsonb_to_recordset(${JSON.stringify(values)}::jsonb) as e(w text, o uuid, s text, r text)
    where o.workspace_id = e.w and o.occurrence_id = e.o and o.state in ('planned', 'due')`.execute(trx);
}

export interface OpenOccurrence {
  id: string;
  dueAt: Date;
}

/** The occurrence that a log of this pair answers: the oldest that is still open, if it has begun. */
export async function openOccurrenceOfPair(
  trx: Trx,
  workspaceId: string,
  kind: DutyKind,
  askedId: string,
  aboutId: string,
): Promise<OpenOccurrence | undefined> {
  const query = trx
    .selectFrom('occurrence')
    .select(['occurrence_id', 'due_at'])
    .where('workspace_id', '=', workspaceId)
    .where('kind', '=', kind)
    .where('asked_id', '=', askedId)
    .where('about_id', '=', aboutId)
    .where('state', 'in', ['planned', 'due'])
    .orderBy('due_at')
    .limit(1);
  const [row] = await askTogether(trx, query, { due_at: 'instant' });
  return row && { id: row.occurrence_id, dueAt: row.due_at };
}

export async function findOccurrence(
  trx: Trx,
  workspaceId: string,
  occurrenceId: string,
): Promise<
  { id: string; state: OccurrenceState; askedId: string; aboutId: string; dueAt: Date } | undefined
> {
  const query = trx
    .selectFrom('occurrence')
    .select(['state', 'asked_id', 'about_id', 'due_at'])
    .where('workspace_id', '=', workspaceId)
    .where('occurrence_id', '=', occurrenceId);
  const [row] = await askTogether(trx, query, { due_at: 'instant' });
  return (
    row && {
      id: occurrenceId,
      state: row.state,
      askedId: row.asked_id,
      aboutId: row.about_id,
      dueAt: row.due_at,
    }
  );
}

/** Who changes it, or records a message that shows it, takes turns from here on. */
export async function lockedState(
  trx: Trx,
  workspaceId: string,
  occurrenceId: string,
): Promise<OccurrenceState | undefined> {
  const row = await trx
    .selectFrom('occurrence')
    .select('state')
    .where('workspace_id', '=', workspaceId)
    .where('occurrence_id', '=', occurrenceId)
    .forNoKeyUpdate()
    .executeTakeFirst();
  return row?.state;
}

/** Says whether it was still open; what has ended stays as it ended. */
export async function markDone(
  trx: Trx,
  workspaceId: string,
  occurrenceId: string,
  at: Date,
): Promise<boolean> {
  const result = await trx
    .updateTable('occurrence')
    .set({ state: 'done', settled_at: at })
    .where('workspace_id', '=', workspaceId)
    .where('occurrence_id', '=', occurrenceId)
    .where('state', 'in', statesBefore('done'))
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

/**
 * Taken before what a message shows is recorded: whoever changes one of its occurrences or notes then comes before, and
 * is seen, or after, and sees the message. Always in one order, so that two never wait for each other.
 */
export async function lockOccurrencesOf(trx: Trx, workspaceId: string, deliveryIds: string[]): Promise<void> {
  if (deliveryIds.length === 0) return;
  await sql`
    select 1 from occurrence o
    where o.workspace_id = ${workspaceId} and o.occurrence_id in (
      select occurrence_id from delivery_occurrence
      where workspace_id = ${workspaceId} and delivery_id = any (${deliveryIds}::uuid[])
    )
    order by o.occurrence_id
    for no key update of o`.execute(trx);
  await sql`
    select 1 from card_note n
    where n.workspace_id = ${workspaceId} and n.note_id in (
      select note_id from delivery_note
      where workspace_id = ${workspaceId} and delivery_id = any (${deliveryIds}::uuid[])
    )
    order by n.note_id
    for no key update of n`.execute(trx);
}

/**
 * Only the message to the person who is asked, or who stands in, counts as asking; a question to the other does
 * not, nor does a brief that names it days before.
 */
export async function markAsked(
  trx: Trx,
  workspaceId: string,
  deliveryIds: string[],
  at: Date,
): Promise<void> {
  if (deliveryIds.length === 0) return;
  await sql`
    update occurrence o set asked_at = ${at}
    from delivery_occurrence link join delivery d using (workspace_id, delivery_id)
    where o.workspace_id = ${workspaceId} and o.asked_at is null
      and link.workspace_id = o.workspace_id and link.occurrence_id = o.occurrence_id
      and (d.receiver_id = o.asked_id or (d.receiver_id = o.stand_in_id and o.asked_id <> o.about_id)) and d.delivery_id = any (${deliveryIds}::uuid[])
      and o.due_at < ${new Date(at.getTime() + dayLong)}`.execute(trx);
}

const dayLong = 24 * 60 * 60_000;

/** Ends the open occurrences of a cadence that nobody will be asked any more; their messages show it. */
export async function excuseOpenOf(
  trx: Trx,
  workspaceId: string,
  cadenceId: string | readonly string[],
  reason: string,
  at: Date,
): Promise<void> {
  const { rows } = await sql<{ occurrence_id: string }>`
    with open as (
      select occurrence_id from occurrence
      where workspace_id = ${workspaceId} and cadence_id = any (${[cadenceId].flat()}::uuid[])
        and state = any (${statesBefore('excused')}::text[])
      order by occurrence_id
      for no key update
    )
    update occurrence o set state = 'excused', reason = ${reason}, settled_at = ${at}, ask_at = null from open
    where o.workspace_id = ${workspaceId} and o.occurrence_id = open.occurrence_id
    returning o.occurrence_id`.execute(trx);
  await markMessagesShowing(
    trx,
    rows.map((row) => ({ workspaceId, id: row.occurrence_id })),
  );
}
