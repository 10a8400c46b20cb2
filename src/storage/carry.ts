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

/** Leaves messages to cards: a card that is to be that one only waits, any other message folds into it. */
export async function carryOver(
  trx: Trx,
  workspaceId: string,
  carried: readonly CarryOver[],
  now: Date,
): Promise<void> {
  if (carried.length === 0) return;
  const values = carried.map((one) => ({ d: one.deliveryId, key: one.key, at: one.at }));
  const { rows: waiting } = await sql<{ delivery_id: string }>`
    update delivery set due_at = o.at
    from jsonb_to_recordset(${JSON.stringify(values)}::jsonb) as o(d uuid, key text, at timestamptz)
    where delivery.workspace_id = ${workspaceId} and delivery.delivery_id = o.d and delivery.key = o.key
      and delivery.state = 'pending'
    returning delivery.delivery_id`.execute(trx);
  const waits = new Set(waiting.map((row) => row.delivery_id));
  const folding = carried.filter(({ deliveryId }) => !waits.has(deliveryId));
  if (folding.length > 0) await fold(trx, workspaceId, folding, now);
}

async function fold(trx: Trx, workspaceId: string, folding: readonly CarryOver[], now: Date): Promise<void> {
  const carriers = await pendingCards(trx, workspaceId, folding);
  // That day's card may have come to its end already, with nothing to say: then this makes another.
  const left = folding.filter(({ key }) => !carriers.has(key));
  const others = left.map((one) => ({ ...one, key: ownKey(one) }));
  const made = await pendingCards(trx, workspaceId, others);
  const values = folding.map((one) => {
    const carrier = carriers.get(one.key) ?? made.get(ownKey(one));
    if (carrier === undefined) throw new Error(`nothing can carry delivery ${one.deliveryId}`);
    return { d: one.deliveryId, c: carrier, r: `${one.because}, carried_by ${carrier}` };
  });
  const folded = sql`jsonb_to_recordset(${JSON.stringify(values)}::jsonb) as f(d uuid, c uuid, r text)`;
  await sql`
    with carried as (
      insert into delivery_occurrence (workspace_id, delivery_id, occurrence_id)
      select distinct link.workspace_id, f.c, link.occurrence_id
      from ${folded}
      join delivery_occurrence link on link.workspace_id = ${workspaceId} and link.delivery_id = f.d
      join occurrence o using (workspace_id, occurrence_id)
      where o.state in ('planned', 'due')
      on conflict do nothing
    ), noted as (
      insert into delivery_note (workspace_id, delivery_id, note_id)
      select distinct link.workspace_id, f.c, link.note_id
      from ${folded}
      join delivery_note link on link.workspace_id = ${workspaceId} and link.delivery_id = f.d
      on conflict do nothing
    )
    update delivery set state = 'folded', settled_at = ${now}, reason = f.r
    from ${folded}
    where delivery.workspace_id = ${workspaceId} and delivery.delivery_id = f.d and delivery.state = 'pending'`.execute(
    trx,
  );
}

const ownKey = ({ key, deliveryId }: CarryOver): string => `${key}/${deliveryId}`;

export interface Card {
  key: string;
  receiverId: string;
  at: Date;
}

/** The card of that key if it can still take something, made where there is none. */
export async function pendingCard(trx: Trx, workspaceId: string, card: Card): Promise<string | undefined> {
  return (await pendingCards(trx, workspaceId, [card])).get(card.key);
}

/** The same for several, by key. */
export async function pendingCards(
  trx: Trx,
  workspaceId: string,
  cards: readonly Card[],
): Promise<Map<string, string>> {
  if (cards.length === 0) return new Map();
  const earliestFirst = cards.toSorted((a, b) => a.at.getTime() - b.at.getTime());
  const byKey = Map.groupBy(earliestFirst, ({ key }) => key);
  const values = [...byKey.values()].flatMap(([first]) =>
    first === undefined
      ? []
      : [{ d: randomUUID(), p: randomUUID(), key: first.key, r: first.receiverId, at: first.at }],
  );
  // In the order in which the planner takes them: neither is to wait for the other for ever.
  const { rows } = await sql<{ key: string; delivery_id: string }>`
    insert into delivery (workspace_id, delivery_id, post_key, kind, key, receiver_id, due_at, state)
    select ${workspaceId}, d, p, 'card', key, r, at, 'pending'
    from jsonb_to_recordset(${JSON.stringify(values)}::jsonb)
      as c(d uuid, p uuid, key text, r text, at timestamptz)
    order by key collate "C"
    on conflict (workspace_id, key) do update set due_at = least(delivery.due_at, excluded.due_at)
      where delivery.state = 'pending'
    returning key, delivery_id`.execute(trx);
  return new Map(rows.map((row) => [row.key, row.delivery_id]));
}
