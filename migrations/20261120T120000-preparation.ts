import { type Kysely, sql } from 'kysely';

/** What a rep thought about before a 1:1; one answer for each, the latest. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const statements = [
    `create table preparation (
      workspace_id text not null,
      occurrence_id uuid not null,
      rep_id text not null,
      answer text not null,
      answered_at timestamptz not null,
      primary key (workspace_id, occurrence_id),
      foreign key (workspace_id, occurrence_id) references occurrence,
      foreign key (workspace_id, rep_id) references member
    )`,
    `alter table preparation enable row level security`,
    `grant select, insert, update, delete on preparation to sideline_app`,
    `create policy own_workspace on preparation to sideline_app
       using (workspace_id = current_setting('sideline.workspace_id'))
       with check (workspace_id = current_setting('sideline.workspace_id'))`,
  ];
  for (const statement of statements) await sql.raw(statement).execute(db);
}
