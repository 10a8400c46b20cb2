import { sql } from 'kysely';
import type { DeliveryKind, DeliveryState } from '#domain/delivery.ts';
import type { Trx } from './database.ts';

/** A message nobody knows the end of, as an operator needs to see it to find it in Slack. */
export interface UncertainDelivery {
  id: string;
  kind: DeliveryKind;
  state: 'posting' | 'uncertain';
  /** The id of a person, or of a channel. */
  receiverId: string;
  /** None for a channel, of which only the id is known. */
  receiverName: string | null;
  /** Whom it is about, by name. */
  about: string[];
  dueAt: Date;
  /** Machine time of the post whose end is not known. */
  since: Date;
  lastAnswer: string | null;
}

export async function listUncertain(trx: Trx, workspaceId: string): Promise<UncertainDelivery[]> {
  const rows = await sql<{
    delivery_id: string;
    kind: DeliveryKind;
    state: UncertainDelivery['state'];
    receiver_id: string;
    receiver_name: string | null;
    about: string[];
    due_at: Date;
    intent_at: Date;
    last_answer: string | null;
  }>`
    select d.delivery_id, d.kind, d.state, coalesce(d.receiver_id, d.target_channel) as receiver_id, receiver.name as receiver_name, d.due_at, d.intent_at,
           d.last_answer,
           array(
             select distinct about.name
             from delivery_occurrence link
             join occurrence o on o.workspace_id = link.workspace_id and o.occurrence_id = link.occurrence_id
             join member about on about.workspace_id = o.workspace_id
               and about.user_id = case when o.about_id = d.receiver_id then o.asked_id else o.about_id end
             where link.workspace_id = d.workspace_id and link.delivery_id = d.delivery_id
             order by about.name
           ) as about
    from delivery d
    left join member receiver on receiver.workspace_id = d.workspace_id and receiver.user_id = d.receiver_id
    where d.workspace_id = ${workspaceId} and d.state in ('posting', 'uncertain')
    order by d.intent_at, d.delivery_id`.execute(trx);
  return rows.rows.map((row) => ({
    id: row.delivery_id,
    kind: row.kind,
    state: row.state,
    receiverId: row.receiver_id,
    receiverName: row.receiver_name,
    about: row.about,
    dueAt: row.due_at,
    since: row.intent_at,
    lastAnswer: row.last_answer,
  }));
}

/** `since` is the machine time of the latest intent, where there has been one. */
export async function lockDeliveryState(
  trx: Trx,
  workspaceId: string,
  deliveryId: string,
): Promise<{ state: DeliveryState; since: Date | null } | undefined> {
  return trx
    .selectFrom('delivery')
    .select(['state', 'intent_at as since'])
    .where('workspace_id', '=', workspaceId)
    .where('delivery_id', '=', deliveryId)
    .forUpdate()
    .executeTakeFirst();
}

/** What such a delivery says in the place of Slack's answer. */
export const settledByHand = 'an operator found it';

/**
 * Settles what is uncertain and locked in this transaction. The raised fence shuts out whoever is looking for
 * the message in the conversation at this moment.
 */
export async function settleByHand(
  trx: Trx,
  workspaceId: string,
  deliveryId: string,
  end: { to: 'delivered'; settledAt: Date } | { to: 'pending' },
): Promise<void> {
  await trx
    .updateTable('delivery')
    .set((set) => ({
      state: end.to,
      fence: set('fence', '+', 1),
      // What did not go out counts for no budget.
      ...(end.to === 'pending' ? { sent_on: null } : {}),
      retry_at: null,
      settled_at: end.to === 'delivered' ? end.settledAt : null,
      last_answer: end.to === 'delivered' ? settledByHand : 'an operator found it missing',
    }))
    .where('workspace_id', '=', workspaceId)
    .where('delivery_id', '=', deliveryId)
    .where('state', '=', 'uncertain')
    .execute();
}
