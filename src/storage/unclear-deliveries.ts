import { sql } from 'kysely';
import type { Trx } from './database.ts';
import { hasWaited } from './waited.ts';

export interface UnclearDelivery {
  id: string;
  postKey: string;
  channel: string;
  fence: number;
  intentAt: Date;
}

/**
 * Takes over what was begun and whose end is unclear once its quarantine is over: rows marked uncertain, and
 * rows still posting because their process died. The raised fence shuts the former taker out. The oldest come
 * first: where Slack lets few be read, the others have their turn later.
 */
export async function takeUnclear(
  trx: Trx,
  workspaceId: string,
  intendedBefore: Date,
  machineNow: Date,
  lookAgainAt: Date,
): Promise<UnclearDelivery[]> {
  const rows = await trx
    .updateTable('delivery')
    .set((set) => ({ state: 'uncertain', fence: set('fence', '+', 1), retry_at: lookAgainAt }))
    .where('workspace_id', '=', workspaceId)
    .where('delivery_id', 'in', (query) =>
      query
        .selectFrom('delivery')
        .select('delivery_id')
        .where('workspace_id', '=', workspaceId)
        .where('state', 'in', ['posting', 'uncertain'])
        .where('intent_at', '<=', intendedBefore)
        .where(hasWaited('retry_at', machineNow))
        .forUpdate()
        .skipLocked(),
    )
    .returning(['delivery_id', 'post_key', 'channel', 'fence', 'intent_at'])
    .execute();
  const taken = rows.map((row) => {
    if (row.channel === null || row.intent_at === null) throw new Error('an intent without channel or time');
    return {
      id: row.delivery_id,
      postKey: row.post_key,
      channel: row.channel,
      fence: row.fence,
      intentAt: row.intent_at,
    };
  });
  return taken.toSorted((a, b) => a.intentAt.getTime() - b.intentAt.getTime());
}

/** They stay uncertain: what was asked for could not be found out now. */
export async function deferUnclear(
  trx: Trx,
  workspaceId: string,
  some: readonly Pick<UnclearDelivery, 'id' | 'fence'>[],
  { answer, retryAt }: { answer: string; retryAt: Date },
): Promise<void> {
  if (some.length === 0) return;
  const values = some.map((one) => ({ d: one.id, f: one.fence }));
  await sql`
    update delivery set last_answer = ${answer}, retry_at = ${retryAt}
    from jsonb_to_recordset(${JSON.stringify(values)}::jsonb) as s(d uuid, f int)
    where delivery.workspace_id = ${workspaceId} and delivery.delivery_id = s.d and delivery.fence = s.f
      and delivery.state = 'uncertain'`.execute(trx);
}
