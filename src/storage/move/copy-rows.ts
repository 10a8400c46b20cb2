import { type Kysely, sql } from 'kysely';
import type { Tables } from '../schema/index.ts';
import { readInTurn } from './read-in-turn.ts';
import type { TableShape } from './table-shape.ts';

const atOnce = 500;

/**
 * Each row travels as the text that PostgreSQL writes of it as a whole and reads again: exact for every type, where JSON
 * would lose the difference between no value and the value null.
 */
export async function copyRows(from: Kysely<Tables>, to: Kysely<Tables>, shape: TableShape): Promise<void> {
  const table = sql.table(shape.name);
  const columns = sql.join(shape.written.map((name) => sql.ref(name)));
  const values = sql.join(shape.written.map((name) => sql`(one.whole).${sql.ref(name)}`));
  const rows = readInTurn(from, sql<{ text: string }>`select t::text as text from ${table} t`, atOnce);
  for await (const batch of rows) {
    const texts = batch.map(({ text }) => text);
    // `offset 0`: the text is read once a row, not once a column.
    await sql`
      insert into ${table} (${columns}) overriding system value
      select ${values} from (select text::${table} as whole from unnest(${texts}::text[]) text offset 0) one`.execute(
      to,
    );
  }
  for (const column of shape.numbered) await goOnCounting(from, to, shape.name, column);
}

/** The next row gets the number that it would have got before. */
async function goOnCounting(
  from: Kysely<Tables>,
  to: Kysely<Tables>,
  table: string,
  column: string,
): Promise<void> {
  const { rows: sequences } = await sql<{ name: string }>`
    select pg_get_serial_sequence(${table}, ${column}) as name`.execute(from);
  for (const { name } of sequences) {
    const { rows } = await sql<{ last: string; called: boolean }>`
      select last_value::text as last, is_called as called from ${sql.raw(name)}`.execute(from);
    for (const { last, called } of rows) {
      await sql`select setval(pg_get_serial_sequence(${table}, ${column}), ${last}::bigint, ${called})`.execute(
        to,
      );
    }
  }
}
