import { sql } from 'kysely';
import type { Trx } from './database.ts';
import { writeTogether } from './write-together.ts';

/** A message that stands in Slack. */
export interface PostedMessage {
  id: string;
  deliveryId: string;
  channel: string;
  ts: string;
  /** Of what it shows; empty where that is not known. */
  contentHash: string;
  postedAt: Date;
}

export async function insertMessages(
  trx: Trx,
  workspaceId: string,
  messages: PostedMessage[],
): Promise<void> {
  if (messages.length === 0) return;
  await trx
    .insertInto('message')
    .values(
      messages.map((message) => ({
        workspace_id: workspaceId,
        message_id: message.id,
        delivery_id: message.deliveryId,
        channel: message.channel,
        ts: message.ts,
        content_hash: message.contentHash,
        posted_at: message.postedAt,
      })),
    )
    .execute();
}

/** A mark upon a mark: the latest wins, and the tries begin anew. */
const markedAgain = sql`
  on conflict (workspace_id, message_id) do update
    set version = edit.version + 1, state = 'pending', attempts = 0, retry_at = null`;

/** Marks every message that shows this occurrence as out of date. */
export async function markMessagesOf(trx: Trx, workspaceId: string, occurrenceId: string): Promise<void> {
  // Whoever is recording a message that shows it holds its row: once they are through, the message is there.
  await sql`
    select 1 from occurrence where workspace_id = ${workspaceId} and occurrence_id = ${occurrenceId}
    for no key update`.execute(trx);
  await markMessagesShowing(trx, [{ workspaceId, id: occurrenceId }]);
}

/** The same for many, of any workspace, whose rows are locked in this transaction. */
export async function markMessagesShowing(
  trx: Trx,
  occurrences: { workspaceId: string; id: string }[],
): Promise<void> {
  if (occurrences.length === 0) return;
  const values = occurrences.map((one) => ({ w: one.workspaceId, o: one.id }));
  const write = sql<{ version: number }>`
    insert into edit (workspace_id, message_id, version, state)
    select distinct m.workspace_id, m.message_id, 1, 'pending'
    from jsonb_to_recordset(${JSON.stringify(values)}::jsonb) as s(w text, o uuid)
    join delivery_occurrence link on link.workspace_id = s.w and link.occurrence_id = s.o
    join message m on m.workspace_id = link.workspace_id and m.delivery_id = link.delivery_id
    order by m.workspace_id, m.message_id
    ${markedAgain} returning version`;
  await writeTogether(trx, write);
}

/** What stood on earlier messages to the same person and is still open has moved onto these cards. */
export async function markEarlierMessages(trx: Trx, workspaceId: string, cardIds: string[]): Promise<void> {
  if (cardIds.length === 0) return;
  // In two steps: seven tables at once took longer to plan than to read (5 ms against 1, measured).
  await sql`
    with card as materialized (
      select now_on.occurrence_id, d.receiver_id, d.due_at
      from delivery d
      join delivery_occurrence now_on using (workspace_id, delivery_id)
      join occurrence o on o.workspace_id = d.workspace_id and o.occurrence_id = now_on.occurrence_id
        and o.state in ('planned', 'due')
      where d.workspace_id = ${workspaceId} and d.delivery_id = any (${cardIds}::uuid[]) and d.kind = 'card'
    )
    insert into edit (workspace_id, message_id, version, state)
    select distinct m.workspace_id, m.message_id, 1, 'pending'
    from card
    join delivery_occurrence was_on
      on was_on.workspace_id = ${workspaceId} and was_on.occurrence_id = card.occurrence_id
    join delivery earlier on earlier.workspace_id = was_on.workspace_id
      and earlier.delivery_id = was_on.delivery_id and earlier.receiver_id = card.receiver_id
      and earlier.due_at < card.due_at
    join message m on m.workspace_id = earlier.workspace_id and m.delivery_id = earlier.delivery_id
    order by m.workspace_id, m.message_id
    ${markedAgain}`.execute(trx);
}

/** The same for notes, whose rows are locked in this transaction. */
export async function markMessagesWithNotes(trx: Trx, workspaceId: string, noteIds: string[]): Promise<void> {
  if (noteIds.length === 0) return;
  await sql`
    insert into edit (workspace_id, message_id, version, state)
    select distinct m.workspace_id, m.message_id, 1, 'pending'
    from delivery_note link
    join message m on m.workspace_id = link.workspace_id and m.delivery_id = link.delivery_id
    where link.workspace_id = ${workspaceId} and link.note_id = any (${noteIds}::uuid[])
    order by m.workspace_id, m.message_id
    ${markedAgain}`.execute(trx);
}

export async function markMessages(
  trx: Trx,
  workspaceId: string,
  messageIds: readonly string[],
): Promise<void> {
  if (messageIds.length === 0) return;
  await sql`
    insert into edit (workspace_id, message_id, version, state)
    select ${workspaceId}, id, 1, 'pending' from unnest(${[...messageIds]}::uuid[]) as marked(id)
    order by id
    ${markedAgain}`.execute(trx);
}

/** Keeps the address through which Slack takes edits of a pressed message without counting them as calls. */
export async function keepResponseUrl(
  trx: Trx,
  workspaceId: string,
  message: { channel: string; ts: string },
  responseUrl: string,
  until: Date,
): Promise<void> {
  await sql`
    insert into edit (workspace_id, message_id, version, state, response_url, response_url_until)
    select workspace_id, message_id, 0, 'done', ${responseUrl}, ${until} from message
    where workspace_id = ${workspaceId} and channel = ${message.channel} and ts = ${message.ts}
    on conflict (workspace_id, message_id) do update
      set response_url = excluded.response_url, response_url_until = excluded.response_url_until`.execute(
    trx,
  );
}
