import type { OccurrenceState } from '#domain/occurrence.ts';
import type { Trx } from './database.ts';

export async function savePreparation(
  trx: Trx,
  workspaceId: string,
  one: { occurrenceId: string; repId: string; answer: string; answeredAt: Date },
): Promise<void> {
  const values = { answer: one.answer, answered_at: one.answeredAt };
  await trx
    .insertInto('preparation')
    .values({ workspace_id: workspaceId, occurrence_id: one.occurrenceId, rep_id: one.repId, ...values })
    .onConflict((conflict) => conflict.columns(['workspace_id', 'occurrence_id']).doUpdateSet(values))
    .execute();
}

export async function findPreparation(
  trx: Trx,
  workspaceId: string,
  occurrenceId: string,
): Promise<{ answer: string; answeredAt: Date } | undefined> {
  const row = await trx
    .selectFrom('preparation')
    .select(['answer', 'answered_at'])
    .where('workspace_id', '=', workspaceId)
    .where('occurrence_id', '=', occurrenceId)
    .executeTakeFirst();
  return row && { answer: row.answer, answeredAt: row.answered_at };
}

/** One 1:1 that a rep is asked to think about before. */
export interface QuestionRow {
  occurrenceId: string;
  managerName: string;
  state: OccurrenceState;
  dueAt: Date;
  answer: string | null;
  commitment: string | null;
}

export async function loadQuestions(
  trx: Trx,
  workspaceId: string,
  deliveryId: string,
): Promise<{ receiverTimeZone: string; rows: QuestionRow[] }> {
  const rows = await trx
    .selectFrom('delivery as d')
    .innerJoin('member as rep', (join) =>
      join.onRef('rep.workspace_id', '=', 'd.workspace_id').onRef('rep.user_id', '=', 'd.receiver_id'),
    )
    .innerJoin('delivery_occurrence as link', (join) =>
      join.onRef('link.workspace_id', '=', 'd.workspace_id').onRef('link.delivery_id', '=', 'd.delivery_id'),
    )
    .innerJoin('occurrence as o', (join) =>
      join.onRef('o.workspace_id', '=', 'link.workspace_id').onRef('o.occurrence_id', '=', 'link.occurrence_id'),
    )
    .innerJoin('member as manager', (join) =>
      join.onRef('manager.workspace_id', '=', 'o.workspace_id').onRef('manager.user_id', '=', 'o.asked_id'),
    )
    .leftJoin('preparation as p', (join) =>
      join.onRef('p.workspace_id', '=', 'o.workspace_id').onRef('p.occurrence_id', '=', 'o.occurrence_id'),
    )
    .leftJoin('commitment as c', (join) =>
      join
        .onRef('c.workspace_id', '=', 'o.workspace_id')
        .onRef('c.rep_id', '=', 'o.about_id')
        .onRef('c.manager_id', '=', 'o.asked_id')
        .on('c.state', '=', 'open'),
    )
    .distinctOn(['o.due_at', 'o.occurrence_id'])
    .select(['o.occurrence_id', 'manager.name', 'o.state', 'o.due_at', 'p.answer', 'c.text', 'rep.time_zone'])
    .where('d.workspace_id', '=', workspaceId)
    .where('d.delivery_id', '=', deliveryId)
    .orderBy('o.due_at')
    .orderBy('o.occurrence_id')
    .orderBy('c.made_at', 'desc')
    .execute();
  return {
    receiverTimeZone: rows[0]?.time_zone ?? 'UTC',
    rows: rows.map((row) => ({
      occurrenceId: row.occurrence_id,
      managerName: row.name,
      state: row.state,
      dueAt: row.due_at,
      answer: row.answer,
      commitment: row.text,
    })),
  };
}
