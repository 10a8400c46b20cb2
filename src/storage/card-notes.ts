import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { NoteKind } from '#domain/note.ts';
import { pendingCard } from './carry.ts';
import type { Trx } from './database.ts';
import { markMessagesWithNotes } from './messages.ts';

export interface NoteToPut {
  kind: NoteKind;
  receiverId: string;
  aboutId: string;
  subjectId: string;
}

/** Writes a note, once for its subject and receiver. Says its id, and whether it was new. */
export async function insertNote(
  trx: Trx,
  workspaceId: string,
  note: NoteToPut,
  at: Date,
): Promise<{ id: string; isNew: boolean }> {
  const id = randomUUID();
  const { rows } = await sql<{ note_id: string }>`
    insert into card_note (workspace_id, note_id, kind, receiver_id, about_id, subject_id, made_at)
    values (${workspaceId}, ${id}, ${note.kind}, ${note.receiverId}, ${note.aboutId}, ${note.subjectId}, ${at})
    on conflict (workspace_id, kind, receiver_id, subject_id) do update set kind = excluded.kind
    returning note_id`.execute(trx);
  const kept = rows[0]?.note_id ?? id;
  return { id: kept, isNew: kept === id };
}

/** Puts a note on a card that has not gone out; says whether there was one to take it. */
export async function linkNote(
  trx: Trx,
  workspaceId: string,
  noteId: string,
  card: { key: string; receiverId: string; at: Date },
): Promise<boolean> {
  const deliveryId = await pendingCard(trx, workspaceId, card);
  if (deliveryId === undefined) return false;
  await sql`
    insert into delivery_note (workspace_id, delivery_id, note_id)
    values (${workspaceId}, ${deliveryId}, ${noteId})
    on conflict do nothing`.execute(trx);
  return true;
}

/** The notes on a subject ask for nothing any more, and say so. */
export async function settleNotes(
  trx: Trx,
  workspaceId: string,
  which: { subjectId: string; kinds: readonly NoteKind[]; receiverId?: string },
  at: Date,
): Promise<void> {
  const settled = await trx
    .updateTable('card_note')
    .set({ settled_at: at })
    .where('workspace_id', '=', workspaceId)
    .where('subject_id', '=', which.subjectId)
    .where('kind', 'in', [...which.kinds])
    .where('settled_at', 'is', null)
    .$if(which.receiverId !== undefined, (query) => query.where('receiver_id', '=', which.receiverId ?? ''))
    .returning('note_id')
    .execute();
  await markMessagesWithNotes(
    trx,
    workspaceId,
    settled.map((row) => row.note_id),
  );
}

/** What a note shows has changed. */
export async function touchNotes(
  trx: Trx,
  workspaceId: string,
  which: { subjectId: string; kinds: readonly NoteKind[] },
): Promise<void> {
  const { rows } = await sql<{ note_id: string }>`
    select note_id from card_note
    where workspace_id = ${workspaceId} and subject_id = ${which.subjectId}
      and kind = any (${[...which.kinds]}::text[])
    for no key update`.execute(trx);
  await markMessagesWithNotes(
    trx,
    workspaceId,
    rows.map((row) => row.note_id),
  );
}
