import { type Kysely, sql } from 'kysely';

/**
 * Workspaces that come and go. `installation` holds the tokens of one that was installed by OAuth, sealed; one whose
 * token stands in the environment has no row. No statement of the product sees the tokens: they are looked up as the
 * owner, before there is a workspace to set, and so neither of the two roles has any right.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

const statements = [
  // `connected_at` is machine time: what Slack says of an earlier connection is compared with it.
  `alter table workspace
    add column connected_at timestamptz,
    add column installed_by text,
    add column ended_at timestamptz,
    add column ended_reason text,
    add column delete_after timestamptz,
    add constraint workspace_ended check (
      (ended_at is null) = (ended_reason is null) and (ended_at is null) = (delete_after is null)
    )`,
  `create index workspace_ended on workspace (delete_after) where ended_at is not null`,
  `create table installation (
    workspace_id text primary key references workspace,
    is_enterprise boolean not null,
    app_id text not null,
    scopes text[] not null,
    generation integer not null default 1,
    key_id text not null,
    bot_token text not null,
    refresh_token text,
    expires_at timestamptz,
    refreshing_until timestamptz,
    refresh_trouble text,
    installed_by text not null,
    installed_at timestamptz not null,
    check (refresh_token is null or expires_at is not null)
  )`,
  `alter table installation enable row level security`,
  `create policy own_workspace on installation to sideline_app
    using (workspace_id = current_setting('sideline.workspace_id'))
    with check (workspace_id = current_setting('sideline.workspace_id'))`,
];
