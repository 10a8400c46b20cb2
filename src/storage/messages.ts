import { sql } from 'kysely';
import type { DeliveryKind } from '#domain/delivery.ts';
import type { Trx } from './database.ts';

export interface PostedMessage {
  id: string;
  deliveryId: string;
  channel: string;
  ts: string;
  contentHash: string;
  postedAt: Date;
}

export async function insertMessage(trx: Trx, workspaceId: string, message: PostedMessage): Promise<void> {
  await trx
    .insertInto('message')
    .values({
      workspace_id: workspaceId,
      message_id: message.id,
      delivery_id: message.deliveryId,
      channel: message.channel,
      ts: message.ts,
      content_hash: message.contentHash,
      posted_at: message.postedAt,
    })
    .execute();
}

/** Marks every message that shows this occurrence as out of date; the latest mark wins. */
export async function markMessagesOf(trx: Trx, workspaceId: string, occurrenceId: string): Promise<void> {
  await sql`
    insert into edit (workspace_id, message_id, version, state)
    select m.workspace_id, m.message_id, 1, 'pending'
    from delivery_occurrence d join message m using (workspace_id, delivery_id)
    where d.workspace_id = ${workspaceId} and d.occurrence_id = ${occurrenceId}
    on conflict (workspace_id, message_id) do update
      set version = edit.version + 1, state = 'pending', attempts = 0, retry_at = null`.execute(trx);
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
      set response_url = excluded.response_url, response_url_until = excluded.response_url_until`.execute(trx);
}

export interface PendingEdit {
  messageId: string;
  deliveryId: string;
  kind: DeliveryKind;
  channel: string;
  ts: string;
  contentHash: string;
  version: number;
  attempts: number;
  responseUrl: string | null;
}

export async function pendingEdits(
  trx: Trx,
  workspaceId: string,
  machineNow: Date,
  limit: number,
): Promise<PendingEdit[]> {
  const rows = await trx
    .selectFrom('edit')
    .innerJoin('message', (join) =>
      join
        .onRef('message.workspace_id', '=', 'edit.workspace_id')
        .onRef('message.message_id', '=', 'edit.message_id'),
    )
    .innerJoin('delivery', (join) =>
      join
        .onRef('delivery.workspace_id', '=', 'message.workspace_id')
        .onRef('delivery.delivery_id', '=', 'message.delivery_id'),
    )
    .select([
      'edit.message_id',
      'edit.version',
      'edit.attempts',
      'edit.response_url',
      'edit.response_url_until',
      'message.delivery_id',
      'message.channel',
      'message.ts',
      'message.content_hash',
      'delivery.kind',
    ])
    .where('edit.workspace_id', '=', workspaceId)
    .where('edit.state', '=', 'pending')
    .where((where) => where.or([where('edit.retry_at', 'is', null), where('edit.retry_at', '<=', machineNow)]))
    .limit(limit)
    .execute();
  return rows.map((row) => ({
    messageId: row.message_id,
    deliveryId: row.delivery_id,
    kind: row.kind,
    channel: row.channel,
    ts: row.ts,
    contentHash: row.content_hash,
    version: row.version,
    attempts: row.attempts,
    responseUrl:
      row.response_url_until !== null && row.response_url_until > machineNow ? row.response_url : null,
  }));
}

/**
 * Records how an edit went. `version` is the one that was shown: if the message changed again meanwhile, it
 * stays pending and is shown once more.
 */
export async function recordEdit(
  trx: Trx,
  workspaceId: string,
  edit: { messageId: string; version: number },
  outcome:
    | { state: 'done'; answer: string; contentHash: string }
    | { state: 'failed'; answer: string }
    | { state: 'pending'; answer: string; retryAt: Date; dropResponseUrl: boolean },
): Promise<void> {
  await trx
    .updateTable('edit')
    .set((set) => ({
      state: outcome.state,
      last_answer: outcome.answer,
      attempts: set('attempts', '+', 1),
      retry_at: outcome.state === 'pending' ? outcome.retryAt : null,
      ...(outcome.state === 'pending' && outcome.dropResponseUrl ? { response_url: null } : {}),
    }))
    .where('workspace_id', '=', workspaceId)
    .where('message_id', '=', edit.messageId)
    .where('version', '=', edit.version)
    .execute();
  if (outcome.state !== 'done') return;
  await trx
    .updateTable('message')
    .set({ content_hash: outcome.contentHash })
    .where('workspace_id', '=', workspaceId)
    .where('message_id', '=', edit.messageId)
    .execute();
}

export async function markMessage(trx: Trx, workspaceId: string, messageId: string): Promise<void> {
  await sql`
    insert into edit (workspace_id, message_id, version, state)
    values (${workspaceId}, ${messageId}, 1, 'pending')
    on conflict (workspace_id, message_id) do update
      set version = edit.version + 1, state = 'pending', attempts = 0, retry_at = null`.execute(trx);
}
