import type { Trx } from './database.ts';
import { settledByHand } from './settle-by-hand.ts';
import { hasWaited } from './waited.ts';

/** Across workspaces: occurrences whose time is over and that have no end. */
export async function countUnclosed(
  trx: Trx,
  closedBefore: Date,
): Promise<{ count: number; oldest: Date | null }> {
  return trx
    .selectFrom('occurrence')
    .select((select) => [
      select.fn.countAll<number>().as('count'),
      select.fn.min<Date | null>('closes_at').as('oldest'),
    ])
    .where('state', 'in', ['planned', 'due'])
    .where('closes_at', '<=', closedBefore)
    .executeTakeFirstOrThrow();
}

/** Across workspaces: deliveries that were begun before an instant of machine time and have no end. */
export async function countUnsettled(
  trx: Trx,
  begunBefore: Date,
): Promise<{ count: number; oldest: Date | null }> {
  return trx
    .selectFrom('delivery')
    .select((select) => [
      select.fn.countAll<number>().as('count'),
      select.fn.min<Date | null>('intent_at').as('oldest'),
    ])
    .where('state', 'in', ['posting', 'uncertain'])
    .where('intent_at', '<=', begunBefore)
    .executeTakeFirstOrThrow();
}

/** Across workspaces that are running: messages that were due before an instant, wait for nothing, and are still here. */
export async function countLeftBehind(
  trx: Trx,
  dueBefore: Date,
  machineNow: Date,
): Promise<{ count: number; oldest: Date | null }> {
  return trx
    .selectFrom('delivery')
    .innerJoin('workspace', 'workspace.workspace_id', 'delivery.workspace_id')
    .select((select) => [
      select.fn.countAll<number>().as('count'),
      select.fn.min<Date | null>('delivery.due_at').as('oldest'),
    ])
    .where('delivery.state', '=', 'pending')
    .where('delivery.due_at', '<=', dueBefore)
    .where(hasWaited('delivery.retry_at', machineNow))
    .where('workspace.started_at', 'is not', null)
    .where('workspace.paused_at', 'is', null)
    .executeTakeFirstOrThrow();
}

/**
 * Across workspaces: messages that Slack has and nobody knows where. Whoever settled one by hand knew only that it is
 * there.
 */
export async function countWithoutPlace(trx: Trx): Promise<number> {
  const { count } = await trx
    .selectFrom('delivery')
    .leftJoin('message', (join) =>
      join
        .onRef('message.workspace_id', '=', 'delivery.workspace_id')
        .onRef('message.delivery_id', '=', 'delivery.delivery_id'),
    )
    .select((select) => select.fn.countAll<number>().as('count'))
    .where('delivery.state', '=', 'delivered')
    .where('delivery.last_answer', 'is distinct from', settledByHand)
    .where('message.message_id', 'is', null)
    .executeTakeFirstOrThrow();
  return count;
}
