import { sql } from 'kysely';
import type { Trx } from './database.ts';

export async function blockMethod(
  trx: Trx,
  workspaceId: string,
  method: string,
  until: Date,
  reason: string,
): Promise<void> {
  await sql`
    insert into slack_limit (workspace_id, method, blocked_until, reason)
    values (${workspaceId}, ${method}, ${until}, ${reason})
    on conflict (workspace_id, method) do update
      set blocked_until = greatest(slack_limit.blocked_until, excluded.blocked_until), reason = excluded.reason`.execute(
    trx,
  );
}

export async function blockedMethods(trx: Trx, workspaceId: string, machineNow: Date): Promise<Set<string>> {
  const rows = await trx
    .selectFrom('slack_limit')
    .select('method')
    .where('workspace_id', '=', workspaceId)
    .where('blocked_until', '>', machineNow)
    .execute();
  return new Set(rows.map((row) => row.method));
}
