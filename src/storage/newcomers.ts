import { sql } from 'kysely';
import type { Trx } from './database.ts';

/** Somebody joined Slack whom Sideline does not know. */
export async function noteNewcomer(trx: Trx, workspaceId: string, userId: string, at: Date): Promise<void> {
  await trx
    .insertInto('newcomer')
    .values({ workspace_id: workspaceId, user_id: userId, joined_at: at })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** They are known now, or gone again. */
export async function forgetNewcomers(
  trx: Trx,
  workspaceId: string,
  userIds: readonly string[],
): Promise<void> {
  if (userIds.length === 0) return;
  await trx
    .deleteFrom('newcomer')
    .where('workspace_id', '=', workspaceId)
    .where(sql<boolean>`user_id = any (${[...userIds]}::text[])`)
    .execute();
}

export async function countNewcomers(trx: Trx, workspaceId: string): Promise<number> {
  const { count } = await trx
    .selectFrom('newcomer')
    .select(({ fn }) => fn.countAll<string>().as('count'))
    .where('workspace_id', '=', workspaceId)
    .executeTakeFirstOrThrow();
  return Number(count);
}

/** The latest first. */
export async function latestNewcomers(trx: Trx, workspaceId: string, most: number): Promise<string[]> {
  const rows = await trx
    .selectFrom('newcomer')
    .select('user_id')
    .where('workspace_id', '=', workspaceId)
    .orderBy('joined_at', 'desc')
    .orderBy('user_id')
    .limit(most)
    .execute();
  return rows.map((row) => row.user_id);
}
