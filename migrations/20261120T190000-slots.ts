import { type Kysely, sql } from 'kysely';

/**
 * A pair sets its own slot and may pause; a log says more, can be changed and withdrawn; and between two people
 * there is one thing to try at a time.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

const statements = [
  'alter table cadence add column slot_set_at timestamptz',
  'alter table cadence add column paused_at timestamptz',
  'alter table cadence add column paused_until date',
  'alter table cadence add check (paused_until is null or paused_at is not null)',
  `alter table one_on_one_log add column gap text check (gap in ('skill', 'will', 'environment'))`,
  'alter table one_on_one_log add column minutes integer check (minutes between 1 and 600)',
  'alter table one_on_one_log add column blockers text',
  'alter table one_on_one_log add column next_on date',
  'alter table one_on_one_log add column withdrawn_at timestamptz',
  // Done and withdrawn: its record was taken back.
  'alter table occurrence drop constraint occurrence_check2',
  `alter table occurrence add constraint occurrence_reason_check
     check ((state = 'excused') = (reason is not null) or (state = 'done' and reason = 'withdrawn'))`,
  'alter table commitment add column account text',
  'alter table commitment add column focus text',
  'alter table commitment drop constraint commitment_state_check',
  `alter table commitment add constraint commitment_state_check
     check (state in ('open', 'closed', 'withdrawn', 'replaced'))`,
  `update commitment c set state = 'replaced'
   where state = 'open' and exists (
     select from commitment later
     where later.workspace_id = c.workspace_id and later.rep_id = c.rep_id and later.manager_id = c.manager_id
       and later.state = 'open' and (later.made_at, later.commitment_id) > (c.made_at, c.commitment_id)
   )`,
  'drop index commitment_open',
  `create unique index commitment_open on commitment (workspace_id, rep_id, manager_id) where state = 'open'`,
  `create index commitment_closed on commitment (workspace_id, rep_id, closed_at) where state = 'closed'`,
];
