import { type Kysely, sql } from 'kysely';

/**
 * Reps whose manager left Slack are few among all; without this each rep is asked for their last line (measured among
 * 50,000 people: 700 ms, and 1 ms with it).
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create index reporting_left on reporting (workspace_id, rep_id) where ended_because = 'left'`.execute(
    db,
  );
}
