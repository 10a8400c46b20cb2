import { sql } from 'kysely';
import { askTogether } from './ask-together.ts';
import { mergedByKey } from './merged.ts';

/** The log of a 1:1, as a row of a card needs it. */
export interface LoggedRow {
  logId: string;
  writerId: string;
  /** Null where the log kept what had been agreed before. */
  takeaway: { text: string; by: string } | null;
}

/** What was agreed in the 1:1s of these occurrences; the latest log of each that was not withdrawn. */
export const logsOfOccurrences = mergedByKey<LoggedRow>(async (trx, workspaceId, occurrenceIds) => {
  // The log of each row is looked up row by row: without statistics, as in a young or embedded database, the
  // planner would otherwise join all logs there are (measured: 50 ms instead of 1 after two months).
  const query = sql<{
    occurrence_id: string;
    log_id: string;
    manager_id: string;
    text: string | null;
    by_date: string | null;
  }>`
    select o.occurrence_id, logged.*
    from unnest(${[...occurrenceIds]}::uuid[]) as o(occurrence_id)
    join lateral (
      select log.log_id, log.manager_id, c.text, c.by_date
      from one_on_one_log log
      left join commitment c on c.workspace_id = log.workspace_id and c.log_id = log.log_id
      where log.workspace_id = ${workspaceId} and log.occurrence_id = o.occurrence_id
        and log.withdrawn_at is null
      order by log.logged_at desc limit 1
    ) logged on true`;
  const rows = await askTogether(trx, query, {});
  return new Map(
    rows.map((row) => [
      row.occurrence_id,
      {
        logId: row.log_id,
        writerId: row.manager_id,
        takeaway: row.text === null || row.by_date === null ? null : { text: row.text, by: row.by_date },
      },
    ]),
  );
});

/** What the rep wrote before a 1:1, and what they had set out to try. */
interface Prepared {
  answer: string | null;
  commitment: string | null;
}

export const preparationsOf = mergedByKey<Prepared>(async (trx, workspaceId, occurrenceIds) => {
  const query = sql<{ occurrence_id: string; answer: string | null; text: string | null }>`
    select o.occurrence_id, p.answer, open.text
    from unnest(${[...occurrenceIds]}::uuid[]) as given(occurrence_id)
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
    ) open on true`;
  const rows = await askTogether(trx, query, {});
  return new Map(rows.map((row) => [row.occurrence_id, { answer: row.answer, commitment: row.text }]));
});

/** What a commitment says, and what became of it. */
interface Agreed {
  text: string;
  by: string;
  outcome: string | null;
  state: string;
}

export const commitmentsById = mergedByKey<Agreed>(async (trx, workspaceId, commitmentIds) => {
  const query = trx
    .selectFrom('commitment')
    .select(['commitment_id', 'text', 'by_date', 'outcome', 'state'])
    .where('workspace_id', '=', workspaceId)
    .where('commitment_id', 'in', [...commitmentIds]);
  const rows = await askTogether(trx, query, {});
  return new Map(
    rows.map((row) => [
      row.commitment_id,
      { text: row.text, by: row.by_date, outcome: row.outcome, state: row.state },
    ]),
  );
});
