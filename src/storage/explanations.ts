import { sql } from 'kysely';
import type { NoteKind } from '#domain/note.ts';
import type { DutyKind } from '#domain/occurrence.ts';
import type { Trx } from './database.ts';

export interface ExplainedDelivery {
  kind: string;
  key: string;
  state: string;
  /** None where it went to a channel. */
  receiver: { name: string; timeZone: string } | null;
  dueAt: Date;
  intentAt: Date | null;
  settledAt: Date | null;
  attempts: number;
  lastAnswer: string | null;
  edit: { state: string; version: number; lastAnswer: string | null } | null;
  occurrences: ExplainedOccurrence[];
  notes: ExplainedNote[];
  /** Why it took along what was to be another message; a reason for each. */
  tookAlong: string[];
}

export interface ExplainedNote {
  kind: NoteKind;
  aboutName: string;
}

export interface ExplainedOccurrence {
  kind: DutyKind;
  period: string;
  aboutName: string;
  state: string;
  dueAt: Date;
  closesAt: Date;
  reason: string | null;
}

/** The ledger row behind a message that stands in Slack, and what it asked about. */
export async function findDeliveryOfMessage(
  trx: Trx,
  workspaceId: string,
  message: { channel: string; ts: string },
): Promise<ExplainedDelivery | undefined> {
  const row = await trx
    .selectFrom('message')
    .innerJoin('delivery', (join) =>
      join
        .onRef('delivery.workspace_id', '=', 'message.workspace_id')
        .onRef('delivery.delivery_id', '=', 'message.delivery_id'),
    )
    .leftJoin('member', (join) =>
      join
        .onRef('member.workspace_id', '=', 'delivery.workspace_id')
        .onRef('member.user_id', '=', 'delivery.receiver_id'),
    )
    .leftJoin('edit', (join) =>
      join
        .onRef('edit.workspace_id', '=', 'message.workspace_id')
        .onRef('edit.message_id', '=', 'message.message_id'),
    )
    .selectAll('delivery')
    .select(['member.name', 'member.time_zone', 'edit.state as edit_state', 'edit.version'])
    .select('edit.last_answer as edit_answer')
    .where('message.workspace_id', '=', workspaceId)
    .where('message.channel', '=', message.channel)
    .where('message.ts', '=', message.ts)
    .executeTakeFirst();
  if (row === undefined) return undefined;
  return {
    kind: row.kind,
    key: row.key,
    state: row.state,
    receiver:
      row.name === null || row.time_zone === null ? null : { name: row.name, timeZone: row.time_zone },
    dueAt: row.due_at,
    intentAt: row.intent_at,
    settledAt: row.settled_at,
    attempts: row.attempts,
    lastAnswer: row.last_answer,
    edit:
      row.edit_state === null
        ? null
        : { state: row.edit_state, version: row.version ?? 0, lastAnswer: row.edit_answer },
    occurrences: await occurrencesOf(trx, workspaceId, row.delivery_id),
    notes: await notesOf(trx, workspaceId, row.delivery_id),
    tookAlong: await tookAlong(trx, workspaceId, row.delivery_id),
  };
}

async function occurrencesOf(
  trx: Trx,
  workspaceId: string,
  deliveryId: string,
): Promise<ExplainedOccurrence[]> {
  const { rows } = await sql<{
    kind: DutyKind;
    period: string;
    name: string;
    state: string;
    due_at: Date;
    closes_at: Date;
    reason: string | null;
  }>`
    select o.kind, o.period, about.name, o.state, o.due_at, o.closes_at, o.reason
    from delivery_occurrence link
    join occurrence o using (workspace_id, occurrence_id)
    join member about on about.workspace_id = o.workspace_id and about.user_id = o.about_id
    where link.workspace_id = ${workspaceId} and link.delivery_id = ${deliveryId}
    order by o.due_at, about.name`.execute(trx);
  return rows.map((row) => ({
    kind: row.kind,
    period: row.period,
    aboutName: row.name,
    state: row.state,
    dueAt: row.due_at,
    closesAt: row.closes_at,
    reason: row.reason,
  }));
}

async function notesOf(trx: Trx, workspaceId: string, deliveryId: string): Promise<ExplainedNote[]> {
  const { rows } = await sql<{ kind: NoteKind; name: string }>`
    select n.kind, about.name
    from delivery_note link
    join card_note n using (workspace_id, note_id)
    join member about on about.workspace_id = n.workspace_id and about.user_id = n.about_id
    where link.workspace_id = ${workspaceId} and link.delivery_id = ${deliveryId}
    order by n.made_at, n.note_id`.execute(trx);
  return rows.map((row) => ({ kind: row.kind, aboutName: row.name }));
}

const carriedBy = 'carried_by ';

async function tookAlong(trx: Trx, workspaceId: string, deliveryId: string): Promise<string[]> {
  const rows = await trx
    .selectFrom('delivery')
    .select('reason')
    .where('workspace_id', '=', workspaceId)
    .where('state', '=', 'folded')
    .where('reason', 'like', `%${carriedBy}${deliveryId}`)
    .orderBy('due_at')
    .execute();
  return rows.map(({ reason }) => (reason ?? '').split(carriedBy)[0]?.replace(/, $/, '') ?? '');
}
