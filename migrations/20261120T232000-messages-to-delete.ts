import { type Kysely, sql } from 'kysely';

/** What Sideline posted to somebody who is erased goes from Slack as well, a few messages a minute. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

const statements = [
  // outcome: kept until the last one of the workspace is done, and then counted in the audit trail.
  `create table message_to_delete (
    workspace_id text not null references workspace,
    channel text not null,
    ts text not null,
    asked_at timestamptz not null,
    leased_until timestamptz,
    outcome text check (outcome in ('deleted', 'refused')),
    primary key (workspace_id, channel, ts)
  )`,
  'alter table message_to_delete enable row level security',
  'grant select, insert, update, delete on message_to_delete to sideline_app',
  `create policy own_workspace on message_to_delete to sideline_app
     using (workspace_id = current_setting('sideline.workspace_id'))
     with check (workspace_id = current_setting('sideline.workspace_id'))`,
  // In which workspaces something is left to do is asked across all of them; where exactly is not.
  'grant select (workspace_id, leased_until) on message_to_delete to sideline_planner',
  'create policy all_workspaces on message_to_delete for select to sideline_planner using (true)',
];
