import { sql } from 'kysely';
import pg from 'pg';
import { expect, test } from 'vitest';
import { openTestDatabase, type TestDatabase } from '#test/database.ts';

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

test('the locks of a process that stands still in the middle of a transaction are given back', async () => {
  const database = await openTestDatabase('postgres');
  const bounds = await database.inWorkspace('T1', async (trx) => {
    const { rows } = await sql<{ idle: string; statement: string }>`
      select current_setting('idle_in_transaction_session_timeout') as idle,
             current_setting('statement_timeout') as statement`.execute(trx);
    return rows[0];
  });
  expect(bounds).toEqual({ idle: '30s', statement: '30s' });

  const frozen = database.inWorkspace('T1', async (trx) => {
    await sql`set local idle_in_transaction_session_timeout = '200ms'`.execute(trx);
    await sql`select pg_advisory_xact_lock(42)`.execute(trx);
    await expect.poll(() => othersMayLock(database), { timeout: 20_000 }).toBe(true);
    await sql`select 1`.execute(trx);
  });
  await expect(frozen).rejects.toThrow();
  await database.close();
});

function othersMayLock(database: TestDatabase): Promise<boolean> {
  return database.inWorkspace('T1', async (trx) => {
    const { rows } = await sql<{ taken: boolean }>`select pg_try_advisory_xact_lock(42) as taken`.execute(
      trx,
    );
    return rows[0]?.taken ?? false;
  });
}
