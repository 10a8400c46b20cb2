import type { Trx } from './database.ts';

/** Says whether it was new. */
export async function rememberEvent(
  trx: Trx,
  workspaceId: string,
  eventId: string,
  at: Date,
): Promise<boolean> {
  const inserted = await trx
    .insertInto('seen_event')
    .values({ workspace_id: workspaceId, event_id: eventId, seen_at: at })
    .onConflict((conflict) => conflict.columns(['workspace_id', 'event_id']).doNothing())
    .executeTakeFirst();
  return inserted.numInsertedOrUpdatedRows === 1n;
}

export async function forgetEvents(trx: Trx, workspaceId: string, before: Date): Promise<void> {
  await trx
    .deleteFrom('seen_event')
    .where('workspace_id', '=', workspaceId)
    .where('seen_at', '<', before)
    .execute();
}
