import { setImmediate as turnIsOver } from 'node:timers/promises';
import { type Expression, sql } from 'kysely';
import type { Trx } from './database.ts';

type JsonRow = Record<string, unknown>;

/** Which columns are instants: as JSON they arrive as text. */
type InstantsOf<Row> = {
  [Column in keyof Row as NonNullable<Row[Column]> extends Date ? Column : never]: 'instant';
};

interface Turn {
  queries: Expression<unknown>[];
  answers: Promise<JsonRow[][]>;
}

const turns = new WeakMap<Trx, Turn>();

/**
 * Sends what is asked in one turn, in one transaction, as one statement. A card is made of many small reads, and it is
 * the way to the database that takes the time, not the reading. Nothing is kept from one turn to the next.
 */
export async function askTogether<Row extends object>(
  trx: Trx,
  query: Expression<Row>,
  instants: InstantsOf<Row>,
): Promise<Row[]> {
  const turn = turns.get(trx) ?? begin(trx);
  const place = turn.queries.push(query) - 1;
  const rows = (await turn.answers)[place] ?? [];
  return rows.map((row) => {
    const read = { ...row };
    for (const column of Object.keys(instants)) read[column] = instantOf(row[column]);
    return read as Row;
  });
}

const instantOf = (value: unknown): Date | null => (value === null ? null : new Date(String(value)));

function begin(trx: Trx): Turn {
  const queries: Expression<unknown>[] = [];
  // Two turns: what is merged by key (see merged.ts) is asked a turn after what is not.
  const answers = turnIsOver()
    .then(() => turnIsOver())
    .then(() => {
      turns.delete(trx);
      return ask(trx, queries);
    });
  const turn = { queries, answers };
  turns.set(trx, turn);
  return turn;
}

async function ask(trx: Trx, queries: readonly Expression<unknown>[]): Promise<JsonRow[][]> {
  const columns = queries.map(
    // With the star it is the row, whatever its columns are called.
    (query, place) =>
      sql`(select coalesce(json_agg(one_row.*), '[]') from (${query}) one_row) as ${sql.ref(`answer${place}`)}`,
  );
  const { rows } = await sql<Record<string, JsonRow[]>>`select ${sql.join(columns)}`.execute(trx);
  return queries.map((_, place) => rows[0]?.[`answer${place}`] ?? []);
}
