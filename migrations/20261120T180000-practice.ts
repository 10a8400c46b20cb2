import { type Kysely, sql } from 'kysely';

/** What reps practise between calls, and what they and their managers say of it afterwards. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of tables) await sql.raw(statement).execute(db);
  for (const table of ['practice_assignment', 'practice_review']) {
    await sql.raw(`alter table ${table} enable row level security`).execute(db);
    await sql.raw(`grant select, insert, update on ${table} to sideline_app`).execute(db);
    await sql
      .raw(
        `create policy own_workspace on ${table} to sideline_app
           using (workspace_id = current_setting('sideline.workspace_id'))
           with check (workspace_id = current_setting('sideline.workspace_id'))`,
      )
      .execute(db);
  }
  // What was not answered is asked again some day, in whatever workspace it is.
  await sql.raw('grant select on practice_assignment to sideline_planner').execute(db);
  await sql
    .raw(
      `create policy all_workspaces on practice_assignment to sideline_planner using (true) with check (true)`,
    )
    .execute(db);
}

const tables = [
  `create table practice_assignment (
    workspace_id text not null,
    assignment_id uuid not null,
    rep_id text not null,
    pillar text check (pillar in ('teach', 'tailor', 'takeControl')),
    item_id text,
    title text not null,
    situation text,
    task text not null,
    question text,
    why text,
    assigned_by text not null,
    assigned_at timestamptz not null,
    first_due_on date not null,
    mastered_at timestamptz,
    ended_at timestamptz,
    ended_by text,
    ended_as text check (ended_as in ('retired', 'withdrawn')),
    brought_back_at timestamptz,
    follow_up_at timestamptz,
    primary key (workspace_id, assignment_id),
    foreign key (workspace_id, rep_id) references member,
    foreign key (workspace_id, assigned_by) references member,
    foreign key (workspace_id, ended_by) references member,
    check ((ended_at is null) = (ended_as is null)),
    check ((ended_at is null) = (ended_by is null))
  )`,
  'create index practice_assignment_by_rep on practice_assignment (workspace_id, rep_id)',
  `create unique index practice_assignment_current_item on practice_assignment (workspace_id, rep_id, item_id)
     where item_id is not null and ended_at is null and mastered_at is null`,
  `create index practice_assignment_follow_up on practice_assignment (follow_up_at)
     where follow_up_at is not null`,
  `create table practice_review (
    workspace_id text not null,
    review_id uuid not null,
    assignment_id uuid not null,
    occurrence_id uuid not null,
    rep_id text not null,
    reflected_on date not null,
    reflected_at timestamptz not null,
    reflection text not null check (reflection in ('not_yet', 'partly', 'did_it')),
    account text,
    sentence text not null,
    obstacle text,
    late boolean not null,
    verification text check (verification in ('not_seen', 'partly', 'seen')),
    verified_by text,
    verified_at timestamptz,
    note_to_rep text,
    primary key (workspace_id, review_id),
    unique (workspace_id, occurrence_id),
    foreign key (workspace_id, assignment_id) references practice_assignment,
    foreign key (workspace_id, occurrence_id) references occurrence,
    foreign key (workspace_id, rep_id) references member,
    foreign key (workspace_id, verified_by) references member,
    check ((verified_at is null) = (verified_by is null)),
    check (verification is null or verified_at is not null)
  )`,
  'create index practice_review_by_assignment on practice_review (workspace_id, assignment_id)',
  'create index practice_review_by_rep on practice_review (workspace_id, rep_id)',
];
