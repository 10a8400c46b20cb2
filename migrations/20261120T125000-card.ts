import { type Kysely, sql } from 'kysely';

/**
 * Everything asked of a person goes on one card a day. For that, occurrences may come without a rule (a date is
 * told instead), their messages are planned apart from them, and a card may also carry notes, which ask nothing
 * on a cadence.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of [...changes, ...tables]) await sql.raw(statement).execute(db);
  for (const [table, right] of Object.entries(appRights)) {
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
  // Whom to ask depends on who manages whom and on who is away.
  for (const table of ['reporting', 'absence']) {
    await sql.raw(`grant select on ${table} to sideline_planner`).execute(db);
    await sql
      .raw(`create policy all_workspaces on ${table} to sideline_planner using (true) with check (true)`)
      .execute(db);
  }
  await sql.raw('grant delete on delivery_occurrence to sideline_planner').execute(db);
}

const changes = [
  'alter table workspace add column pilot boolean not null default false',
  'alter table member add column in_pilot boolean not null default false',
  'alter table cadence alter column rule drop not null',
  'alter table cadence add column subject_id uuid',
  'alter table cadence add check (rule is not null or plan_at is null)',
  'drop index cadence_current',
  `create unique index cadence_current on cadence
     (workspace_id, kind, asked_id, about_id, coalesce(subject_id, '00000000-0000-0000-0000-000000000000'))
     where ended_at is null`,
  'alter table occurrence add column subject_id uuid',
  'alter table occurrence add column ask_at timestamptz',
  'alter table occurrence add column snoozed_until timestamptz',
  'alter table occurrence add column stand_in_id text',
  'alter table occurrence add foreign key (workspace_id, stand_in_id) references member',
  'create index occurrence_to_ask on occurrence (ask_at) where ask_at is not null',
  "create index occurrence_open_by_about on occurrence (workspace_id, about_id) where state in ('planned', 'due')",
  'create index occurrence_by_subject on occurrence (workspace_id, subject_id) where subject_id is not null',
  'alter table delivery alter column receiver_id drop not null',
  'alter table delivery add column target_channel text',
  'alter table delivery add check ((receiver_id is null) <> (target_channel is null))',
  'alter table delivery add column sent_on date',
  'create index delivery_sent_on on delivery (workspace_id, receiver_id, sent_on) where sent_on is not null',
  `update delivery set kind = 'prompt' where kind = 'one_on_one_prompt'`,
  `update delivery set kind = 'card' where kind = 'one_on_one_preparation'`,
];

const tables = [
  `create table absence (
    workspace_id text not null,
    absence_id uuid not null,
    member_id text not null,
    first_day date not null,
    last_day date not null,
    stand_in_id text,
    set_by text not null,
    set_at timestamptz not null,
    withdrawn_at timestamptz,
    primary key (workspace_id, absence_id),
    foreign key (workspace_id, member_id) references member,
    foreign key (workspace_id, stand_in_id) references member,
    check (first_day <= last_day),
    check (stand_in_id <> member_id)
  )`,
  'create index absence_by_member on absence (workspace_id, member_id, last_day) where withdrawn_at is null',
  `create table card_note (
    workspace_id text not null,
    note_id uuid not null,
    kind text not null,
    receiver_id text not null,
    about_id text not null,
    subject_id uuid not null,
    made_at timestamptz not null,
    settled_at timestamptz,
    primary key (workspace_id, note_id),
    unique (workspace_id, kind, receiver_id, subject_id),
    foreign key (workspace_id, receiver_id) references member,
    foreign key (workspace_id, about_id) references member
  )`,
  'create index card_note_open on card_note (workspace_id, receiver_id) where settled_at is null',
  'create index card_note_by_subject on card_note (workspace_id, subject_id)',
  `create table delivery_note (
    workspace_id text not null,
    delivery_id uuid not null,
    note_id uuid not null,
    primary key (workspace_id, delivery_id, note_id),
    foreign key (workspace_id, delivery_id) references delivery,
    foreign key (workspace_id, note_id) references card_note
  )`,
  'create index delivery_note_by_note on delivery_note (workspace_id, note_id)',
  `create table submission (
    workspace_id text not null references workspace,
    view_id text not null,
    record_id uuid not null,
    content_hash text not null,
    saved_at timestamptz not null,
    primary key (workspace_id, view_id)
  )`,
  `create table record_revision (
    workspace_id text not null references workspace,
    record_kind text not null,
    record_id uuid not null,
    revision integer not null,
    content jsonb not null,
    saved_at timestamptz not null,
    saved_by text not null,
    primary key (workspace_id, record_kind, record_id, revision)
  )`,
];

const appRights: Record<string, string> = {
  absence: 'select, insert, update',
  card_note: 'select, insert, update',
  delivery_note: 'select, insert, delete',
  submission: 'select, insert, update',
  record_revision: 'select, insert',
};
