import { type Kysely, sql } from 'kysely';

/** By which time-zone data what is planned was calculated: a later one may know other clocks. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table workspace add column zone_data text`.execute(db);
}
