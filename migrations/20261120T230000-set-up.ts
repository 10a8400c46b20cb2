import { type Kysely, sql } from 'kysely';

/**
 * What of setting up cannot be seen from anything else: that the defaults were looked at and kept, the preview seen, a
 * digest declined, the rest left as it is. Not by whom: that concerns nobody.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(
      `create table set_up_step (
         workspace_id text not null references workspace,
         step text not null check (step in ('defaults', 'digest', 'preview', 'closed')),
         at timestamptz not null,
         primary key (workspace_id, step)
       )`,
    )
    .execute(db);
  await sql.raw('alter table set_up_step enable row level security').execute(db);
  await sql.raw('grant select, insert on set_up_step to sideline_app').execute(db);
  await sql
    .raw(
      `create policy own_workspace on set_up_step to sideline_app
         using (workspace_id = current_setting('sideline.workspace_id'))
         with check (workspace_id = current_setting('sideline.workspace_id'))`,
    )
    .execute(db);
}
