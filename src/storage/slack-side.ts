import { sql } from 'kysely';
import type { Trx } from './database.ts';

/** What is kept of somebody only to notice that it has changed in Slack. */
export interface SlackSide {
  id: string;
  isGuest: boolean;
  awayStatus: string | null;
}

export async function slackSidesOf(
  trx: Trx,
  workspaceId: string,
  ids: readonly string[],
): Promise<Map<string, SlackSide>> {
  const rows = await trx
    .selectFrom('member')
    .select(['user_id', 'is_guest', 'away_status'])
    .where('workspace_id', '=', workspaceId)
    .where(sql<boolean>`user_id = any (${[...ids]}::text[])`)
    .execute();
  return new Map(
    rows.map((row) => [row.user_id, { id: row.user_id, isGuest: row.is_guest, awayStatus: row.away_status }]),
  );
}

export async function saveSlackSides(
  trx: Trx,
  workspaceId: string,
  sides: readonly SlackSide[],
): Promise<void> {
  if (sides.length === 0) return;
  const rows = sides.map((one) => ({ u: one.id, g: one.isGuest, a: one.awayStatus }));
  await sql`
    update member set is_guest = side.g, away_status = side.a
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as side(u text, g boolean, a text)
    where member.workspace_id = ${workspaceId} and member.user_id = side.u`.execute(trx);
}

/** The guests of this workspace, whom a setting may admit. */
export async function guestIds(trx: Trx, workspaceId: string): Promise<string[]> {
  const rows = await trx
    .selectFrom('member')
    .select('user_id')
    .where('workspace_id', '=', workspaceId)
    .where('is_guest', '=', true)
    .orderBy('user_id')
    .execute();
  return rows.map((row) => row.user_id);
}
