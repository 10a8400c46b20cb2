import { type Kysely, sql } from 'kysely';

/** What a workspace set for itself, with its history: rows are added, never changed. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const statements = [
    `create table setting (
      workspace_id text not null references workspace,
      setting_id bigint generated always as identity,
      key text not null,
      value jsonb not null,
      set_at timestamptz not null,
      set_by text not null,
      view_id text not null,
      primary key (workspace_id, setting_id)
    )`,
    `create index setting_newest on setting (workspace_id, key, setting_id desc)`,
    `alter table setting enable row level security`,
    `grant select, insert on setting to sideline_app`,
    `create policy own_workspace on setting to sideline_app
       using (workspace_id = current_setting('sideline.workspace_id'))
       with check (workspace_id = current_setting('sideline.workspace_id'))`,
    // Planning keeps to the settings of the workspaces it plans for.
    `grant select on setting to sideline_planner`,
    `create policy all_workspaces on setting for select to sideline_planner using (true)`,
  ];
  for (const statement of statements) await sql.raw(statement).execute(db);
}
