import { sql } from 'kysely';
import type { DeliveryKind } from '#domain/delivery.ts';
import type { Trx } from './database.ts';

/**
 * Where several messages are due to one person at once — after an outage or a pause — the latest card (or, for
 * want of a card, the latest prompt) carries what is still open of all of them, and the others fold into it.
 * Returns their kinds. One of which nothing is open has nothing to be carried, and is left to be dropped.
 */
export async function foldDue(trx: Trx, workspaceId: string, now: Date): Promise<DeliveryKind[]> {
  const { rows } = await sql<{ kind: DeliveryKind }>`
    with due as (
      select delivery_id, receiver_id, kind, due_at from delivery d
      where workspace_id = ${workspaceId} and state = 'pending' and due_at <= ${now}
        -- Looked for first, since few have several: a wave to thousands would be read through for every share of it.
        and receiver_id in (
          select receiver_id from delivery
          where workspace_id = ${workspaceId} and state = 'pending' and due_at <= ${now}
          group by receiver_id having count(*) > 1
        )
        -- Not exists (…) or exists (…): for that, every row that was ever linked is read.
        and receiver_id is not null and ((
          select true from delivery_occurrence link join occurrence o using (workspace_id, occurrence_id)
          where link.workspace_id = d.workspace_id and link.delivery_id = d.delivery_id
            and o.state in ('planned', 'due')
          limit 1
        ) or (
          select true from delivery_note link join card_note n using (workspace_id, note_id)
          where link.workspace_id = d.workspace_id and link.delivery_id = d.delivery_id and n.settled_at is null
          limit 1
        ))
      for update skip locked
    ), ranked as (
      select delivery_id,
        first_value(delivery_id) over (
          partition by receiver_id order by kind = 'card' desc, due_at desc, delivery_id) as carrier
      from due
    ), folding as (
      select delivery_id, carrier from ranked where carrier <> delivery_id
    ), carried as (
      insert into delivery_occurrence (workspace_id, delivery_id, occurrence_id)
      select link.workspace_id, f.carrier, link.occurrence_id
      from folding f
      join delivery_occurrence link on link.workspace_id = ${workspaceId} and link.delivery_id = f.delivery_id
      join occurrence o using (workspace_id, occurrence_id)
      where o.state in ('planned', 'due')
      on conflict do nothing
    ), noted as (
      insert into delivery_note (workspace_id, delivery_id, note_id)
      select link.workspace_id, f.carrier, link.note_id
      from folding f
      join delivery_note link on link.workspace_id = ${workspaceId} and link.delivery_id = f.delivery_id
      on conflict do nothing
    )
    update delivery d
    set state = 'folded', reason = 'carried_by ' || f.carrier, settled_at = ${now}
    from folding f
    where d.workspace_id = ${workspaceId} and d.delivery_id = f.delivery_id
    returning d.kind`.execute(trx);
  return rows.map(({ kind }) => kind);
}

/**
 * What has been done by the time a message goes out is not on it, as long as there is something else: it stands on
 * the messages that asked for it.
 */
export async function leaveOutSettled(trx: Trx, workspaceId: string, deliveryIds: string[]): Promise<void> {
  if (deliveryIds.length === 0) return;
  await sql`
    delete from delivery_occurrence link using occurrence o
    where link.workspace_id = ${workspaceId} and link.delivery_id = any (${deliveryIds}::uuid[])
      and o.workspace_id = link.workspace_id and o.occurrence_id = link.occurrence_id
      and o.state not in ('planned', 'due')
      and exists (
        select from delivery_occurrence other join occurrence open using (workspace_id, occurrence_id)
        where other.workspace_id = link.workspace_id and other.delivery_id = link.delivery_id
          and open.state in ('planned', 'due')
      )`.execute(trx);
}
