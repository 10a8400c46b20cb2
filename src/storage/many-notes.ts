import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { type NoteToPut, takeOffWaiting } from './card-notes.ts';
import type { Trx } from './database.ts';
import { markMessagesWithNotes } from './messages.ts';

export interface NewNote {
  id: string;
  receiverId: string;
}

/** Writes any number of notes, each once for its subject and receiver. Returns those that did not ask already. */
export async function insertNotes(
  trx: Trx,
  workspaceId: string,
  notes: readonly NoteToPut[],
  at: Date,
): Promise<NewNote[]> {
  const values = notes.map((note) => ({
    n: randomUUID(),
    k: note.kind,
    r: note.receiverId,
    a: note.aboutId,
    s: note.subjectId,
  }));
  const { rows } = await sql<{ note_id: string; receiver_id: string }>`
    insert into card_note (workspace_id, note_id, kind, receiver_id, about_id, subject_id, made_at)
    select ${workspaceId}, n, k, r, a, s, ${at}
    from jsonb_to_recordset(${JSON.stringify(values)}::jsonb) as v(n uuid, k text, r text, a text, s uuid)
    on conflict (workspace_id, kind, receiver_id, subject_id) do update
      set settled_at = null, made_at = excluded.made_at where card_note.settled_at is not null
    returning note_id, receiver_id`.execute(trx);
  // One that asks again may stand on an older card as settled, or wait on one.
  const ids = rows.map((row) => row.note_id);
  await takeOffWaiting(trx, workspaceId, ids);
  await markMessagesWithNotes(trx, workspaceId, ids);
  return rows.map((row) => ({ id: row.note_id, receiverId: row.receiver_id }));
}

/** Puts notes on cards that have not gone out, one for each receiver. Returns the notes whose card took none. */
export async function linkNotes(
  trx: Trx,
  workspaceId: string,
  notes: readonly NewNote[],
  cards: readonly { key: string; receiverId: string; at: Date }[],
): Promise<NewNote[]> {
  const values = cards.map((card) => ({
    d: randomUUID(),
    p: randomUUID(),
    k: card.key,
    r: card.receiverId,
    at: card.at,
  }));
  const { rows } = await sql<{ delivery_id: string; receiver_id: string }>`
    insert into delivery (workspace_id, delivery_id, post_key, kind, key, receiver_id, due_at, state)
    select ${workspaceId}, d, p, 'card', k, r, at, 'pending'
    from jsonb_to_recordset(${JSON.stringify(values)}::jsonb) as v(d uuid, p uuid, k text, r text, at timestamptz)
    order by k
    on conflict (workspace_id, key) do update set due_at = least(delivery.due_at, excluded.due_at)
      where delivery.state = 'pending'
    returning delivery_id, receiver_id`.execute(trx);
  const cardOf = new Map(rows.map((row) => [row.receiver_id, row.delivery_id]));
  const links = notes.flatMap(({ id, receiverId }) => {
    const deliveryId = cardOf.get(receiverId);
    return deliveryId === undefined ? [] : [{ d: deliveryId, n: id }];
  });
  await sql`
    insert into delivery_note (workspace_id, delivery_id, note_id)
    select ${workspaceId}, d, n
    from jsonb_to_recordset(${JSON.stringify(links)}::jsonb) as v(d uuid, n uuid)
    on conflict do nothing`.execute(trx);
  return notes.filter(({ receiverId }) => !cardOf.has(receiverId));
}
