import { type Kysely, sql } from 'kysely';

/** People ask for a copy of what is kept about them, and get it once for each time they ask. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

const statements = [
  `create table copy_request (
    workspace_id text not null references workspace,
    request_id uuid not null,
    person_id text not null,
    asked_at timestamptz not null,
    state text not null check (state in ('making', 'sent', 'unsure', 'not_sent', 'waiting', 'handed_over', 'called_off')),
    -- Machine time: whoever was making it has died.
    leased_until timestamptz,
    settled_at timestamptz,
    primary key (workspace_id, request_id),
    check ((state = 'making') = (leased_until is not null)),
    check ((state in ('making', 'waiting')) = (settled_at is null))
  )`,
  `create unique index copy_request_open on copy_request (workspace_id, person_id)
     where state in ('making', 'waiting')`,
  'alter table copy_request enable row level security',
  'grant select, insert, update on copy_request to sideline_app',
  `create policy own_workspace on copy_request to sideline_app
     using (workspace_id = current_setting('sideline.workspace_id'))
     with check (workspace_id = current_setting('sideline.workspace_id'))`,
];
