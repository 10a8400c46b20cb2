import { sql } from 'kysely';
import type { Trx } from './database.ts';

/**
 * Where several messages of a kind are due to one person at once — after an outage or a pause — the latest
 * carries what is still open of all of them, and the others fold into it. Returns how many did. One of which
 * nothing is open has nothing to be carried, and is left to be dropped.
 */
export async function foldDue(trx: Trx, workspaceId: string, now: Date): Promise<number> {
  const folded = await sql`
    with due as (
      select delivery_id, receiver_id, kind, due_at from delivery d
      where workspace_id = ${workspaceId} and state = 'pending' and due_at <= ${now} and exists (
        select from delivery_occurrence link join occurrence o using (workspace_id, occurrence_id)
        where link.workspace_id = d.workspace_id and link.delivery_id = d.delivery_id
          and o.state in ('planned', 'due')
      )
      for update skip locked
    ), ranked as (
      select delivery_id,
        first_value(delivery_id) over (partition by receiver_id, kind order by due_at desc, delivery_id) as carrier
      from due
    ), carried as (
      insert into delivery_occurrence (workspace_id, delivery_id, occurrence_id)
      select link.workspace_id, r.carrier, link.occurrence_id
      from ranked r
      join delivery_occurrence link on link.workspace_id = ${workspaceId} and link.delivery_id = r.delivery_id
      join occurrence o using (workspace_id, occurrence_id)
      where r.carrier <> r.delivery_id and o.state in ('planned', 'due')
      on conflict do nothing
    )
    update delivery d
    set state = 'folded', reason = 'carried_by ' || r.carrier, settled_at = ${now}
    from ranked r
    where d.workspace_id = ${workspaceId} and d.delivery_id = r.delivery_id and r.carrier <> r.delivery_id`.execute(
    trx,
  );
  return Number(folded.numAffectedRows ?? 0n);
}
