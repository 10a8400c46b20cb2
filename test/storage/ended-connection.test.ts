import { sql } from 'kysely';
import pg from 'pg';
import { expect, test } from 'vitest';
import { openTestDatabase } from '#test/database.ts';

test('a connection that the server ends in the middle of a transaction fails that work, and nothing else', async () => {
  const database = await openTestDatabase('postgres');
  const other = new pg.Client(database.url);
  await other.connect();
  const work = database.inWorkspace('T1', async (trx) => {
    const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(trx);
    await other.query('select pg_terminate_backend($1)', [rows[0]?.pid]);
    // Between two statements: nobody listens to the connection now but the connection itself.
    await new Promise((resolve) => setImmediate(resolve));
    await sql`select 1`.execute(trx);
  });
  await expect(work).rejects.toThrow();
  await expect(
    database.inPlanner((trx) => trx.selectFrom('cadence').select('kind').execute()),
  ).resolves.toEqual([]);
  await other.end();
  await database.close();
});
