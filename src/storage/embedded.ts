import { execFile } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { PGlite, types } from '@electric-sql/pglite';
import { Kysely, PGliteDialect } from 'kysely';
import { fromPglite } from 'pg-boss';
import { type Database, scoped } from './database.ts';
import { type DirectoryLock, lockDirectory } from './directory-lock.ts';
import { refuseMoved } from './move/moved-mark.ts';
import type { Tables } from './schema/index.ts';
import { withStatistics } from './statistics.ts';

/**
 * The embedded database. It does not fsync, so a power cut can cost the last seconds, and it takes no lock of
 * its own: two processes on one directory would destroy each other's writes, which is why ours is taken first.
 */
export async function openEmbedded(dataDirectory: string): Promise<Database> {
  mkdirSync(dataDirectory, { recursive: true });
  const lock = await lockDirectory(dataDirectory);
  try {
    refuseMoved(dataDirectory);
    const dataDir = path.join(dataDirectory, 'database');
    if (!existsSync(path.join(dataDir, 'PG_VERSION'))) await createDatabase(dataDir);
    const pglite = await PGlite.create({ dataDir, parsers });
    return embeddedDatabase(pglite, lock);
  } catch (cause) {
    await lock.release();
    throw cause;
  }
}

async function createDatabase(dataDir: string): Promise<void> {
  const program = fileURLToPath(new URL('./create-embedded.ts', import.meta.url));
  await promisify(execFile)(process.execPath, [program, dataDir]);
}

export const parsers = {
  // Dates are calendar days here, never instants in whatever zone the machine has.
  [types.DATE]: (text: string) => text,
  [types.INT8]: (text: string) => Number(text),
};

export function embeddedDatabase(pglite: PGlite, lock?: DirectoryLock): Database {
  const owner = new Kysely<Tables>({ dialect: new PGliteDialect({ pglite }) });
  const within = scoped(owner);
  return {
    kind: 'embedded',
    ...within,
    ...withStatistics(owner, within),
    boss: { db: fromPglite(pglite), backend: 'pglite' },
    async close() {
      await pglite.close();
      await lock?.release();
    },
  };
}
