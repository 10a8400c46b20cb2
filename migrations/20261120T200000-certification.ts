import { type Kysely, sql } from 'kysely';

/** How managers rate what a rep shows of each pillar, and what came of asking for a certificate. */
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
  // Of the rep in the programme, not of the enrolment: whoever is enrolled again keeps what they have.
  `create table certification (
    workspace_id text not null,
    certification_id uuid not null,
    programme_id uuid not null,
    rep_id text not null,
    judged_on date not null,
    judged_by text not null,
    judged_at timestamptz not null,
    valid_until date,
    missing jsonb not null,
    evidence jsonb not null,
    withdrawn_at timestamptz,
    withdrawn_by text,
    primary key (workspace_id, certification_id),
    check ((valid_until is null) = (jsonb_array_length(missing) > 0)),
    check (withdrawn_at is null or valid_until is not null),
    check ((withdrawn_at is null) = (withdrawn_by is null)),
    foreign key (workspace_id, programme_id) references programme,
    foreign key (workspace_id, rep_id) references member,
    foreign key (workspace_id, judged_by) references member,
    foreign key (workspace_id, withdrawn_by) references member
  )`,
  'create index certification_by_rep on certification (workspace_id, rep_id, judged_at)',
  `create table certification_rating (
    workspace_id text not null,
    certification_id uuid not null,
    pillar text not null check (pillar in ('teach', 'tailor', 'takeControl')),
    score smallint not null check (score between 2 and 10),
    known_by text,
    primary key (workspace_id, certification_id, pillar),
    foreign key (workspace_id, certification_id) references certification
  )`,
];

const appRights: Record<string, string> = {
  certification: 'select, insert, update',
  certification_rating: 'select, insert',
};
