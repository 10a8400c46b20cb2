import { sql } from 'kysely';
import { afterAll, afterEach } from 'vitest';
import { type DatabaseKind, openTestDatabase, type TestDatabase } from '#test/database.ts';
import { type Stage, type StageOptions, setStage } from './engine.ts';

/** Stages of one test, cleared away after it; the tests of a file share a database of each kind, emptied between. */
export function stages(): (options?: StageOptions & { database?: DatabaseKind }) => Promise<Stage> {
  const open: Stage[] = [];
  const databases = new Map<DatabaseKind, TestDatabase>();
  afterEach(async () => {
    await Promise.all(open.splice(0).map((stage) => stage.slack.close()));
    for (const { owner } of databases.values()) await sql`truncate workspace cascade`.execute(owner);
  });
  afterAll(async () => {
    for (const database of databases.values()) await database.close();
  });
  return async ({ database: kind = 'postgres', ...options } = {}) => {
    const database = databases.get(kind) ?? (await openTestDatabase(kind));
    databases.set(kind, database);
    const stage = await setStage(database, options);
    open.push(stage);
    return stage;
  };
}
