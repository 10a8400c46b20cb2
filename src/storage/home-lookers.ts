import { sql } from 'kysely';
import type { Question, Trx } from './database.ts';

/** Notes that somebody looks at their Home; within the hour once is enough. */
export async function noteLooker(trx: Trx, workspaceId: string, userId: string, at: Date): Promise<void> {
  await sql`
    update member set home_opened_at = ${at}
    where workspace_id = ${workspaceId} and user_id = ${userId}
      and (home_opened_at is null or home_opened_at not between ${at}::timestamptz - interval '1 hour' and ${at})`.execute(
    trx,
  );
}

/** Which of these people have looked at their Home since then. */
export const lookersAmong =
  (workspaceId: string, userIds: readonly string[], since: Date): Question<{ user_id: string }> =>
  (build) =>
    build
      .selectFrom('member')
      .select('user_id')
      .where('workspace_id', '=', workspaceId)
      .where('user_id', 'in', userIds)
      .where('home_opened_at', '>', sql<Date>`${since.toISOString()}::timestamptz`);
