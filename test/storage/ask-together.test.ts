import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { askTogether } from '#storage/ask-together.ts';
import type { Trx } from '#storage/database.ts';
import { merged, mergedByKey, mergedRows } from '#storage/merged.ts';
import { together } from '#storage/together.ts';
import { databaseKinds, openTestDatabase, type TestDatabase } from '#test/database.ts';
import { countingTrips } from '../delivery/counted.ts';

let databases: { kind: string; database: TestDatabase }[] = [];
beforeAll(async () => {
  databases = await Promise.all(
    databaseKinds.map(async (kind) => ({ kind, database: await openTestDatabase(kind) })),
  );
});
afterAll(() => Promise.all(databases.map(({ database }) => database.close())));

/** What is done in a transaction on either database, and in how many statements. */
async function onEach<Done>(
  work: (trx: Trx) => Promise<Done>,
): Promise<{ done: Done; statements: number }[]> {
  const results: { done: Done; statements: number }[] = [];
  for (const { database } of databases) {
    const counted = countingTrips(database);
    const done = await counted.inWorkspace('T0', work);
    // BEGIN, SET, COMMIT
    results.push({ done, statements: counted.trips() - 3 });
  }
  return results;
}

const columns = [
  ['one_row', 'text'],
  ['asked', 'boolean'],
  ['at', 'timestamptz'],
  ['on', 'date'],
  ['wall', 'time'],
  ['roles', 'text[]'],
  ['said', 'jsonb'],
  ['none', 'timestamptz'],
] as const;

const row = sql<{
  one_row: string;
  asked: boolean;
  at: Date;
  on: string;
  wall: string;
  roles: string[];
  said: { a: number };
  none: Date | null;
}>`select ${sql.join(
  columns.map(([name, type]) => sql`${sql.lit(sample(name))}::${sql.raw(type)} as ${sql.ref(name)}`),
)}`;

function sample(name: (typeof columns)[number][0]): string | null {
  return {
    one_row: 'x "y" \\ €',
    asked: 'true',
    at: '2026-03-05T16:30:00.123+02',
    on: '2026-03-05',
    wall: '09:00',
    roles: '{rep,manager}',
    said: '{"a": 1}',
    none: null,
  }[name];
}

test('rows that are asked for together are those of a statement of their own', async () => {
  for (const { done, statements } of await onEach((trx) =>
    together([
      row.execute(trx).then(({ rows }) => rows),
      askTogether(trx, row, { at: 'instant', none: 'instant' }),
      askTogether(trx, sql<{ n: number }>`select n from generate_series(3, 1, -1) as n order by n desc`, {}),
      askTogether(trx, sql<{ n: number }>`select 1 as n where false`, {}),
    ]),
  )) {
    const [alone, asked, inOrder, nothing] = done;
    expect(asked).toEqual(alone);
    expect(inOrder).toEqual([{ n: 3 }, { n: 2 }, { n: 1 }]);
    expect(nothing).toEqual([]);
    expect(statements).toBe(2);
  }
});

test('the same question about several keys is one, and each gets their own', async () => {
  const asked: string[][] = [];
  const letters = mergedByKey<string>(async (trx, _, keys) => {
    asked.push([...keys]);
    const rows = await askTogether(trx, sql<{ k: string }>`select unnest(${[...keys]}::text[]) as k`, {});
    return new Map(rows.map(({ k }) => [k, k.toUpperCase()]));
  });
  const rows = mergedRows<{ k: string; n: number }>(
    (trx, _, keys) =>
      askTogether(
        trx,
        sql<{ k: string; n: number }>`
          select k, n from unnest(${[...keys]}::text[]) as k, generate_series(1, 2) as n order by n, k`,
        {},
      ),
    ({ k }) => k,
  );
  for (const { done, statements } of await onEach((trx) =>
    together([
      letters(trx, 'T0', ['a', 'b']),
      letters(trx, 'T0', ['b', 'c', 'c']),
      letters(trx, 'T0', []),
      rows(trx, 'T0', ['d']),
      rows(trx, 'T0', ['d', 'e']),
    ]),
  )) {
    expect(done).toEqual([
      new Map([
        ['a', 'A'],
        ['b', 'B'],
      ]),
      new Map([
        ['b', 'B'],
        ['c', 'C'],
      ]),
      new Map(),
      [
        { k: 'd', n: 1 },
        { k: 'd', n: 2 },
      ],
      [
        { k: 'd', n: 1 },
        { k: 'e', n: 1 },
        { k: 'd', n: 2 },
        { k: 'e', n: 2 },
      ],
    ]);
    expect(statements).toBe(1);
  }
  expect(asked).toEqual([
    ['a', 'b', 'c'],
    ['a', 'b', 'c'],
  ]);
});

test('nothing is remembered: what is read after a write sees it', async () => {
  const read = merged<string, string>(async (trx) => {
    const [found] = await askTogether(
      trx,
      sql<{ s: string }>`select current_setting('sideline.x', true) as s`,
      {},
    );
    return found?.s ?? '';
  });
  for (const { done } of await onEach(async (trx) => {
    const write = (value: string) => sql`select set_config('sideline.x', ${value}, true)`.execute(trx);
    await write('before');
    const before = await read(trx, 'T0', []);
    await write('after');
    return [before, await read(trx, 'T0', [])];
  })) {
    expect(done).toEqual(['before', 'after']);
  }
});

test('one that fails is told only when none is left running', async () => {
  const over: string[] = [];
  const slow = async (): Promise<void> => {
    await Promise.resolve().then(() => {});
    over.push('slow');
  };
  await expect(together([Promise.reject(new Error('no')), slow()])).rejects.toThrow('no');
  expect(over).toEqual(['slow']);
});
