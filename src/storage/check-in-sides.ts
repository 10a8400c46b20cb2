import { sql } from 'kysely';
import type { CheckInSide } from '#domain/retention.ts';
import { type Askable, askable, type Person, person } from './asks.ts';
import type { Trx } from './database.ts';

/** A side of a check-in that has not answered, and who is to; a stand-in, where one is asked. */
export interface UnansweredSide {
  workspaceId: string;
  id: string;
  side: CheckInSide;
  who: Askable;
}

/** Across workspaces: of these check-ins. A rep without a manager has the one side only. */
export async function unansweredSides(
  trx: Trx,
  checkIns: readonly { workspaceId: string; id: string }[],
): Promise<UnansweredSide[]> {
  const values = checkIns.map((one) => ({ w: one.workspaceId, o: one.id }));
  const { rows } = await sql<{
    workspace_id: string;
    occurrence_id: string;
    side: CheckInSide;
    who: Person;
  }>`
    select o.workspace_id, o.occurrence_id, sides.side, ${person('member')} as who
    from jsonb_to_recordset(${JSON.stringify(values)}::jsonb) as s(w text, o uuid)
    join occurrence o on o.workspace_id = s.w and o.occurrence_id = s.o
    left join reporting r on r.workspace_id = o.workspace_id and r.rep_id = o.about_id and r.until is null
    cross join lateral (
      values ('rep', o.about_id), ('manager', coalesce(o.stand_in_id, r.manager_id))
    ) as sides (side, user_id)
    join member on member.workspace_id = o.workspace_id and member.user_id = sides.user_id
    where not exists (
      select from check_in c
      where c.workspace_id = o.workspace_id and c.occurrence_id = o.occurrence_id and c.side = sides.side
    )`.execute(trx);
  return rows.map((row) => ({
    workspaceId: row.workspace_id,
    id: row.occurrence_id,
    side: row.side,
    who: askable(row.who),
  }));
}
