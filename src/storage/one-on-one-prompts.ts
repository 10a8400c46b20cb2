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

  const rows = await trx
    .selectFrom('delivery_occurrence as link')
    .innerJoin('occurrence as o', (join) =>
      join.onRef('o.workspace_id', '=', 'link.workspace_id').onRef('o.occurrence_id', '=', 'link.occurrence_id'),
    )
    .innerJoin('member as rep', (join) =>
      join.onRef('rep.workspace_id', '=', 'o.workspace_id').onRef('rep.user_id', '=', 'o.about_id'),
    )
    .leftJoin('one_on_one_log as log', (join) =>
      join.onRef('log.workspace_id', '=', 'o.workspace_id').onRef('log.occurrence_id', '=', 'o.occurrence_id'),
    )
    .leftJoin('commitment as c', (join) =>
      join.onRef('c.workspace_id', '=', 'log.workspace_id').onRef('c.log_id', '=', 'log.log_id'),
    )
    .select(['o.occurrence_id', 'o.about_id', 'o.state', 'o.reason', 'o.due_at', 'rep.name', 'c.text', 'c.by_date'])
    .distinctOn(['o.due_at', 'rep.name', 'o.occurrence_id'])
    .where('link.workspace_id', '=', workspaceId)
    .where('link.delivery_id', '=', deliveryId)
    .orderBy('o.due_at')
    .orderBy('rep.name')
    .orderBy('o.occurrence_id')
    .orderBy('log.logged_at', 'desc')
    .execute();

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
