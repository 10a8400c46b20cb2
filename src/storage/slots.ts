import type { Rule } from '#domain/recurrence.ts';
import type { Upcoming } from './cadences.ts';
import type { Trx } from './database.ts';

export async function findPairCadence(
  trx: Trx,
  workspaceId: string,
  pair: { managerId: string; repId: string },
): Promise<{ id: string; planned: boolean } | undefined> {
  const row = await trx
    .selectFrom('cadence')
    .select(['cadence_id', 'plan_at'])
    .where('workspace_id', '=', workspaceId)
    .where('kind', '=', 'one_on_one')
    .where('asked_id', '=', pair.managerId)
    .where('about_id', '=', pair.repId)
    .where('ended_at', 'is', null)
    .forUpdate()
    .executeTakeFirst();
  return row && { id: row.cadence_id, planned: row.plan_at !== null };
}

export async function changeRule(
  trx: Trx,
  workspaceId: string,
  cadenceId: string,
  rule: Rule,
  next: Upcoming | undefined,
): Promise<void> {
  await trx
    .updateTable('cadence')
    .set({
      rule: JSON.stringify(rule),
      ...(next === undefined
        ? {}
        : { next_period: next.period, next_due_at: next.dueAt, plan_at: next.planAt }),
    })
    .where('workspace_id', '=', workspaceId)
    .where('cadence_id', '=', cadenceId)
    .execute();
}
