import type { Trx } from './database.ts';
import { hasWaited } from './waited.ts';

/** Who is to get something now and has no conversation with the app yet, those who have waited longest first. */
export async function receiversWithoutConversation(
  trx: Trx,
  workspaceId: string,
  now: { business: Date; machine: Date },
): Promise<string[]> {
  const rows = await trx
    .selectFrom('delivery')
    .innerJoin('member', (join) =>
      join
        .onRef('member.workspace_id', '=', 'delivery.workspace_id')
        .onRef('member.user_id', '=', 'delivery.receiver_id'),
    )
    .select(['delivery.receiver_id', (select) => select.fn.min('delivery.due_at').as('first_due')])
    .groupBy('delivery.receiver_id')
    .orderBy('first_due')
    .where('delivery.workspace_id', '=', workspaceId)
    .where('delivery.state', '=', 'pending')
    .where('delivery.due_at', '<=', now.business)
    .where(hasWaited('delivery.retry_at', now.machine))
    .where('member.dm_channel', 'is', null)
    .where('member.status', '=', 'active')
    .execute();
  return rows.flatMap((row) => (row.receiver_id === null ? [] : [row.receiver_id]));
}

export async function dropDeliveriesOf(
  trx: Trx,
  workspaceId: string,
  receiverId: string,
  reason: string,
  at: Date,
): Promise<void> {
  await trx
    .updateTable('delivery')
    .set({ state: 'dropped', reason, last_answer: reason, settled_at: at })
    .where('workspace_id', '=', workspaceId)
    .where('receiver_id', '=', receiverId)
    .where('state', '=', 'pending')
    .where('due_at', '<=', at)
    .execute();
}

export async function deferDeliveriesOf(
  trx: Trx,
  workspaceId: string,
  receiverId: string,
  answer: string,
  retryAt: Date,
): Promise<void> {
  await trx
    .updateTable('delivery')
    .set({ last_answer: answer, retry_at: retryAt })
    .where('workspace_id', '=', workspaceId)
    .where('receiver_id', '=', receiverId)
    .where('state', '=', 'pending')
    .execute();
}

/**
 * Slack does not know this conversation (any more): a new installation has new ones. The next message opens
 * it anew. The channel is named so that one opened meanwhile stays.
 */
export async function forgetConversation(
  trx: Trx,
  workspaceId: string,
  receiverId: string,
  channel: string,
): Promise<void> {
  await trx
    .updateTable('member')
    .set({ dm_channel: null })
    .where('workspace_id', '=', workspaceId)
    .where('user_id', '=', receiverId)
    .where('dm_channel', '=', channel)
    .execute();
}
