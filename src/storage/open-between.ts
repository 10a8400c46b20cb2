import { sql } from 'kysely';
import { chunked } from './chunked.ts';
import type { Trx } from './database.ts';

/** What is open between a rep and the manager who is to be theirs no more. */
export interface OpenBetween {
  /** Asked of the manager: excused when they part. */
  excused: number;
  /** What the rep set out to try: goes along to whoever manages them next. */
  commitments: number;
}

export async function openBetween(
  trx: Trx,
  workspaceId: string,
  pairs: readonly { repId: string; managerId: string }[],
): Promise<Map<string, OpenBetween>> {
  const found = new Map<string, OpenBetween>();
  for (const some of chunked(pairs)) {
    const values = JSON.stringify(some.map(({ repId, managerId }) => ({ r: repId, m: managerId })));
    const { rows } = await sql<{ rep_id: string; excused: number; commitments: number }>`
      select pair.r as rep_id,
        (select count(*)::integer from occurrence o
         where o.workspace_id = ${workspaceId} and o.asked_id = pair.m and o.about_id = pair.r
           and o.state in ('planned', 'due')) as excused,
        (select count(*)::integer from commitment c
         where c.workspace_id = ${workspaceId} and c.rep_id = pair.r and c.manager_id = pair.m
           and c.state = 'open') as commitments
      from jsonb_to_recordset(${values}::jsonb) as pair(r text, m text)`.execute(trx);
    for (const { rep_id: repId, excused, commitments } of rows) found.set(repId, { excused, commitments });
  }
  return found;
}
