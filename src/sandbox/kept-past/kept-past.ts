import { readFileSync, writeFileSync } from 'node:fs';
import { brotliCompressSync, brotliDecompressSync, constants } from 'node:zlib';
import type { Kysely } from 'kysely';
import { migrations } from '#migrations';
import { migrate } from '#storage/migrate.ts';
import type { Tables } from '#storage/schema/index.ts';
import type { SandboxState } from '../state-file.ts';
import { insertRows, type Rows } from './rows.ts';

/**
 * The four months that a visitor finds, lived once by the product's own services (`npm run sandbox:past`) and kept,
 * since living them takes a minute or two.
 */
export interface KeptPast {
  /** What it was made from, as one hash: test/sandbox/kept-past.test.ts says when it has changed since. */
  sources: string;
  seed: number;
  /** The migrations of the database that it was lived in. */
  migrations: string[];
  state: SandboxState;
  rows: Rows;
}

const file = new URL('./past.json.br', import.meta.url);

export function readKeptPast(): KeptPast {
  return JSON.parse(brotliDecompressSync(readFileSync(file)).toString()) as KeptPast;
}

/** Answers how many bytes it takes. */
export function writeKeptPast(past: KeptPast): number {
  const text = Buffer.from(JSON.stringify(past));
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
    [constants.BROTLI_PARAM_LGWIN]: constants.BROTLI_MAX_WINDOW_BITS,
    [constants.BROTLI_PARAM_SIZE_HINT]: text.length,
  };
  const bytes = brotliCompressSync(text, { params });
  writeFileSync(file, bytes);
  return bytes.length;
}

/** Migrations that have come since are no hindrance: they run on the rows, as they do everywhere. */
export function canBeLoaded(past: Pick<KeptPast, 'migrations'>): boolean {
  const known = Object.keys(migrations).sort();
  return past.migrations.length > 0 && past.migrations.every((name, index) => name === known[index]);
}

/** Into an empty database, whose schema it brings to that of the past first, and to that of the program afterwards. */
export async function loadKeptPast(owner: Kysely<Tables>, past: KeptPast): Promise<void> {
  await migrate(owner, past.migrations.at(-1));
  await insertRows(owner, past.rows);
  await migrate(owner);
}
