import { sql } from 'kysely';
import type { DeliveryKind } from '#domain/delivery.ts';
import type { Trx } from './database.ts';
import { hasWaited } from './waited.ts';

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
  asText: boolean;
}

/** Those that were pressed first: somebody looks at them. `pressedOnly`: those that can be made through the address that came with a press. */
export async function pendingEdits(
  trx: Trx,
  workspaceId: string,
  machineNow: Date,
  options: { limit: number; pressedOnly: boolean },
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
      'delivery.as_text',
    ])
    .where('edit.workspace_id', '=', workspaceId)
    .where('edit.state', '=', 'pending')
    .where(hasWaited('edit.retry_at', machineNow))
    .$if(options.pressedOnly, (query) =>
      query.where('edit.response_url', 'is not', null).where('edit.response_url_until', '>', machineNow),
    )
    .orderBy(sql`edit.response_url is null or edit.response_url_until <= ${machineNow}`)
    .limit(options.limit)
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
    asText: row.as_text,
    responseUrl:
      row.response_url_until !== null && row.response_url_until > machineNow ? row.response_url : null,
  }));
}

/** How an edit went. A `response_url` that was refused is not tried again. */
export type EditOutcome = { answer: string; responseUrlSpent: boolean } & (
  | { state: 'done'; contentHash: string }
  | { state: 'failed' }
  | { state: 'pending'; retryAt: Date }
);

/**
 * Records how an edit went. `version` is the one that was shown: if the message has changed since, it is
 * shown once more, even where somebody else has shown the change already, because nobody can say which of
 * the two reached Slack last.
 */
export async function recordEdit(
  trx: Trx,
  workspaceId: string,
  edit: { messageId: string; version: number },
  outcome: EditOutcome,
): Promise<void> {
  const { numUpdatedRows } = await trx
    .updateTable('edit')
    .set((set) => ({
      state: outcome.state,
      last_answer: outcome.answer,
      attempts: set('attempts', '+', 1),
      retry_at: outcome.state === 'pending' ? outcome.retryAt : null,
      ...(outcome.responseUrlSpent ? { response_url: null } : {}),
    }))
    .where('workspace_id', '=', workspaceId)
    .where('message_id', '=', edit.messageId)
    .where('version', '=', edit.version)
    .executeTakeFirst();
  if (numUpdatedRows === 0n) {
    await trx
      .updateTable('edit')
      .set({ state: 'pending' })
      .where('workspace_id', '=', workspaceId)
      .where('message_id', '=', edit.messageId)
      .execute();
  }
  await trx
    .updateTable('message')
    // What has not certainly been shown may have been shown all the same.
    .set({ content_hash: outcome.state === 'done' ? outcome.contentHash : '' })
    .where('workspace_id', '=', workspaceId)
    .where('message_id', '=', edit.messageId)
    .execute();
}
