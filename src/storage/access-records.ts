import { sql } from 'kysely';
import type { OpenedResource, Opening } from '#domain/opened.ts';
import { askTogether } from './ask-together.ts';
import type { Trx } from './database.ts';

/** Somebody is shown what is kept about other people. */
export interface Opened {
  viewerId: string;
  personIds: readonly string[];
  resource: OpenedResource;
  how: Opening;
  /** Business time, in milliseconds. */
  now: number;
}

/**
 * Notes that records are opened, each once an hour; one's own is nobody's business. Asked in the same turn as the
 * reads of what is opened, it costs no trip of its own.
 */
export async function noteAccess(trx: Trx, workspaceId: string, opened: Opened): Promise<void> {
  const { viewerId, resource, how, now } = opened;
  const others = [...new Set(opened.personIds)].filter((id) => id !== viewerId);
  if (others.length === 0) return;
  const query = sql<object>`
    select note_access(${workspaceId}, gen_random_uuid(), ${viewerId}, person_id, ${resource}, ${how},
      ${new Date(now).toISOString()}::timestamptz)
    from unnest(${others}::text[]) as person_id`;
  await askTogether(trx, query, {});
}

/** One look at a person's record. */
export interface AccessSeen {
  viewerId: string;
  /** None where the viewer was never a member, or is erased. */
  viewerName: string | undefined;
  resource: string;
  how: string;
  at: Date;
}

/** Who opened somebody's record, the latest first. */
export async function accessesTo(
  trx: Trx,
  workspaceId: string,
  personId: string,
  page: { skip: number; most: number },
): Promise<AccessSeen[]> {
  const rows = await trx
    .selectFrom('access_record as a')
    .leftJoin('member as m', (join) =>
      join.onRef('m.workspace_id', '=', 'a.workspace_id').onRef('m.user_id', '=', 'a.viewer_id'),
    )
    .select(['a.viewer_id', 'm.name', 'a.resource', 'a.how', 'a.at'])
    .where('a.workspace_id', '=', workspaceId)
    .where('a.person_id', '=', personId)
    .orderBy('a.at', 'desc')
    .orderBy('a.record_id')
    .offset(page.skip)
    .limit(page.most)
    .execute();
  return rows.map((row) => ({
    viewerId: row.viewer_id,
    viewerName: row.name ?? undefined,
    resource: row.resource,
    how: row.how,
    at: row.at,
  }));
}

/** What is older goes, though nothing that is younger than a year. */
export async function dropAccessRecords(trx: Trx, when: { before: Date; now: Date }): Promise<number> {
  const { rows } = await sql<{ gone: string }>`
    select drop_access_records(${when.before}, ${when.now}) as gone`.execute(trx);
  return Number(rows[0]?.gone ?? 0);
}
