import { type Kysely, sql } from 'kysely';
import { Migrator } from 'kysely/migration';
import { migrations } from '#migrations';
import type { Tables } from './schema/index.ts';

export class DatabaseTooNew extends Error {
  override name = 'DatabaseTooNew';
}

export interface MigrationState {
  applied: string[];
  pending: string[];
  /** Migrations in the database that this version does not know: somebody ran a newer one. */
  unknown: string[];
}

export async function migrationState(db: Kysely<Tables>): Promise<MigrationState> {
  const applied = await appliedMigrations(db);
  const known = Object.keys(migrations);
  return {
    applied,
    pending: known.filter((name) => !applied.includes(name)),
    unknown: applied.filter((name) => !known.includes(name)),
  };
}

/**
 * Brings the database up to this version, or to one migration of it. A newer database is refused: an old program
 * would misread it.
 */
export async function migrate(db: Kysely<Tables>, upTo?: string): Promise<string[]> {
  const { applied, unknown } = await migrationState(db);
  if (unknown.length > 0) {
    throw new DatabaseTooNew(
      `The database is newer than this version of Sideline (it has ${unknown.join(', ')}). ` +
        'Nothing was changed. Start the newer version, or restore a back-up from before it.',
    );
  }
  // Kysely would go back to it.
  if (upTo !== undefined && applied.includes(upTo)) return [];
  const migrator = new Migrator({ db, provider: { getMigrations: async () => migrations } });
  const { error, results = [] } =
    upTo === undefined ? await migrator.migrateToLatest() : await migrator.migrateTo(upTo);
  if (error !== undefined) {
    const failed = results.find((result) => result.status === 'Error');
    throw new Error(`migration ${failed?.migrationName ?? ''} failed; it was rolled back`, { cause: error });
  }
  return results.filter((result) => result.status === 'Success').map((result) => result.migrationName);
}

async function appliedMigrations(db: Kysely<Tables>): Promise<string[]> {
  const table = await sql<{ present: boolean }>`
    select to_regclass('kysely_migration') is not null as present`.execute(db);
  if (table.rows[0]?.present !== true) return [];
  const rows = await sql<{ name: string }>`select name from kysely_migration order by name`.execute(db);
  return rows.rows.map((row) => row.name);
}
