import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { planAhead } from '#domain/duty.ts';
import { type DutyKind, statesBefore } from '#domain/occurrence.ts';
import type { Trx } from './database.ts';
import { markMessagesShowing } from './messages.ts';
import { together } from './together.ts';
import { writeTogether } from './write-together.ts';

/** An occurrence that falls due on a date somebody told, and not by a rule. */
export interface ToldOccurrence {
  kind: DutyKind;
  askedId: string;
  aboutId: string;
  /** The record it is about: a programme, a practice item, a commitment. */
  subjectId: string;
  /** Names it among those of its subject. */
  period: string;
  dueAt: Date;
  closesAt: Date;
}

/** Makes it, once for its subject and period. Returns its id, whether or not it was there before. */
export async function tellOccurrence(trx: Trx, workspaceId: string, one: ToldOccurrence): Promise<string> {
  const found = await sql<{ cadence_id: string }>`
    select cadence_id from cadence
    where workspace_id = ${workspaceId} and kind = ${one.kind} and asked_id = ${one.askedId}
      and about_id = ${one.aboutId} and subject_id = ${one.subjectId}
    order by ended_at nulls first limit 1`.execute(trx);
  const [row] = found.rows;
  return row === undefined
    ? tellFirstOccurrence(trx, workspaceId, one)
    : insertTold(trx, workspaceId, row.cadence_id, one);
}

/** The same of a subject that is being made in this transaction, so that nothing was told of it before. */
export async function tellFirstOccurrence(
  trx: Trx,
  workspaceId: string,
  one: ToldOccurrence,
): Promise<string> {
  const cadenceId = randomUUID();
  const cadence = trx
    .insertInto('cadence')
    .values({
      workspace_id: workspaceId,
      cadence_id: cadenceId,
      kind: one.kind,
      asked_id: one.askedId,
      about_id: one.aboutId,
      rule: null,
      subject_id: one.subjectId,
      next_period: null,
      next_due_at: null,
      plan_at: null,
      ended_at: null,
    })
    .returning('cadence_id');
  const [, id] = await together([writeTogether(trx, cadence), insertTold(trx, workspaceId, cadenceId, one)]);
  return id;
}

async function insertTold(
  trx: Trx,
  workspaceId: string,
  cadenceId: string,
  one: ToldOccurrence,
): Promise<string> {
  const askAt = new Date(one.dueAt.getTime() - planAhead);
  const write = sql<{ occurrence_id: string }>`
    insert into occurrence (workspace_id, occurrence_id, cadence_id, period, kind, asked_id, about_id, subject_id,
                            due_at, closes_at, ask_at, state)
    values (${workspaceId}, ${randomUUID()}, ${cadenceId}, ${one.period}, ${one.kind}, ${one.askedId},
            ${one.aboutId}, ${one.subjectId}, ${one.dueAt}, ${one.closesAt}, ${askAt}, 'planned')
    on conflict (workspace_id, cadence_id, period) do update set period = excluded.period
    returning occurrence_id`;
  const [made] = await writeTogether(trx, write);
  return made?.occurrence_id ?? '';
}

/** Moves what is still open; messages that have not gone out forget it, and are planned anew. */
export async function moveOccurrence(
  trx: Trx,
  workspaceId: string,
  occurrenceId: string,
  to: { dueAt: Date; closesAt: Date },
): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable('occurrence')
    .set({
      due_at: to.dueAt,
      closes_at: to.closesAt,
      ask_at: new Date(to.dueAt.getTime() - planAhead),
      snoozed_until: null,
      // What was asked for another date was not asked for this one.
      state: 'planned',
      asked_at: null,
    })
    .where('workspace_id', '=', workspaceId)
    .where('occurrence_id', '=', occurrenceId)
    .where('state', 'in', ['planned', 'due'])
    .executeTakeFirst();
  if (numUpdatedRows === 0n) return false;
  await forgetUnsent(trx, workspaceId, [occurrenceId]);
  await markMessagesShowing(trx, [{ workspaceId, id: occurrenceId }]);
  return true;
}

/** Takes occurrences off every message that has not gone out yet. */
export async function forgetUnsent(trx: Trx, workspaceId: string, occurrenceIds: string[]): Promise<void> {
  if (occurrenceIds.length === 0) return;
  await sql`
    delete from delivery_occurrence link using delivery d
    where link.workspace_id = ${workspaceId} and link.occurrence_id = any (${occurrenceIds}::uuid[])
      and d.workspace_id = link.workspace_id and d.delivery_id = link.delivery_id
      and d.state = 'pending'`.execute(trx);
}

/** Excuses one occurrence, if it is still open; its messages show it. */
export async function excuseOccurrence(
  trx: Trx,
  workspaceId: string,
  occurrenceId: string,
  reason: string,
  at: Date,
): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable('occurrence')
    .set({ state: 'excused', reason, settled_at: at, ask_at: null })
    .where('workspace_id', '=', workspaceId)
    .where('occurrence_id', '=', occurrenceId)
    .where('state', 'in', statesBefore('excused'))
    .executeTakeFirst();
  if (numUpdatedRows === 0n) return false;
  await markMessagesShowing(trx, [{ workspaceId, id: occurrenceId }]);
  return true;
}

/** Ends what is open of a subject in one of its kinds; whose messages are to be marked then. */
export async function endOpenOfSubject(
  trx: Trx,
  workspaceId: string,
  { subjectId, kind }: Pick<ToldOccurrence, 'subjectId' | 'kind'>,
  { state, reason, at }: { state: 'done' | 'excused'; reason: string | null; at: Date },
): Promise<string[]> {
  const write = trx
    .updateTable('occurrence')
    .set({ state, reason, settled_at: at, ...(state === 'excused' && { ask_at: null }) })
    .where('workspace_id', '=', workspaceId)
    .where('subject_id', '=', subjectId)
    .where('kind', '=', kind)
    .where('state', 'in', statesBefore(state))
    .returning('occurrence_id');
  return (await writeTogether(trx, write)).map((row) => row.occurrence_id);
}

/** The open occurrences of a subject: what is left of a programme for a rep, or of a practice item. */
export async function openOfSubject(
  trx: Trx,
  workspaceId: string,
  subjectId: string,
): Promise<{ id: string; kind: DutyKind; period: string; askedId: string; aboutId: string; dueAt: Date }[]> {
  const rows = await trx
    .selectFrom('occurrence')
    .select(['occurrence_id', 'kind', 'period', 'asked_id', 'about_id', 'due_at'])
    .where('workspace_id', '=', workspaceId)
    .where('subject_id', '=', subjectId)
    .where('state', 'in', ['planned', 'due'])
    .orderBy('due_at')
    .execute();
  return rows.map((row) => ({
    id: row.occurrence_id,
    kind: row.kind,
    period: row.period,
    askedId: row.asked_id,
    aboutId: row.about_id,
    dueAt: row.due_at,
  }));
}
