import { expect, test } from 'vitest';
import { rolesOf } from '#services/roles-of.ts';
import type { Database } from '#storage/database.ts';

/** A database that answers when the test says so, and remembers of how many people each question was. */
function slowDatabase() {
  const asked: { about: number; answer: () => void; fail: () => void }[] = [];
  const askInWorkspace = (_: string, question: unknown): Promise<unknown[]> =>
    new Promise((resolve, reject) => {
      const userIds = inQuestion(question);
      asked.push({
        about: userIds.length,
        answer: () => resolve(userIds.map((user_id) => ({ user_id, roles: ['rep'] }))),
        fail: () => reject(new Error('no database')),
      });
    });
  return { asked, database: { askInWorkspace } as unknown as Pick<Database, 'askInWorkspace'> };
}

function inQuestion(question: unknown): string[] {
  let userIds: string[] = [];
  const build: object = {
    selectFrom: () => build,
    select: () => build,
    where(column: string, _: string, value: string[]) {
      if (column === 'user_id') userIds = value;
      return build;
    },
  };
  (question as (builder: object) => void)(build);
  return userIds;
}

const turns = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

test('two questions are on their way at a time, and who asks meanwhile goes with the next', async () => {
  const { asked, database } = slowDatabase();
  const answers = ['a', 'b', 'c', 'd', 'e', 'c'].map((who) => rolesOf(database, 'T1', who));
  await turns();
  expect(asked.map(({ about }) => about)).toEqual([1, 1]);
  asked[0]?.answer();
  await turns();
  expect(asked.map(({ about }) => about)).toEqual([1, 1, 3]);
  asked[1]?.answer();
  asked[2]?.answer();
  expect(await Promise.all(answers)).toEqual(new Array(6).fill(['rep']));
});

test('a question that fails fails for those in it alone, and stands in nobody’s way', async () => {
  const { asked, database } = slowDatabase();
  const first = rolesOf(database, 'T1', 'a');
  const second = rolesOf(database, 'T1', 'b');
  const third = rolesOf(database, 'T1', 'c');
  await turns();
  asked[0]?.fail();
  await expect(first).rejects.toThrow('no database');
  await turns();
  asked[1]?.answer();
  asked[2]?.answer();
  expect([await second, await third]).toEqual([['rep'], ['rep']]);
  const other = rolesOf(database, 'T2', 'a');
  await turns();
  asked[3]?.answer();
  expect(await other).toEqual(['rep']);
});
