import { afterAll, afterEach } from 'vitest';
import { type DatabaseKind, openTestDatabase, type TestDatabase } from '#test/database.ts';
import { type Stage, type StageOptions, setStage } from './engine.ts';

/** What these tests write, from those that refer to those that are referred to. */
const written = [
  'audit_entry',
  'edit',
  'message',
  'delivery_occurrence',
  'delivery_note',
  'card_note',
  'delivery',
  'occurrence',
  'cadence',
  'slack_limit',
  'setting',
  'audit_entry',
  'member',
  'workspace',
] as const;

/** Much quicker than truncating, which makes new files for every table there is. */
async function empty({ owner }: TestDatabase): Promise<void> {
  for (const table of written) await owner.deleteFrom(table).execute();
}

export type SetStage = (options?: StageOptions & { database?: DatabaseKind }) => Promise<Stage>;

/** Stages of one test, cleared away after it; the tests of a file share a database of each kind, emptied between. */
export function stages(): SetStage {
  const open: Stage[] = [];
  const databases = new Map<DatabaseKind, TestDatabase>();
  afterEach(async () => {
    await Promise.all(open.splice(0).map((stage) => stage.slack.close()));
    for (const database of databases.values()) await empty(database);
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
