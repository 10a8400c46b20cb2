import { type Kysely, sql } from 'kysely';

/**
 * Calls that a manager listens to: what was planned or asked for, what was written down afterwards, and what was
 * seen of each pillar. The last is apart, since certification and check-ins read it and nothing else.
 */
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
  `create table call_plan (
    workspace_id text not null,
    plan_id uuid not null,
    rep_id text not null,
    watcher_id text not null,
    asked_by_rep boolean not null,
    account text not null,
    account_key text not null,
    call_on date not null,
    look_for text,
    state text not null check (state in ('asked', 'planned', 'declined', 'dropped', 'watched')),
    made_at timestamptz not null,
    settled_at timestamptz,
    review_worked text,
    review_moment text,
    reviewed_at timestamptz,
    primary key (workspace_id, plan_id),
    foreign key (workspace_id, rep_id) references member,
    foreign key (workspace_id, watcher_id) references member
  )`,
  `create unique index call_plan_open on call_plan (workspace_id, rep_id, call_on, account_key)
     where state in ('asked', 'planned')`,
  `create table debrief (
    workspace_id text not null,
    debrief_id uuid not null,
    rep_id text not null,
    observer_id text not null,
    plan_id uuid,
    occurrence_id uuid,
    held_on date not null,
    followed text not null check (followed in ('live', 'recording')),
    account text not null,
    worked text not null,
    moment text not null,
    second_strength text,
    focus_area text,
    call_type text check (call_type in ('discovery', 'demo', 'negotiation', 'executive')),
    buyers text,
    minutes integer check (minutes between 1 and 600),
    link text,
    learnings text[] not null,
    questions jsonb,
    buyer_talk integer check (buyer_talk between 0 and 100),
    pitch_minute integer check (pitch_minute between 0 and 600),
    practice_item_id text,
    follow_up_on date,
    private_note text,
    late boolean not null,
    logged_at timestamptz not null,
    changed_at timestamptz,
    withdrawn_at timestamptz,
    answer text,
    answered_at timestamptz,
    primary key (workspace_id, debrief_id),
    foreign key (workspace_id, rep_id) references member,
    foreign key (workspace_id, observer_id) references member,
    foreign key (workspace_id, plan_id) references call_plan,
    foreign key (workspace_id, occurrence_id) references occurrence
  )`,
  'create index debrief_by_rep on debrief (workspace_id, rep_id, held_on)',
  'create index debrief_by_occurrence on debrief (workspace_id, occurrence_id) where occurrence_id is not null',
  `create table sighting (
    workspace_id text not null,
    source text not null check (source in ('debrief')),
    source_id uuid not null,
    pillar text not null check (pillar in ('teach', 'tailor', 'takeControl')),
    rep_id text not null,
    observer_id text not null,
    seen text not null check (seen in ('unasked', 'reminded', 'not_seen', 'no_chance', 'not_watched')),
    account text not null,
    held_on date not null,
    live boolean not null,
    primary key (workspace_id, source_id, pillar),
    foreign key (workspace_id, source_id) references debrief,
    foreign key (workspace_id, rep_id) references member,
    foreign key (workspace_id, observer_id) references member
  )`,
  'create index sighting_by_rep on sighting (workspace_id, rep_id, held_on)',
];

const appRights: Record<string, string> = {
  call_plan: 'select, insert, update',
  debrief: 'select, insert, update',
  sighting: 'select, insert, delete',
};
