import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { Trx } from './database.ts';

/** Somebody who waits to be erased. */
export interface ErasureRequest {
  personId: string;
  personName: string;
  askedAt: Date;
}

/** Those that are open, the oldest first; of one person, or of all. */
export async function openErasureRequests(
  trx: Trx,
  workspaceId: string,
  personId?: string,
): Promise<ErasureRequest[]> {
  const { rows } = await sql<{ person_id: string; name: string; asked_at: Date }>`
    select r.person_id, m.name, r.asked_at from erasure_request r
    join member m on m.workspace_id = r.workspace_id and m.user_id = r.person_id
    where r.workspace_id = ${workspaceId} and r.called_off_at is null and r.erased_at is null
      and (${personId ?? null}::text is null or r.person_id = ${personId ?? null})
    order by r.asked_at, r.request_id`.execute(trx);
  return rows.map((row) => ({ personId: row.person_id, personName: row.name, askedAt: row.asked_at }));
}

/** Says whether this is new. */
export async function addErasureRequest(
  trx: Trx,
  workspaceId: string,
  personId: string,
  at: Date,
): Promise<boolean> {
  const { numAffectedRows } = await sql`
    insert into erasure_request (workspace_id, request_id, person_id, asked_at)
    values (${workspaceId}, ${randomUUID()}, ${personId}, ${at})
    on conflict do nothing`.execute(trx);
  return Number(numAffectedRows ?? 0) > 0;
}

/** Says whether there was one. */
export async function callOffErasureRequest(
  trx: Trx,
  workspaceId: string,
  personId: string,
  at: Date,
): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable('erasure_request')
    .set({ called_off_at: at })
    .where('workspace_id', '=', workspaceId)
    .where('person_id', '=', personId)
    .where('called_off_at', 'is', null)
    .where('erased_at', 'is', null)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}
