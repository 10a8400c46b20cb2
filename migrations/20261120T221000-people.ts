import { type Kysely, sql } from 'kysely';

/** People are followed in Slack, found among fifty thousand, and imported in two steps. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
  for (const [table, rights] of Object.entries(access)) {
    await sql.raw(`alter table ${table} enable row level security`).execute(db);
    await sql.raw(`grant ${rights} on ${table} to sideline_app`).execute(db);
    await sql
      .raw(
        `create policy own_workspace on ${table} to sideline_app
           using (workspace_id = current_setting('sideline.workspace_id'))
           with check (workspace_id = current_setting('sideline.workspace_id'))`,
      )
      .execute(db);
  }
  // Which workspace is due is asked across all of them; what is found out about people is not.
  await sql.raw('grant select, update on people_sweep to sideline_planner').execute(db);
  await sql
    .raw('create policy all_workspaces on people_sweep to sideline_planner using (true) with check (true)')
    .execute(db);
}

const statements = [
  // is_guest: of this workspace, whom a setting may admit. away_status: what Slack's status said when it was last read.
  `alter table member
     add column is_guest boolean not null default false,
     add column away_status text`,
  'create index member_by_name on member (workspace_id, lower(name), user_id)',
  // A line that ended because one of the two left Slack begins again when they come back.
  `alter table reporting add column ended_because text check (ended_because in ('left'))`,
  `alter table absence
     add column source text not null default 'member' check (source in ('member', 'status', 'import'))`,
  // In Slack, not in Sideline yet.
  `create table newcomer (
    workspace_id text not null references workspace,
    user_id text not null,
    joined_at timestamptz not null,
    primary key (workspace_id, user_id)
  )`,
  `create table people_sweep (
    workspace_id text not null references workspace,
    due_at timestamptz not null,
    cursor text,
    leased_until timestamptz,
    finished_at timestamptz,
    primary key (workspace_id)
  )`,
  'create index people_sweep_due on people_sweep (due_at)',
  // wanted: what the file or the group says, with what Slack said then. digest: of the changes that were shown.
  `create table people_import (
    workspace_id text not null references workspace,
    import_id uuid not null,
    made_by text not null,
    source text not null check (source in ('file', 'group')),
    state text not null check (state in ('planned', 'applied')),
    wanted jsonb,
    digest text not null,
    made_at timestamptz not null,
    applied_at timestamptz,
    result jsonb,
    primary key (workspace_id, import_id),
    check ((state = 'applied') = (applied_at is not null))
  )`,
];

const access: Record<string, string> = {
  newcomer: 'select, insert, delete',
  people_sweep: 'select, insert, update',
  people_import: 'select, insert, update, delete',
};
