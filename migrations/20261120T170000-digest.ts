import { type Kysely, sql } from 'kysely';

/** Where a workspace's weekly digest goes; and whether Slack refused the blocks of a message, so that it goes as text. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const statements = [
    `create table digest (
      workspace_id text not null references workspace,
      channel text,
      zone text not null,
      next_due_at timestamptz,
      trouble text,
      trouble_delivery_id uuid,
      set_by text not null,
      set_at timestamptz not null,
      primary key (workspace_id),
      foreign key (workspace_id, set_by) references member,
      foreign key (workspace_id, trouble_delivery_id) references delivery,
      check (next_due_at is null or channel is not null),
      check ((trouble is null) = (trouble_delivery_id is null))
    )`,
    'create index digest_due on digest (next_due_at) where next_due_at is not null',
    `alter table digest enable row level security`,
    `grant select, insert, update on digest to sideline_app`,
    `create policy own_workspace on digest to sideline_app
       using (workspace_id = current_setting('sideline.workspace_id'))
       with check (workspace_id = current_setting('sideline.workspace_id'))`,
    // Digests are planned across workspaces, as occurrences are.
    `grant select, update on digest to sideline_planner`,
    `create policy all_workspaces on digest to sideline_planner using (true) with check (true)`,
    'alter table delivery add column as_text boolean not null default false',
  ];
  for (const statement of statements) await sql.raw(statement).execute(db);
}
