import { sql } from 'kysely';
import type { Trx } from './database.ts';

/** What was agreed in the 1:1s of these occurrences; the latest log of each. */
export async function takeawaysOf(
  trx: Trx,
  workspaceId: string,
  occurrenceIds: string[],
): Promise<Map<string, { text: string; by: string } | null>> {
  // The log of each row is looked up row by row: without statistics, as in a young or embedded database, the
  // planner would otherwise join all logs there are (measured: 50 ms instead of 1 after two months).
  const { rows } = await sql<{ occurrence_id: string; text: string | null; by_date: string | null }>`
    select o.occurrence_id, logged.text, logged.by_date
    from unnest(${occurrenceIds}::uuid[]) as o(occurrence_id)
    join lateral (
      select c.text, c.by_date
      from one_on_one_log log
      left join commitment c on c.workspace_id = log.workspace_id and c.log_id = log.log_id
      where log.workspace_id = ${workspaceId} and log.occurrence_id = o.occurrence_id
      order by log.logged_at desc limit 1
    ) logged on true`.execute(trx);
  return new Map(
    rows.map((row) => [
      row.occurrence_id,
      row.text === null || row.by_date === null ? null : { text: row.text, by: row.by_date },
    ]),
  );
}

/** What the rep wrote before these 1:1s, and what they had set out to try. */
export async function preparationsOf(
  trx: Trx,
  workspaceId: string,
  occurrenceIds: string[],
): Promise<Map<string, { answer: string | null; commitment: string | null }>> {
  const { rows } = await sql<{ occurrence_id: string; answer: string | null; text: string | null }>`
    select o.occurrence_id, p.answer, open.text
    from unnest(${occurrenceIds}::uuid[]) as given(occurrence_id)
    join occurrence o on o.workspace_id = ${workspaceId} and o.occurrence_id = given.occurrence_id
    left join lateral (
      select answer from preparation p
      where p.workspace_id = o.workspace_id and p.occurrence_id = o.occurrence_id
    ) p on true
    left join lateral (
      select text from commitment c
      where c.workspace_id = o.workspace_id and c.rep_id = o.about_id and c.manager_id = o.asked_id
        and c.state = 'open'
      order by made_at desc limit 1
    ) open on true`.execute(trx);
  return new Map(rows.map((row) => [row.occurrence_id, { answer: row.answer, commitment: row.text }]));
}
