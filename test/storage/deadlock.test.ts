import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Trx } from '#storage/database.ts';
import { openTestDatabase, type TestDatabase } from '#test/database.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await openTestDatabase('postgres');
  await sql`insert into workspace (workspace_id, team_id, name, bot_user_id, installed_at)
    values ('T1', 'T1', 'T1', 'UBOT', now())`.execute(database.owner);
  await sql`insert into member (workspace_id, user_id, name, time_zone, roles, status, updated_at)
    values ('T1', 'UANN', 'Ann', 'UTC', '{rep}', 'active', now()),
           ('T1', 'UBEN', 'Ben', 'UTC', '{rep}', 'active', now())`.execute(database.owner);
});
afterAll(() => database.close());

const rename = (trx: Trx, userId: string) =>
  sql`update member set name = name || '!' where user_id = ${userId}`.execute(trx);

test('of two transactions that wait for each other, the one that is undone begins anew', async () => {
  let arrived = 0;
  const { promise: bothHaveOne, resolve } = Promise.withResolvers<void>();
  const begun: string[] = [];
  const both = async (first: string, second: string): Promise<void> =>
    database.inWorkspace('T1', async (trx) => {
      begun.push(first);
      await rename(trx, first);
      arrived += 1;
      if (arrived === 2) resolve();
      await bothHaveOne;
      await rename(trx, second);
    });
  await Promise.all([both('UANN', 'UBEN'), both('UBEN', 'UANN')]);
  const names = await database.inWorkspace('T1', (trx) => trx.selectFrom('member').select('name').execute());
  expect(names.map(({ name }) => name).sort()).toEqual(['Ann!!', 'Ben!!']);
  // Once more at least; on a busy server the two may meet again.
  expect(begun.length).toBeGreaterThanOrEqual(3);
});

test('what fails for another reason fails at once', async () => {
  let begun = 0;
  const failing = database.inWorkspace('T1', (trx) => {
    begun += 1;
    return sql`select 1 / 0`.execute(trx);
  });
  await expect(failing).rejects.toThrow('division by zero');
  expect(begun).toBe(1);
});
