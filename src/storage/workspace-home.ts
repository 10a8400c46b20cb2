import type { Trx } from './database.ts';

/** The team and organisation whose people are at home in a workspace. */
export async function homeOf(
  trx: Trx,
  workspaceId: string,
): Promise<{ teamId: string; enterpriseId: string | null }> {
  const row = await trx
    .selectFrom('workspace')
    .select(['team_id', 'enterprise_id'])
    .where('workspace_id', '=', workspaceId)
    .executeTakeFirstOrThrow();
  return { teamId: row.team_id, enterpriseId: row.enterprise_id };
}
