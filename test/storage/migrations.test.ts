import { type Kysely, sql } from 'kysely';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { migrations } from '#migrations';
import type { Database } from '#storage/database.ts';
import { DatabaseTooNew, migrate, migrationState } from '#storage/migrate.ts';
import { openPostgres } from '#storage/postgres.ts';
import type { Tables } from '#storage/schema/index.ts';
import { createEmptyPostgres, onBothDatabases, type TestDatabase } from '#test/database.ts';
import { dumpSchema } from './dump-schema.ts';

const names = Object.keys(migrations);

/** What tells whether anything was done: the schema, and the record of migrations with its times. */
async function everything(owner: Kysely<Tables>): Promise<unknown[]> {
  const { rows } = await sql`select * from kysely_migration order by name`.execute(owner);
  return [await dumpSchema(owner), rows];
}

// That an empty embedded database can be migrated is shown by every run: test/databases-setup.ts does it.
onBothDatabases('migrating', (open) => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await open();
  });
  afterAll(() => database.close());

  test('twice does nothing the second time', async () => {
    const recorded = () => sql`select * from kysely_migration order by name`.execute(database.owner);
    const { rows: before } = await recorded();
    expect(await migrate(database.owner)).toEqual([]);
    expect((await recorded()).rows).toEqual(before);
    expect(await migrationState(database.owner)).toEqual({ applied: names, pending: [], unknown: [] });
  });

  test('refuses a database that is newer than this version, and changes nothing in it', async () => {
    await sql`insert into kysely_migration (name, timestamp) values ('9999-of-tomorrow', '')`.execute(
      database.owner,
    );
    const before = await everything(database.owner);
    const migrating = migrate(database.owner);
    await expect(migrating).rejects.toThrow(DatabaseTooNew);
    await expect(migrating).rejects.toThrow(
      /it has 9999-of-tomorrow\)\. Nothing was changed\. Start the newer version/,
    );
    expect(await everything(database.owner)).toEqual(before);
  });
});

describe('migrating an empty PostgreSQL', () => {
  let server: Awaited<ReturnType<typeof createEmptyPostgres>>;
  let open: Database[];
  beforeEach(async () => {
    server = await createEmptyPostgres();
    open = [];
  });
  afterEach(async () => {
    for (const database of open) await database.close();
    await server.drop();
  });
  const connect = (): Database => {
    const database = openPostgres(server.url);
    open.push(database);
    return database;
  };

  test('works for a user who is no superuser, and the product works on it', async () => {
    const { owner, inWorkspace, inPlanner } = connect();
    const { rows } = await sql<{ rolsuper: boolean }>`
      select rolsuper from pg_roles where rolname = current_user`.execute(owner);
    expect(rows).toEqual([{ rolsuper: false }]);
    expect(await migrationState(owner)).toEqual({ applied: [], pending: names, unknown: [] });
    expect(await migrate(owner)).toEqual(names);
    expect(await inWorkspace('T1', (trx) => trx.selectFrom('member').selectAll().execute())).toEqual([]);
    expect(await inPlanner((trx) => trx.selectFrom('cadence').selectAll().execute())).toEqual([]);
  });

  test('by several that start at once is done once', async () => {
    const migrated = await Promise.all([connect(), connect(), connect()].map(({ owner }) => migrate(owner)));
    expect(migrated.filter((made) => made.length > 0)).toEqual([names]);
  });

  test('that fails in the middle leaves nothing half done', async () => {
    const { owner } = connect();
    await sql`create table occurrence (in_the_way text)`.execute(owner);
    await expect(migrate(owner)).rejects.toThrow(`migration ${names[0]} failed; it was rolled back`);
    const { rows } = await sql`
      select relname from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'
        and relname not like 'kysely%'`.execute(owner);
    expect(rows).toEqual([{ relname: 'occurrence' }]);
  });
});
