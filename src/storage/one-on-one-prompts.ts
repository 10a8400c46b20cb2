import { sql } from 'kysely';
import type { OccurrenceState } from '#domain/occurrence.ts';
import type { Trx } from './database.ts';

/** One row of the prompt that follows the day's 1:1s. */
export interface PromptRow {
  occurrenceId: string;
  repId: string;
  repName: string;
  state: OccurrenceState;
  reason: string | null;
  dueAt: Date;
  takeaway: { text: string; by: string } | null;
}

export interface Prompt {
  receiverTimeZone: string;
  rows: PromptRow[];
}

interface LoadedRow {
  occurrence_id: string;
  about_id: string;
  state: OccurrenceState;
  reason: string | null;
  due_at: Date;
  name: string;
  text: string | null;
  by_date: string | null;
}

export async function loadPrompt(trx: Trx, workspaceId: string, deliveryId: string): Promise<Prompt> {
  const { time_zone } = await trx
    .selectFrom('delivery')
    .innerJoin('member', (join) =>
      join
        .onRef('member.workspace_id', '=', 'delivery.workspace_id')
        .onRef('member.user_id', '=', 'delivery.receiver_id'),
    )
    .select('member.time_zone')
    .where('delivery.workspace_id', '=', workspaceId)
    .where('delivery.delivery_id', '=', deliveryId)
    .executeTakeFirstOrThrow();

  // The log of each row is looked up row by row: without statistics, as in a young or embedded database, the
  // planner would otherwise join all logs there are (measured: 50 ms instead of 1 after two months).
  const { rows } = await sql<LoadedRow>`
    select o.occurrence_id, o.about_id, o.state, o.reason, o.due_at, rep.name, logged.text, logged.by_date
    from delivery_occurrence link
    join occurrence o using (workspace_id, occurrence_id)
    join member rep on rep.workspace_id = o.workspace_id and rep.user_id = o.about_id
    left join lateral (
      select c.text, c.by_date
      from one_on_one_log log
      join commitment c on c.workspace_id = log.workspace_id and c.log_id = log.log_id
      where log.workspace_id = o.workspace_id and log.occurrence_id = o.occurrence_id
      order by log.logged_at desc limit 1
    ) logged on true
    where link.workspace_id = ${workspaceId} and link.delivery_id = ${deliveryId}
    order by o.due_at, rep.name, o.occurrence_id`.execute(trx);

  return {
    receiverTimeZone: time_zone,
    rows: rows.map((row) => ({
      occurrenceId: row.occurrence_id,
      repId: row.about_id,
      repName: row.name,
      state: row.state,
      reason: row.reason,
      dueAt: row.due_at,
      takeaway: row.text === null || row.by_date === null ? null : { text: row.text, by: row.by_date },
    })),
  };
}
