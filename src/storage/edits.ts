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

/** An edit that was tried; `version` is the one that was shown. */
export interface TriedEdit {
  messageId: string;
  version: number;
  outcome: EditOutcome;
}

/**
 * Records how edits went. If a message has changed since the version that was shown, it is shown once more, even
 * where somebody else has shown the change already, because nobody can say which of the two reached Slack last.
 */
export async function recordEdits(trx: Trx, workspaceId: string, tried: readonly TriedEdit[]): Promise<void> {
  if (tried.length === 0) return;
  // In the order in which messages are marked: somebody who is saving must not wait for us while we wait for them.
  await sql`
    select 1 from edit
    where workspace_id = ${workspaceId} and message_id = any (${tried.map((one) => one.messageId)}::uuid[])
    order by message_id
    for no key update`.execute(trx);
  const values = tried.map(({ messageId, version, outcome }) => ({
    m: messageId,
    v: version,
    s: outcome.state,
    a: outcome.answer,
    retry: outcome.state === 'pending' ? outcome.retryAt : null,
    spent: outcome.responseUrlSpent,
    // What has not certainly been shown may have been shown all the same.
    hash: outcome.state === 'done' ? outcome.contentHash : '',
  }));
  const made = sql`
    jsonb_to_recordset(${JSON.stringify(values)}::jsonb)
      as made(m uuid, v int, s text, a text, retry timestamptz, spent boolean, hash text)`;
  await sql`
    update edit
    set state = case when version = made.v then made.s else 'pending' end,
        last_answer = case when version = made.v then made.a else last_answer end,
        attempts = case when version = made.v then attempts + 1 else attempts end,
        retry_at = case when version = made.v then made.retry else retry_at end,
        response_url = case when version = made.v and made.spent then null else response_url end
    from ${made}
    where edit.workspace_id = ${workspaceId} and edit.message_id = made.m`.execute(trx);
  await sql`
    update message set content_hash = made.hash from ${made}
    where message.workspace_id = ${workspaceId} and message.message_id = made.m`.execute(trx);
}
