import { type Kysely, sql } from 'kysely';
import type { Tables } from '../schema/index.ts';

/**
 * For a transaction: every value is written as text in one way, whatever the server is set to, and in full, so that the
 * text read back is the value. A row that a policy would hide is an error instead of missing.
 */
export async function writeTextExactly(trx: Kysely<Tables>): Promise<void> {
  await sql`select ${sql.join(settings.map(([name, value]) => sql`set_config(${name}, ${value}, true)`))}`.execute(
    trx,
  );
}

const settings = [
  ['TimeZone', 'UTC'],
  ['DateStyle', 'ISO, YMD'],
  ['IntervalStyle', 'postgres'],
  ['bytea_output', 'hex'],
  ['extra_float_digits', '1'],
  ['row_security', 'off'],
  // A large table takes longer than a person would wait; whoever else is at work there is not waited for.
  ['lock_timeout', '3s'],
  ['statement_timeout', '0'],
  ['idle_in_transaction_session_timeout', '0'],
];
