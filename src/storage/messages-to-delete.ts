import { sql } from 'kysely';
import type { Trx } from './database.ts';

/** Everything that was posted to somebody, while it is still known where. */
export async function wantMessagesDeleted(
  trx: Trx,
  workspaceId: string,
  receiverId: string,
  at: Date,
): Promise<void> {
  await sql`
    insert into message_to_delete (workspace_id, channel, ts, asked_at)
    select m.workspace_id, m.channel, m.ts, ${at}::timestamptz
    from message m join delivery d using (workspace_id, delivery_id)
    where m.workspace_id = ${workspaceId} and d.receiver_id = ${receiverId}
    on conflict do nothing`.execute(trx);
}

/** Across workspaces. */
export async function workspacesWithMessagesToDelete(
  trx: Trx,
  machineNow: Date,
  limit: number,
): Promise<string[]> {
  const { rows } = await sql<{ workspace_id: string }>`
    select distinct d.workspace_id from message_to_delete d
    where (d.leased_until is null or d.leased_until <= ${machineNow})
      -- Who has removed the app has taken its right to delete as well.
      and exists (select from workspace w where w.workspace_id = d.workspace_id and w.ended_at is null)
    order by d.workspace_id limit ${limit}`.execute(trx);
  return rows.map((row) => row.workspace_id);
}

export interface MessageToDelete {
  channel: string;
  ts: string;
}

/** The next ones that nobody else is at. */
export async function claimMessagesToDelete(
  trx: Trx,
  workspaceId: string,
  machine: { now: Date; leaseUntil: Date },
  limit: number,
): Promise<MessageToDelete[]> {
  const { rows } = await sql<MessageToDelete>`
    with next as (
      select workspace_id, channel, ts from message_to_delete
      where workspace_id = ${workspaceId} and outcome is null
        and (leased_until is null or leased_until <= ${machine.now})
      order by channel, ts limit ${limit}
      for update skip locked
    )
    update message_to_delete d set leased_until = ${machine.leaseUntil} from next
    where d.workspace_id = next.workspace_id and d.channel = next.channel and d.ts = next.ts
    returning d.channel, d.ts`.execute(trx);
  return rows;
}

export async function settleMessageToDelete(
  trx: Trx,
  workspaceId: string,
  { channel, ts }: MessageToDelete,
  outcome: 'deleted' | 'refused',
): Promise<void> {
  await trx
    .updateTable('message_to_delete')
    .set({ outcome })
    .where('workspace_id', '=', workspaceId)
    .where('channel', '=', channel)
    .where('ts', '=', ts)
    .execute();
}

/** Those that are not done yet wait until then. */
export async function putOffMessagesToDelete(
  trx: Trx,
  workspaceId: string,
  machineUntil: Date,
): Promise<void> {
  await trx
    .updateTable('message_to_delete')
    .set({ leased_until: machineUntil })
    .where('workspace_id', '=', workspaceId)
    .where('outcome', 'is', null)
    .execute();
}

/** How many there were, once none is left to do: where they were is forgotten with that. */
export async function closeMessagesToDelete(
  trx: Trx,
  workspaceId: string,
): Promise<{ deleted: number; refused: number } | undefined> {
  const rows = await trx
    .selectFrom('message_to_delete')
    .select('outcome')
    .where('workspace_id', '=', workspaceId)
    .forUpdate()
    .execute();
  if (rows.length === 0 || rows.some(({ outcome }) => outcome === null)) return undefined;
  await trx.deleteFrom('message_to_delete').where('workspace_id', '=', workspaceId).execute();
  const refused = rows.filter(({ outcome }) => outcome === 'refused').length;
  return { deleted: rows.length - refused, refused };
}
