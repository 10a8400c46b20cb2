import { type Kysely, sql } from 'kysely';
import type { Tables } from '../schema/index.ts';
import { readInTurn } from './read-in-turn.ts';
import type { TableShape } from './table-shape.ts';

export interface TableComparison {
  table: string;
  /** How many rows there are on either side. */
  before: number;
  after: number;
  /** How many rows are on one side only, or are not the same. */
  differing: number;
  /** The keys of the first of them. */
  examples: string[];
}

const atOnce = 2_000;
const mostExamples = 3;

/** Walks both tables in the order of their keys, and compares each row as a whole by its SHA-256. */
export async function compareRows(
  source: Kysely<Tables>,
  target: Kysely<Tables>,
  shape: TableShape,
): Promise<TableComparison> {
  const found: TableComparison = { table: shape.name, before: 0, after: 0, differing: 0, examples: [] };
  const differs = (key: string): void => {
    found.differing += 1;
    if (found.examples.length < mostExamples) found.examples.push(key);
  };
  const left = new Walk(source, shape);
  const right = new Walk(target, shape);
  let one = await left.next();
  let other = await right.next();
  while (one !== undefined || other !== undefined) {
    const order = one === undefined ? 1 : other === undefined ? -1 : compareBytes(one.key, other.key);
    const key = (order <= 0 ? one : other)?.key ?? '';
    if (order !== 0 || one?.hash !== other?.hash) differs(key);
    if (order <= 0) {
      found.before += 1;
      one = await left.next();
    }
    if (order >= 0) {
      found.after += 1;
      other = await right.next();
    }
  }
  return found;
}

interface Hashed {
  key: string;
  hash: string;
}

class Walk {
  readonly #batches: AsyncGenerator<Hashed[]>;
  #batch: Hashed[] = [];
  #at = 0;

  constructor(trx: Kysely<Tables>, { name, key }: TableShape) {
    const keyText = sql`row(${sql.join(key.map((column) => sql.ref(column)))})::text`;
    this.#batches = readInTurn(
      trx,
      sql<Hashed>`
        select ${keyText} as key, encode(sha256(convert_to(t::text, 'UTF8')), 'hex') as hash
        from ${sql.table(name)} t order by ${keyText} collate "C"`,
      atOnce,
    );
  }

  async next(): Promise<Hashed | undefined> {
    if (this.#at === this.#batch.length) {
      const { value } = await this.#batches.next();
      this.#batch = value ?? [];
      this.#at = 0;
    }
    const row = this.#batch[this.#at];
    if (row !== undefined) this.#at += 1;
    return row;
  }
}

/** As the databases order by "C"; the program's own order of strings is another beyond the basic plane. */
const compareBytes = (one: string, other: string): number =>
  Buffer.compare(Buffer.from(one), Buffer.from(other));
