import { type Kysely, sql } from 'kysely';

/** People ask to be erased, somebody confirms it, and who is gone stays gone. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
  const rights = { erasure_request: 'select, insert, update', erased_person: 'select, insert' };
  for (const [table, right] of Object.entries(rights)) {
    await sql.raw(`alter table ${table} enable row level security`).execute(db);
    await sql.raw(`grant ${right} on ${table} to sideline_app`).execute(db);
    await sql
      .raw(
        `create policy own_workspace on ${table} to sideline_app
           using (workspace_id = current_setting('sideline.workspace_id'))
           with check (workspace_id = current_setting('sideline.workspace_id'))`,
      )
      .execute(db);
  }
  for (const [name, signature, body] of functions) {
    await sql.raw(body).execute(db);
    await sql.raw(`revoke all on function ${name}(${signature}) from public`).execute(db);
    await sql.raw(`grant execute on function ${name}(${signature}) to sideline_app`).execute(db);
  }
}

const statements = [
  `create table erasure_request (
    workspace_id text not null references workspace,
    request_id uuid not null,
    person_id text not null,
    asked_at timestamptz not null,
    called_off_at timestamptz,
    erased_at timestamptz,
    primary key (workspace_id, request_id),
    check (called_off_at is null or erased_at is null)
  )`,
  `create unique index erasure_request_open on erasure_request (workspace_id, person_id)
     where called_off_at is null and erased_at is null`,
  // Not the id: a salted hash of it, enough to notice that a file or Slack brings the same person again.
  `create table erased_person (
    workspace_id text not null references workspace,
    salt text not null,
    id_hash text not null,
    erased_at timestamptz not null,
    primary key (workspace_id, salt)
  )`,
  // Texts in rows that are otherwise never changed.
  'grant update (account) on sighting to sideline_app',
  'grant update (known_by) on certification_rating to sideline_app',
];

/**
 * What must reach rows that are only added to runs with the rights of the owner, in the workspace that is set and no
 * other. None of them can be used to say something else there: one puts a name that is nobody's in the place of an id,
 * the others take away what a record once said.
 */
const functions: [name: string, signature: string, body: string][] = [
  [
    'rename_person',
    'text, text',
    `create function rename_person(former text, latter text) returns void
     language plpgsql security definer set search_path = pg_catalog, public as $$
     declare
       workspace text := current_setting('sideline.workspace_id');
       one record;
     begin
       if former !~ '^[A-Z0-9]{2,64}$' or latter !~ '^GONE[A-Z0-9]{8,60}$' then
         raise exception 'rename_person takes a Slack id and a name that is nobody''s';
       end if;
       insert into public.member
         select (jsonb_populate_record(m, jsonb_build_object('user_id', latter))).*
         from public.member m where m.workspace_id = workspace and m.user_id = former;
       -- From the catalogue, so that a table that comes later is not forgotten. An id within a longer text is found by
       -- its borders: U12 is not U123.
       for one in
         select c.table_name as name,
           string_agg(format(
             '%1$I = case when strpos(%1$I::text, $2) = 0 then %1$I
                else regexp_replace(%1$I::text, ''\\m'' || $2 || ''\\M'', $3, ''g'')::%2$s end',
             c.column_name, case c.data_type when 'ARRAY' then 'text[]' else c.data_type end), ', ') as changes,
           string_agg(format('strpos(%I::text, $2) > 0', c.column_name), ' or ') as found
         from information_schema.columns c
         join information_schema.tables t using (table_schema, table_name)
         where c.table_schema = 'public' and t.table_type = 'BASE TABLE' and c.column_name <> 'workspace_id'
           and c.table_name <> 'member' and c.table_name not like 'kysely%'
           and (c.data_type in ('text', 'jsonb') or c.udt_name = '_text')
         group by c.table_name
       loop
         execute format('update public.%I set %s where workspace_id = $1 and (%s)', one.name, one.changes, one.found)
           using workspace, former, latter;
       end loop;
       delete from public.member m where m.workspace_id = workspace and m.user_id = former;
     end $$`,
  ],
  [
    'drop_revisions',
    'uuid[]',
    `create function drop_revisions(records uuid[]) returns bigint
     language sql volatile security definer set search_path = pg_catalog, public as $$
       with logs as (
         delete from public.one_on_one_log_revision
         where workspace_id = current_setting('sideline.workspace_id') and log_id = any ($1) returning 1
       ), others as (
         delete from public.record_revision
         where workspace_id = current_setting('sideline.workspace_id') and record_id = any ($1) returning 1
       )
       select (select count(*) from logs) + (select count(*) from others)
     $$`,
  ],
  [
    // Of records about somebody else: what their writer noted for nobody but themself.
    'drop_private_notes',
    'uuid[]',
    `create function drop_private_notes(records uuid[]) returns void
     language sql volatile security definer set search_path = pg_catalog, public as $$
       update public.one_on_one_log_revision set content = content - 'privateNote'
       where workspace_id = current_setting('sideline.workspace_id') and log_id = any ($1);
       update public.record_revision set content = content - 'privateNote'
       where workspace_id = current_setting('sideline.workspace_id') and record_id = any ($1)
         and jsonb_typeof(content) = 'object'
     $$`,
  ],
];
