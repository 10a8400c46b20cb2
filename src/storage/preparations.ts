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
