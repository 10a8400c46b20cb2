import { type Kysely, sql } from 'kysely';

/** Calls are counted where all processes see them, and a wave goes out in one order. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

const statements = [
  // A row is there once something has been called, whether or not Slack ever asked for a break.
  `alter table slack_limit
     alter column blocked_until drop not null,
     alter column reason drop not null,
     add column calls jsonb not null default '[]'`,
  // Many fall due in the same minute: the next few must be found without sorting them all.
  'drop index delivery_to_post',
  `create index delivery_to_post on delivery (workspace_id, due_at, delivery_id) where state = 'pending'`,
];
