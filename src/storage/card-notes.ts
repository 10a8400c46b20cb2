import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { NoteKind } from '#domain/note.ts';
import { type Card, pendingCard, pendingCards } from './carry.ts';
import { chunked } from './chunked.ts';
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

/** Several at once; says those that are new, with their ids. */
export async function insertNotes<N extends NoteToPut>(
  trx: Trx,
  workspaceId: string,
  notes: readonly N[],
  at: Date,
): Promise<(N & { id: string })[]> {
  const made: (N & { id: string })[] = [];
  for (const some of chunked(notes)) {
    const withIds = new Map(some.map((note) => [randomUUID() as string, note]));
    const values = [...withIds].map(([n, one]) => ({
      n,
      k: one.kind,
      r: one.receiverId,
      a: one.aboutId,
      s: one.subjectId,
    }));
    // In one order, whoever else writes the same: neither is to wait for the other for ever.
    const { rows } = await sql<{ note_id: string }>`
      insert into card_note (workspace_id, note_id, kind, receiver_id, about_id, subject_id, made_at)
      select ${workspaceId}, n, k, r, a, s, ${at}::timestamptz
      from jsonb_to_recordset(${JSON.stringify(values)}::jsonb)
        as note(n uuid, k text, r text, a text, s uuid)
      order by k, r, s
      on conflict (workspace_id, kind, receiver_id, subject_id) do nothing
      returning note_id`.execute(trx);
    for (const { note_id: id } of rows) {
      const note = withIds.get(id);
      if (note !== undefined) made.push({ ...note, id });
    }
  }
  return made;
}

/** A note that had been settled asks again; says its id, where there was such a one. */
export async function reopenNote(
  trx: Trx,
  workspaceId: string,
  { kind, receiverId, subjectId }: NoteToPut,
  at: Date,
): Promise<string | undefined> {
  const row = await trx
    .updateTable('card_note')
    .set({ settled_at: null, made_at: at })
    .where('workspace_id', '=', workspaceId)
    .where('kind', '=', kind)
    .where('receiver_id', '=', receiverId)
    .where('subject_id', '=', subjectId)
    .where('settled_at', 'is not', null)
    .returning('note_id')
    .executeTakeFirst();
  if (row === undefined) return undefined;
  await takeOffWaiting(trx, workspaceId, [row.note_id]);
  await markMessagesWithNotes(trx, workspaceId, [row.note_id]);
  return row.note_id;
}

/** They stand on no card that has yet to go out, so that one other takes each. */
export async function takeOffWaiting(trx: Trx, workspaceId: string, noteIds: string[]): Promise<void> {
  await sql`
    delete from delivery_note link using delivery d
    where link.workspace_id = ${workspaceId} and link.note_id = any (${noteIds}::uuid[])
      and d.workspace_id = link.workspace_id and d.delivery_id = link.delivery_id and d.state = 'pending'`.execute(
    trx,
  );
}

/** The notes on a subject, taken off the cards that have yet to go out. */
export async function takeNotesOffWaiting(trx: Trx, workspaceId: string, which: WhichNotes): Promise<void> {
  const { rows } = await sql<{ note_id: string }>`${lockedNotes(workspaceId, which)} ${inOrder}`.execute(trx);
  await takeOffWaiting(
    trx,
    workspaceId,
    rows.map((row) => row.note_id),
  );
}

/** Puts a note on a card that has not gone out; says whether there was one to take it. */
export async function linkNote(trx: Trx, workspaceId: string, noteId: string, card: Card): Promise<boolean> {
  const deliveryId = await pendingCard(trx, workspaceId, card);
  if (deliveryId === undefined) return false;
  await sql`
    insert into delivery_note (workspace_id, delivery_id, note_id)
    values (${workspaceId}, ${deliveryId}, ${noteId})
    on conflict do nothing`.execute(trx);
  return true;
}

/** Several notes on a card each; says the ids of those that a card took. */
export async function linkNotes(
  trx: Trx,
  workspaceId: string,
  links: readonly { noteId: string; card: Card }[],
): Promise<Set<string>> {
  const taken = new Set<string>();
  for (const some of chunked(links)) {
    const cards = await pendingCards(
      trx,
      workspaceId,
      some.map(({ card }) => card),
    );
    const values = some.flatMap(({ noteId, card }) => {
      const deliveryId = cards.get(card.key);
      if (deliveryId === undefined) return [];
      taken.add(noteId);
      return [{ d: deliveryId, n: noteId }];
    });
    await sql`
      insert into delivery_note (workspace_id, delivery_id, note_id)
      select ${workspaceId}, d, n from jsonb_to_recordset(${JSON.stringify(values)}::jsonb) as link(d uuid, n uuid)
      on conflict do nothing`.execute(trx);
  }
  return taken;
}

/** Which notes: on a subject or on several, to everybody or to one person. */
export interface WhichNotes {
  subjectId: string | readonly string[];
  kinds: readonly NoteKind[];
  receiverId?: string;
}

/** The notes on a subject ask for nothing any more, and say so. */
export async function settleNotes(trx: Trx, workspaceId: string, which: WhichNotes, at: Date): Promise<void> {
  const { rows } = await sql<{ note_id: string }>`
    with open as (${lockedNotes(workspaceId, which)} and settled_at is null ${inOrder})
    update card_note n set settled_at = ${at} from open
    where n.workspace_id = ${workspaceId} and n.note_id = open.note_id
    returning n.note_id`.execute(trx);
  await markMessagesWithNotes(
    trx,
    workspaceId,
    rows.map((row) => row.note_id),
  );
}

/** What a note shows has changed. */
export async function touchNotes(trx: Trx, workspaceId: string, which: WhichNotes): Promise<void> {
  const { rows } = await sql<{ note_id: string }>`${lockedNotes(workspaceId, which)} ${inOrder}`.execute(trx);
  await markMessagesWithNotes(
    trx,
    workspaceId,
    rows.map((row) => row.note_id),
  );
}

const lockedNotes = (workspaceId: string, { subjectId, kinds, receiverId }: WhichNotes) => sql`
  select note_id from card_note
  where workspace_id = ${workspaceId} and subject_id = any (${[subjectId].flat()}::uuid[])
    and kind = any (${[...kinds]}::text[])
    and ${receiverId === undefined ? sql`true` : sql`receiver_id = ${receiverId}`}`;

/** The order in which whoever records a message locks its notes. */
const inOrder = sql`order by note_id for no key update`;
