import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { Tables } from '../schema/index.ts';

/** The rows of a query, some at a time: a table need not fit into memory. Inside a transaction, one at a time each. */
export async function* readInTurn<Row>(
  trx: Kysely<Tables>,
  query: RawBuilder<Row>,
  size: number,
): AsyncGenerator<Row[]> {
  await sql`declare moved_rows no scroll cursor for ${query}`.execute(trx);
  for (;;) {
    const { rows } = await sql<Row>`fetch ${sql.raw(String(size))} from moved_rows`.execute(trx);
    if (rows.length === 0) break;
    yield rows;
  }
  await sql`close moved_rows`.execute(trx);
}
