import { sql } from 'kysely';
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

/** Who is to get something later: of those who take part, at most so many, and nobody for whom it was tried in vain. */
export async function receiversAhead(
  trx: Trx,
  workspaceId: string,
  now: Date,
  limit: number,
): Promise<string[]> {
  const { rows } = await sql<{ receiver_id: string }>`
    select d.receiver_id
    from delivery d
    join workspace w on w.workspace_id = d.workspace_id
    join member m on m.workspace_id = d.workspace_id and m.user_id = d.receiver_id
    where d.workspace_id = ${workspaceId} and d.state = 'pending' and d.due_at > ${now} and d.last_answer is null
      and m.dm_channel is null and m.status = 'active' and (m.in_pilot or not w.pilot)
      and w.started_at is not null and w.paused_at is null
    group by d.receiver_id
    order by min(d.due_at), d.receiver_id
    limit ${limit}`.execute(trx);
  return rows.map((row) => row.receiver_id);
}

/** Across workspaces: where somebody of these has no conversation with the app yet. */
export async function workspacesToOpenIn(
  trx: Trx,
  receivers: readonly { workspaceId: string; receiverId: string }[],
): Promise<string[]> {
  if (receivers.length === 0) return [];
  const values = receivers.map((one) => ({ w: one.workspaceId, r: one.receiverId }));
  const { rows } = await sql<{ workspace_id: string }>`
    select distinct m.workspace_id
    from jsonb_to_recordset(${JSON.stringify(values)}::jsonb) as s(w text, r text)
    join member m on m.workspace_id = s.w and m.user_id = s.r
    where m.dm_channel is null and m.status = 'active'`.execute(trx);
  return rows.map((row) => row.workspace_id);
}

export async function saveConversations(
  trx: Trx,
  workspaceId: string,
  conversations: readonly { userId: string; channel: string }[],
): Promise<void> {
  if (conversations.length === 0) return;
  const values = conversations.map((one) => ({ u: one.userId, c: one.channel }));
  await sql`
    update member set dm_channel = s.c
    from jsonb_to_recordset(${JSON.stringify(values)}::jsonb) as s(u text, c text)
    where member.workspace_id = ${workspaceId} and member.user_id = s.u`.execute(trx);
}

/** What is planned for them stays, and tries anew when it is due. */
export async function noteNotOpened(
  trx: Trx,
  workspaceId: string,
  receiverId: string,
  answer: string,
): Promise<void> {
  await trx
    .updateTable('delivery')
    .set({ last_answer: answer })
    .where('workspace_id', '=', workspaceId)
    .where('receiver_id', '=', receiverId)
    .where('state', '=', 'pending')
    .where('last_answer', 'is', null)
    .execute();
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

/** Only what is due by `at`: what is for later has its own chance. */
export async function deferDeliveriesOf(
  trx: Trx,
  workspaceId: string,
  receiverId: string,
  { answer, at, retryAt }: { answer: string; at: Date; retryAt: Date },
): Promise<void> {
  await trx
    .updateTable('delivery')
    .set({ last_answer: answer, retry_at: retryAt })
    .where('workspace_id', '=', workspaceId)
    .where('receiver_id', '=', receiverId)
    .where('state', '=', 'pending')
    .where('due_at', '<=', at)
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
