import { type Kysely, sql } from 'kysely';

/** When somebody last looked at their Home: who does not look at it waits for no new one, and nobody makes it. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table member add column home_opened_at timestamptz`.execute(db);
}
