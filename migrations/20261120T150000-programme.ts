import { type Kysely, sql } from 'kysely';

/** Training, who takes part, what each showed at its end, and what is asked about it before and after. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of tables) await sql.raw(statement).execute(db);
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
}

const tables = [
  `create table programme (
    workspace_id text not null references workspace,
    programme_id uuid not null,
    name text not null,
    session_on date not null,
    pillars text[] not null check (cardinality(pillars) > 0),
    made_by text not null,
    made_at timestamptz not null,
    ended_at timestamptz,
    primary key (workspace_id, programme_id),
    foreign key (workspace_id, made_by) references member
  )`,
  `create table enrolment (
    workspace_id text not null,
    enrolment_id uuid not null,
    programme_id uuid not null,
    rep_id text not null,
    wave smallint,
    asked boolean not null,
    enrolled_by text not null,
    enrolled_at timestamptz not null,
    withdrawn_at timestamptz,
    primary key (workspace_id, enrolment_id),
    foreign key (workspace_id, programme_id) references programme,
    foreign key (workspace_id, rep_id) references member,
    foreign key (workspace_id, enrolled_by) references member
  )`,
  // Whoever comes back after having been withdrawn has a new one: what was excused then stays so.
  `create unique index enrolment_current on enrolment (workspace_id, programme_id, rep_id)
     where withdrawn_at is null`,
  'create index enrolment_by_rep on enrolment (workspace_id, rep_id)',
  `create table day_zero (
    workspace_id text not null,
    programme_id uuid not null,
    rep_id text not null,
    pillar text not null,
    shown boolean not null,
    recorded_by text not null,
    recorded_at timestamptz not null,
    primary key (workspace_id, programme_id, rep_id, pillar),
    foreign key (workspace_id, programme_id) references programme,
    foreign key (workspace_id, rep_id) references member,
    foreign key (workspace_id, recorded_by) references member
  )`,
  `create table check_in (
    workspace_id text not null,
    check_in_id uuid not null,
    enrolment_id uuid not null,
    day smallint not null,
    side text not null check (side in ('rep', 'manager')),
    occurrence_id uuid not null,
    answers jsonb not null,
    example text,
    late boolean not null,
    answered_by text not null,
    answered_at timestamptz not null,
    primary key (workspace_id, check_in_id),
    unique (workspace_id, enrolment_id, day, side),
    foreign key (workspace_id, enrolment_id) references enrolment,
    foreign key (workspace_id, occurrence_id) references occurrence,
    foreign key (workspace_id, answered_by) references member
  )`,
  'create index check_in_by_occurrence on check_in (workspace_id, occurrence_id)',
  `create table baseline (
    workspace_id text not null,
    baseline_id uuid not null,
    enrolment_id uuid not null,
    side text not null check (side in ('rep', 'manager')),
    answers smallint[] not null check (cardinality(answers) = 10),
    answered_by text not null,
    answered_at timestamptz not null,
    primary key (workspace_id, baseline_id),
    unique (workspace_id, enrolment_id, side),
    foreign key (workspace_id, enrolment_id) references enrolment,
    foreign key (workspace_id, answered_by) references member
  )`,
];

const appRights: Record<string, string> = {
  programme: 'select, insert, update',
  enrolment: 'select, insert, update',
  day_zero: 'select, insert, update',
  check_in: 'select, insert, update',
  baseline: 'select, insert, update',
};
