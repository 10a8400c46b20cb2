import type { Trx } from './database.ts';

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
