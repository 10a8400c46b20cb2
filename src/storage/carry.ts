import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { Trx } from './database.ts';

/** A pending message that does not go out now, and the card that takes what it would have said. */
export interface CarryOver {
  deliveryId: string;
  receiverId: string;
  /** The key of the card. */
  key: string;
  at: Date;
  because: string;
}

/** Leaves a message to a card: a card that is to be that one only waits, any other message folds into it. */
export async function carryOver(trx: Trx, workspaceId: string, one: CarryOver, now: Date): Promise<void> {
  const own = await sql`
    update delivery set due_at = ${one.at}
    where workspace_id = ${workspaceId} and delivery_id = ${one.deliveryId} and key = ${one.key}
      and state = 'pending'`.execute(trx);
  if (own.numAffectedRows === 1n) return;
  // That day's card may have come to its end already, with nothing to say: then this makes another.
  const carrier =
    (await pendingCard(trx, workspaceId, one)) ??
    (await pendingCard(trx, workspaceId, { ...one, key: `${one.key}/${one.deliveryId}` }));
  if (carrier === undefined) throw new Error(`nothing can carry delivery ${one.deliveryId}`);
  await sql`
    insert into delivery_occurrence (workspace_id, delivery_id, occurrence_id)
    select link.workspace_id, ${carrier}::uuid, link.occurrence_id
    from delivery_occurrence link join occurrence o using (workspace_id, occurrence_id)
    where link.workspace_id = ${workspaceId} and link.delivery_id = ${one.deliveryId}
      and o.state in ('planned', 'due')
    on conflict do nothing`.execute(trx);
  await sql`
    insert into delivery_note (workspace_id, delivery_id, note_id)
    select workspace_id, ${carrier}::uuid, note_id from delivery_note
    where workspace_id = ${workspaceId} and delivery_id = ${one.deliveryId}
    on conflict do nothing`.execute(trx);
  await sql`
    update delivery set state = 'folded', settled_at = ${now},
      reason = ${`${one.because}, carried_by ${carrier}`}
    where workspace_id = ${workspaceId} and delivery_id = ${one.deliveryId} and state = 'pending'`.execute(
    trx,
  );
}

/** The card of that key if it can still take something, made where there is none. */
export async function pendingCard(
  trx: Trx,
  workspaceId: string,
  { key, receiverId, at }: { key: string; receiverId: string; at: Date },
): Promise<string | undefined> {
  const { rows } = await sql<{ delivery_id: string }>`
    insert into delivery (workspace_id, delivery_id, post_key, kind, key, receiver_id, due_at, state)
    values (${workspaceId}, ${randomUUID()}, ${randomUUID()}, 'card', ${key}, ${receiverId}, ${at}, 'pending')
    on conflict (workspace_id, key) do update set due_at = least(delivery.due_at, excluded.due_at)
      where delivery.state = 'pending'
    returning delivery_id`.execute(trx);
  return rows[0]?.delivery_id;
}
