import { sql } from 'kysely';
import type { DutyKind } from '#domain/occurrence.ts';
import type { Trx } from './database.ts';
import { isLate } from './measures.ts';

/** What somebody was asked and has not answered. */
export interface Unanswered {
  personId: string;
  name: string;
  /** How often, by duty. */
  counts: Partial<Record<DutyKind, number>>;
}

/**
 * Who let at least so many of what fell due since an instant close without an answer, then or later; most first. Of a
 * check-in it is the rep, or the manager where the rep has answered. People who get no messages are left out.
 */
export async function unansweredSince(
  trx: Trx,
  workspaceId: string,
  since: Date,
  atLeast: number,
): Promise<Unanswered[]> {
  const { rows } = await sql<{ user_id: string; name: string; counts: Unanswered['counts'] }>`
    with missed as (
      select o.kind, case
          when o.kind = 'check_in' and exists (select from check_in c where c.workspace_id = o.workspace_id
            and c.occurrence_id = o.occurrence_id and c.side = 'rep') then coalesce(o.stand_in_id, r.manager_id)
          when o.asked_id = o.about_id then o.asked_id
          else coalesce(o.stand_in_id, o.asked_id)
        end as person_id
      from occurrence o
      left join reporting r on r.workspace_id = o.workspace_id and r.rep_id = o.about_id and r.until is null
      where o.workspace_id = ${workspaceId} and o.due_at >= ${since} and o.state = 'expired' and not (${isLate})
    ), counted as (select person_id, kind, count(*)::int as n from missed group by person_id, kind)
    select m.user_id, m.name, jsonb_object_agg(counted.kind, counted.n) as counts
    from counted join member m on m.workspace_id = ${workspaceId} and m.user_id = counted.person_id
    where m.status = 'active'
    group by m.user_id, m.name
    having sum(counted.n) >= ${atLeast}
    order by sum(counted.n) desc, m.name`.execute(trx);
  return rows.map(({ user_id, name, counts }) => ({ personId: user_id, name, counts }));
}
