import { sql } from 'kysely';
import type { Trx } from './database.ts';
import { listMembers, type Member, membersById } from './members.ts';

/** These people, and whoever reports to them or manages them now. */
export async function peopleAround(
  trx: Trx,
  workspaceId: string,
  ids: ReadonlySet<string>,
): Promise<Map<string, Member>> {
  const people =
    ids.size > mostNamed
      ? await listMembers(trx, workspaceId)
      : await membersById(trx, workspaceId, await idsAround(trx, workspaceId, [...ids]));
  return new Map(people.map((one) => [one.id, one]));
}

/** From here on reading everybody is less work than naming them. */
const mostNamed = 1_000;

async function idsAround(trx: Trx, workspaceId: string, ids: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select unnest(${ids}::text[]) as id
    union select manager_id from reporting
      where workspace_id = ${workspaceId} and until is null and rep_id = any (${ids}::text[])
    union select rep_id from reporting
      where workspace_id = ${workspaceId} and until is null and manager_id = any (${ids}::text[])`.execute(
    trx,
  );
  return rows.map((row) => row.id);
}
