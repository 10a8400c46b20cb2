import { type Kysely, sql } from 'kysely';

/**
 * Who opened whose record, and what was done to settings, people and data. Both are added to and read, and nothing
 * else: no statement of the product may change or delete a row, and no planner sees one.
 *
 * Ids of people carry no foreign key: an audit entry may name somebody who was never a member, and both tables outlast
 * what they tell of.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of tables) await sql.raw(statement).execute(db);
  for (const table of ['access_record', 'audit_entry']) {
    await sql.raw(`alter table ${table} enable row level security`).execute(db);
    await sql.raw(`grant select, insert on ${table} to sideline_app`).execute(db);
    await sql
      .raw(
        `create policy own_workspace on ${table} to sideline_app
           using (workspace_id = current_setting('sideline.workspace_id'))
           with check (workspace_id = current_setting('sideline.workspace_id'))`,
      )
      .execute(db);
  }
  for (const statement of functions) await sql.raw(statement).execute(db);
}

const tables = [
  // Whoever looks at the same thing again within the hour has looked once: `hour` makes it one row.
  `create table access_record (
    workspace_id text not null references workspace,
    record_id uuid not null,
    viewer_id text not null,
    person_id text not null,
    resource text not null,
    how text not null,
    at timestamptz not null,
    hour timestamptz not null,
    primary key (workspace_id, record_id),
    check (viewer_id <> person_id)
  )`,
  `create unique index access_record_once on access_record
     (workspace_id, person_id, viewer_id, resource, hour)`,
  'create index access_record_by_person on access_record (workspace_id, person_id, at desc, record_id)',
  // The order is that of writing: two entries may be of one business time.
  `create table audit_entry (
    workspace_id text not null references workspace,
    entry_id bigint not null generated always as identity,
    actor_id text not null,
    what text not null,
    about_id text,
    detail jsonb not null,
    at timestamptz not null,
    primary key (workspace_id, entry_id)
  )`,
];

const functions = [
  // A function, because it can stand in a select, and so in one statement with the reads of what is opened. It runs
  // with the rights of whoever calls it: what the table refuses, it refuses.
  `create function note_access(
     workspace_id text, record_id uuid, viewer_id text, person_id text, resource text, how text, at timestamptz
   ) returns boolean language sql volatile as $$
     insert into access_record values ($1, $2, $3, $4, $5, $6, $7, date_trunc('hour', $7, 'UTC'))
     on conflict do nothing;
     select true
   $$`,
  // The deliberate ways out run with the rights of the owner, in the workspace that is set and no other. Here: what is
  // older than a year may go by age. Erasure of a person has a way of its own.
  `create function drop_access_records(older_than timestamptz, today timestamptz) returns bigint
   language sql volatile security definer set search_path = pg_catalog, public as $$
     with gone as (
       delete from public.access_record
       where workspace_id = current_setting('sideline.workspace_id')
         and at < least($1, $2 - interval '1 year')
       returning 1
     )
     select count(*) from gone
   $$`,
  'revoke all on function drop_access_records(timestamptz, timestamptz) from public',
  'grant execute on function drop_access_records(timestamptz, timestamptz) to sideline_app',
  'revoke all on function note_access(text, uuid, text, text, text, text, timestamptz) from public',
  'grant execute on function note_access(text, uuid, text, text, text, text, timestamptz) to sideline_app',
];
