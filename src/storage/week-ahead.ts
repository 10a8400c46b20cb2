import { sql } from 'kysely';
import type { DutyKind } from '#domain/occurrence.ts';
import type { Rule } from '#domain/recurrence.ts';
import type { Trx } from './database.ts';

/** A rule that goes on making occurrences, and from when. */
export interface CadenceAhead {
  kind: DutyKind;
  askedId: string;
  aboutId: string;
  rule: Rule;
  /** The next one to be made; null while nothing is planned of it. */
  nextDueAt: Date | null;
  pausedUntil: string | null;
}

/** Rules that are neither ended nor paused for good. */
export async function cadencesAhead(trx: Trx, workspaceId: string): Promise<CadenceAhead[]> {
  const { rows } = await sql<{
    kind: DutyKind;
    asked_id: string;
    about_id: string;
    rule: Rule;
    next_due_at: Date | null;
    paused_until: string | null;
  }>`
    select kind, asked_id, about_id, rule, next_due_at, paused_until from cadence
    where workspace_id = ${workspaceId} and ended_at is null and rule is not null
      and (paused_at is null or paused_until is not null)`.execute(trx);
  return rows.map((row) => ({
    kind: row.kind,
    askedId: row.asked_id,
    aboutId: row.about_id,
    rule: row.rule,
    nextDueAt: row.next_due_at,
    pausedUntil: row.paused_until,
  }));
}

export interface OpenAhead {
  kind: DutyKind;
  askedId: string;
  aboutId: string;
  period: string;
  dueAt: Date;
  closesAt: Date;
  snoozedUntil: Date | null;
}

/** Occurrences that are made already and still open. */
export async function openAhead(trx: Trx, workspaceId: string, now: Date): Promise<OpenAhead[]> {
  const rows = await trx
    .selectFrom('occurrence')
    .select(['kind', 'asked_id', 'about_id', 'period', 'due_at', 'closes_at', 'snoozed_until'])
    .where('workspace_id', '=', workspaceId)
    .where('state', 'in', ['planned', 'due'])
    .where('closes_at', '>', now)
    .execute();
  return rows.map((row) => ({
    kind: row.kind,
    askedId: row.asked_id,
    aboutId: row.about_id,
    period: row.period,
    dueAt: row.due_at,
    closesAt: row.closes_at,
    snoozedUntil: row.snoozed_until,
  }));
}

/** Notes that wait on messages which have not gone out, with the moment of the message. */
export async function notesAhead(
  trx: Trx,
  workspaceId: string,
): Promise<{ receiverId: string; aboutId: string; at: Date }[]> {
  const { rows } = await sql<{ receiver_id: string; about_id: string; due_at: Date }>`
    select n.receiver_id, n.about_id, d.due_at
    from delivery d
    join delivery_note link using (workspace_id, delivery_id)
    join card_note n using (workspace_id, note_id)
    where d.workspace_id = ${workspaceId} and d.state = 'pending' and n.settled_at is null`.execute(trx);
  return rows.map((row) => ({ receiverId: row.receiver_id, aboutId: row.about_id, at: row.due_at }));
}
