import { setImmediate as turnIsOver } from 'node:timers/promises';
import { type Compilable, type RawBuilder, sql } from 'kysely';
import type { Trx } from './database.ts';

type JsonRow = Record<string, unknown>;

/** Whatever can stand in a WITH and returns something. */
type Write<Row> = Compilable<Row> | RawBuilder<Row>;

interface Turn {
  writes: Write<unknown>[];
  answers: Promise<JsonRow[][]>;
}

const turns = new WeakMap<Trx, Turn>();

/**
 * Sends what is written in one turn, in one transaction, as one statement, as askTogether does it with what is read.
 * So they must not build on each other: none sees what another has written, and which comes first is open. References
 * between them hold, since PostgreSQL looks at those when the statement is over. Each write returns what it has
 * written; what comes back is read from JSON, so only text and numbers are to be returned.
 */
export async function writeTogether<Row extends object>(trx: Trx, write: Write<Row>): Promise<Row[]> {
  const turn = turns.get(trx) ?? begin(trx);
  const place = turn.writes.push(write) - 1;
  return ((await turn.answers)[place] ?? []) as Row[];
}

function begin(trx: Trx): Turn {
  const writes: Write<unknown>[] = [];
  const answers = turnIsOver().then(() => {
    turns.delete(trx);
    return send(trx, writes);
  });
  const turn = { writes, answers };
  turns.set(trx, turn);
  return turn;
}

async function send(trx: Trx, writes: readonly Write<unknown>[]): Promise<JsonRow[][]> {
  const names = writes.map((_, place) => sql.ref(`write${place}`));
  const parts = writes.map((write, place) => sql`${names[place]} as (${write})`);
  const columns = names.map(
    (name) => sql`(select coalesce(json_agg(${name}.*), '[]') from ${name}) as ${name}`,
  );
  const { rows } = await sql<Record<string, JsonRow[]>>`
    with ${sql.join(parts)} select ${sql.join(columns)}`.execute(trx);
  return writes.map((_, place) => rows[0]?.[`write${place}`] ?? []);
}
