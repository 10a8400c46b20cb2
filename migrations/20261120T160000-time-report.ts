import { type Kysely, sql } from 'kysely';

/** How a manager's week went, as last corrected: one row a week, and the minutes per rep beside it. */
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
  `create table time_report (
    workspace_id text not null,
    report_id uuid not null,
    manager_id text not null,
    week date not null,
    occurrence_id uuid,
    unit text not null,
    innovating double precision not null,
    coaching double precision not null,
    selling double precision not null,
    allocation double precision not null,
    everything_else double precision not null,
    note text,
    reported_at timestamptz not null,
    saved_at timestamptz not null,
    late boolean not null,
    primary key (workspace_id, report_id),
    unique (workspace_id, manager_id, week),
    foreign key (workspace_id, manager_id) references member,
    foreign key (workspace_id, occurrence_id) references occurrence,
    check (extract(isodow from week) = 1),
    check (unit in ('hours', 'percent')),
    check (least(innovating, coaching, selling, allocation, everything_else) >= 0)
  )`,
  'create index time_report_by_week on time_report (workspace_id, week)',
  'create index time_report_by_occurrence on time_report (workspace_id, occurrence_id) where occurrence_id is not null',
  `create table time_report_rep (
    workspace_id text not null,
    report_id uuid not null,
    rep_id text not null,
    minutes integer not null check (minutes >= 0),
    primary key (workspace_id, report_id, rep_id),
    foreign key (workspace_id, report_id) references time_report on delete cascade,
    foreign key (workspace_id, rep_id) references member
  )`,
];

const appRights: Record<string, string> = {
  time_report: 'select, insert, update, delete',
  time_report_rep: 'select, insert, update, delete',
};
