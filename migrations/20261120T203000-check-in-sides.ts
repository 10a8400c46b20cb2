import { type Kysely, sql } from 'kysely';

/** Planning sees which side of a check-in has answered, and not what. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw('grant select (workspace_id, occurrence_id, side) on check_in to sideline_planner')
    .execute(db);
  await sql
    .raw('create policy all_workspaces on check_in for select to sideline_planner using (true)')
    .execute(db);
}
