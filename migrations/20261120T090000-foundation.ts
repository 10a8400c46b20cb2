import { type Kysely, sql } from 'kysely';

/**
 * The first tables. Every one leads with workspace_id and is closed by row-level security: sideline_app sees
 * the workspace that is set for the transaction, sideline_planner all of them, on the tables listed at the end.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await createRoles(db);
  for (const statement of tables) await sql.raw(statement).execute(db);
  for (const table of Object.keys(access)) await protect(db, table);
}

/** Roles belong to the whole server: another database, or a test beside this one, may be creating them now. */
async function createRoles(db: Kysely<unknown>): Promise<void> {
  await sql`
    do $$
    declare role_name text;
    begin
      foreach role_name in array array['sideline_app', 'sideline_planner'] loop
        begin
          if not exists (select from pg_roles where rolname = role_name) then
            execute format('create role %I nologin', role_name);
          end if;
        exception when duplicate_object or unique_violation then null;
        end;
        -- Having created a role does not mean being allowed to become it (PostgreSQL 16 and later). Who may not
        -- grant it may have been granted it already; doctor tells when not.
        begin
          execute format('grant %I to current_user', role_name);
        exception when unique_violation or internal_error or insufficient_privilege then null;
        end;
      end loop;
    end $$`.execute(db);
}

const tables = [
  `create table workspace (
    workspace_id text primary key,
    team_id text not null,
    enterprise_id text,
    name text not null,
    bot_user_id text not null,
    installed_at timestamptz not null,
    started_at timestamptz,
    paused_at timestamptz
  )`,
  `create table member (
    workspace_id text not null references workspace,
    user_id text not null,
    name text not null,
    email text,
    time_zone text not null,
    roles text[] not null,
    segment text check (segment in ('star', 'core', 'low')),
    wave integer check (wave between 1 and 4),
    start_date date,
    country text,
    working_days integer[] not null default '{1,2,3,4,5}',
    work_starts text not null default '09:00',
    work_ends text not null default '17:00',
    dm_channel text,
    status text not null check (status in ('active', 'deactivated', 'guest', 'bot')),
    updated_at timestamptz not null,
    primary key (workspace_id, user_id)
  )`,
  `create table reporting (
    workspace_id text not null,
    rep_id text not null,
    manager_id text not null,
    since timestamptz not null,
    until timestamptz,
    primary key (workspace_id, rep_id, since),
    foreign key (workspace_id, rep_id) references member,
    foreign key (workspace_id, manager_id) references member,
    check (rep_id <> manager_id)
  )`,
  `create unique index reporting_current on reporting (workspace_id, rep_id) where until is null`,
  `create index reporting_by_manager on reporting (workspace_id, manager_id)`,
  `create table cadence (
    workspace_id text not null references workspace,
    cadence_id uuid not null,
    kind text not null,
    asked_id text not null,
    about_id text not null,
    rule jsonb not null,
    next_period text,
    next_due_at timestamptz,
    plan_at timestamptz,
    ended_at timestamptz,
    primary key (workspace_id, cadence_id),
    foreign key (workspace_id, asked_id) references member,
    foreign key (workspace_id, about_id) references member,
    check ((plan_at is null) = (next_due_at is null)),
    check ((plan_at is null) = (next_period is null)),
    check (ended_at is null or plan_at is null)
  )`,
  `create unique index cadence_current on cadence (workspace_id, kind, asked_id, about_id) where ended_at is null`,
  `create index cadence_to_plan on cadence (plan_at) where plan_at is not null`,
  `create table occurrence (
    workspace_id text not null,
    occurrence_id uuid not null,
    cadence_id uuid not null,
    period text not null,
    kind text not null,
    asked_id text not null,
    about_id text not null,
    due_at timestamptz not null,
    closes_at timestamptz not null,
    state text not null check (state in ('planned', 'due', 'done', 'excused', 'expired')),
    asked_at timestamptz,
    settled_at timestamptz,
    reason text,
    primary key (workspace_id, occurrence_id),
    unique (workspace_id, cadence_id, period),
    foreign key (workspace_id, cadence_id) references cadence,
    check (due_at < closes_at),
    check ((state in ('done', 'excused', 'expired')) = (settled_at is not null)),
    check ((state = 'excused') = (reason is not null))
  )`,
  `create index occurrence_to_fall_due on occurrence (due_at) where state = 'planned'`,
  `create index occurrence_to_close on occurrence (closes_at) where state in ('planned', 'due')`,
  `create index occurrence_open_by_pair on occurrence (workspace_id, asked_id, about_id) where state in ('planned', 'due')`,
  `create table delivery (
    workspace_id text not null,
    delivery_id uuid not null,
    kind text not null,
    key text not null,
    post_key uuid not null,
    receiver_id text not null,
    due_at timestamptz not null,
    state text not null check (state in ('pending', 'posting', 'delivered', 'uncertain', 'folded', 'dropped')),
    reason text,
    fence integer not null default 0,
    attempts integer not null default 0,
    intent_at timestamptz,
    retry_at timestamptz,
    channel text,
    last_answer text,
    settled_at timestamptz,
    primary key (workspace_id, delivery_id),
    unique (workspace_id, key),
    unique (workspace_id, post_key),
    foreign key (workspace_id, receiver_id) references member,
    check ((state in ('posting', 'uncertain')) <= (intent_at is not null and channel is not null)),
    check ((state in ('delivered', 'folded', 'dropped')) = (settled_at is not null)),
    check ((state in ('folded', 'dropped')) <= (reason is not null))
  )`,
  `create index delivery_to_post on delivery (workspace_id, due_at) where state = 'pending'`,
  `create index delivery_due on delivery (due_at, workspace_id) where state = 'pending'`,
  `create index delivery_to_settle on delivery (intent_at, workspace_id) where state in ('posting', 'uncertain')`,
  `create table delivery_occurrence (
    workspace_id text not null,
    delivery_id uuid not null,
    occurrence_id uuid not null,
    primary key (workspace_id, delivery_id, occurrence_id),
    foreign key (workspace_id, delivery_id) references delivery,
    foreign key (workspace_id, occurrence_id) references occurrence
  )`,
  `create index delivery_occurrence_by_occurrence on delivery_occurrence (workspace_id, occurrence_id)`,
  `create table message (
    workspace_id text not null,
    message_id uuid not null,
    delivery_id uuid not null,
    channel text not null,
    ts text not null,
    content_hash text not null,
    posted_at timestamptz not null,
    primary key (workspace_id, message_id),
    unique (workspace_id, delivery_id),
    unique (workspace_id, channel, ts),
    foreign key (workspace_id, delivery_id) references delivery
  )`,
  `create table edit (
    workspace_id text not null,
    message_id uuid not null,
    version integer not null,
    state text not null check (state in ('pending', 'done', 'failed')),
    response_url text,
    response_url_until timestamptz,
    attempts integer not null default 0,
    retry_at timestamptz,
    last_answer text,
    primary key (workspace_id, message_id),
    foreign key (workspace_id, message_id) references message
  )`,
  `create index edit_to_make on edit (workspace_id) where state = 'pending'`,
  `create table slack_limit (
    workspace_id text not null references workspace,
    method text not null,
    blocked_until timestamptz not null,
    reason text not null,
    primary key (workspace_id, method)
  )`,
  `create table one_on_one_log (
    workspace_id text not null,
    log_id uuid not null,
    view_id text not null,
    occurrence_id uuid,
    manager_id text not null,
    rep_id text not null,
    held_on date not null,
    about text not null check (about in ('skill', 'deal')),
    private_note text,
    insisted boolean not null,
    logged_at timestamptz not null,
    late boolean not null,
    revision integer not null,
    content_hash text not null,
    primary key (workspace_id, log_id),
    unique (workspace_id, view_id),
    foreign key (workspace_id, occurrence_id) references occurrence,
    foreign key (workspace_id, manager_id) references member,
    foreign key (workspace_id, rep_id) references member
  )`,
  `create index one_on_one_log_by_pair on one_on_one_log (workspace_id, rep_id, manager_id, logged_at)`,
  `create index one_on_one_log_by_occurrence on one_on_one_log (workspace_id, occurrence_id, logged_at)`,
  `create table one_on_one_log_revision (
    workspace_id text not null,
    log_id uuid not null,
    revision integer not null,
    content jsonb not null,
    saved_at timestamptz not null,
    saved_by text not null,
    primary key (workspace_id, log_id, revision),
    foreign key (workspace_id, log_id) references one_on_one_log
  )`,
  `create table commitment (
    workspace_id text not null,
    commitment_id uuid not null,
    log_id uuid not null,
    manager_id text not null,
    rep_id text not null,
    text text not null,
    by_date date not null,
    state text not null check (state in ('open', 'closed')),
    outcome text check (outcome in ('unasked', 'reminded', 'not_this_time', 'no_chance')),
    evidence text check (evidence in ('saw', 'heard', 'told')),
    outcome_log_id uuid,
    made_at timestamptz not null,
    closed_at timestamptz,
    primary key (workspace_id, commitment_id),
    foreign key (workspace_id, log_id) references one_on_one_log,
    foreign key (workspace_id, outcome_log_id) references one_on_one_log,
    check ((state = 'closed') = (outcome is not null and evidence is not null and closed_at is not null))
  )`,
  `create index commitment_by_log on commitment (workspace_id, log_id)`,
  `create index commitment_open on commitment (workspace_id, rep_id, manager_id) where state = 'open'`,
  `create table seen_event (
    workspace_id text not null references workspace,
    event_id text not null,
    seen_at timestamptz not null,
    primary key (workspace_id, event_id)
  )`,
];

type Right = 'select' | 'insert' | 'update' | 'delete';
const all: Right[] = ['select', 'insert', 'update', 'delete'];

/** What the two statement roles may do; planner rights only where planning works across workspaces. */
const access: Record<string, { app: Right[]; planner: Right[] }> = {
  workspace: { app: ['select', 'update'], planner: ['select'] },
  member: { app: all, planner: ['select'] },
  reporting: { app: all, planner: [] },
  cadence: { app: all, planner: ['select', 'update'] },
  occurrence: { app: all, planner: ['select', 'insert', 'update'] },
  delivery: { app: all, planner: ['select', 'insert', 'update'] },
  delivery_occurrence: { app: all, planner: ['select', 'insert'] },
  message: { app: all, planner: ['select'] },
  edit: { app: all, planner: ['select', 'insert', 'update'] },
  slack_limit: { app: all, planner: [] },
  one_on_one_log: { app: all, planner: [] },
  one_on_one_log_revision: { app: ['select', 'insert'], planner: [] },
  commitment: { app: all, planner: [] },
  seen_event: { app: all, planner: [] },
};

async function protect(db: Kysely<unknown>, table: string): Promise<void> {
  const { app, planner } = access[table] ?? { app: [], planner: [] };
  const statements = [
    `alter table ${table} enable row level security`,
    `grant ${app.join(', ')} on ${table} to sideline_app`,
    `create policy own_workspace on ${table} to sideline_app
       using (workspace_id = current_setting('sideline.workspace_id'))
       with check (workspace_id = current_setting('sideline.workspace_id'))`,
  ];
  if (planner.length > 0) {
    statements.push(
      `grant ${planner.join(', ')} on ${table} to sideline_planner`,
      `create policy all_workspaces on ${table} to sideline_planner using (true) with check (true)`,
    );
  }
  for (const statement of statements) await sql.raw(statement).execute(db);
}
