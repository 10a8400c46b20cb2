import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { Trx } from './database.ts';

/** What a modal that is sent in is: something new, the same again, or a correction of what it saved before. */
export type Submitted = { kind: 'new' | 'repeated' | 'changed'; recordId: string };

/**
 * Notes that a modal is being saved; the same modal sent twice at once waits here for the first. `recordId` is
 * the record a correction belongs to; a new one is proposed unless the record exists already.
 */
export async function noteSubmission(
  trx: Trx,
  workspaceId: string,
  one: { viewId: string; contentHash: string; at: Date; recordId?: string },
): Promise<Submitted> {
  const recordId = one.recordId ?? randomUUID();
  const inserted = await trx
    .insertInto('submission')
    .values({
      workspace_id: workspaceId,
      view_id: one.viewId,
      record_id: recordId,
      content_hash: one.contentHash,
      saved_at: one.at,
    })
    .onConflict((conflict) => conflict.columns(['workspace_id', 'view_id']).doNothing())
    .executeTakeFirst();
  if (inserted.numInsertedOrUpdatedRows === 1n) return { kind: 'new', recordId };
  const { rows } = await sql<{ record_id: string; content_hash: string }>`
    select record_id, content_hash from submission
    where workspace_id = ${workspaceId} and view_id = ${one.viewId} for update`.execute(trx);
  const before = rows[0];
  if (before === undefined) throw new Error('a submission vanished while it was read');
  if (before.content_hash === one.contentHash) return { kind: 'repeated', recordId: before.record_id };
  await trx
    .updateTable('submission')
    .set({ content_hash: one.contentHash, saved_at: one.at })
    .where('workspace_id', '=', workspaceId)
    .where('view_id', '=', one.viewId)
    .execute();
  return { kind: 'changed', recordId: before.record_id };
}
