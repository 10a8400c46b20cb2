import { sql } from 'kysely';
import type { Trx } from './database.ts';

/** Whoever changes roles or reporting lines takes turns until the transaction ends: two at once could close a circle. */
export async function lockPeople(trx: Trx, workspaceId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext('people'), hashtext(${workspaceId}))`.execute(trx);
}
