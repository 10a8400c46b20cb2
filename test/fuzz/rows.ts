import { sql } from 'kysely';
import { notTheirs } from '#test/features/written.ts';
import type { World } from '#test/world.ts';

/** Every row there is, as text, by its table. */
export type Rows = Map<string, string[]>;

export async function allRows({ database }: World): Promise<Rows> {
  const { rows: tables } = await sql<{ name: string }>`
    select relname as name from pg_class
    where relnamespace = 'public'::regnamespace and relkind = 'r' and relname not like 'kysely%'
    order by relname`.execute(database.owner);
  const all: Rows = new Map();
  for (const { name } of tables.filter((one) => !notTheirs.includes(one.name))) {
    const { rows } = await sql<{ row: string }>`
      select to_jsonb(one)::text as row from ${sql.table(name)} as one`.execute(database.owner);
    all.set(name, rows.map(({ row }) => row).sort());
  }
  return all;
}

/** What is there now and was not, and the reverse. */
export function changedRows(before: Rows, after: Rows): { table: string; row: string }[] {
  return [...after].flatMap(([table, rows]) => {
    const was = before.get(table) ?? [];
    const [then, now] = [new Set(was), new Set(rows)];
    const changed = [...rows.filter((row) => !then.has(row)), ...was.filter((row) => !now.has(row))];
    return changed.map((row) => ({ table, row }));
  });
}

/** Everything in it that could stand for somebody's record. */
export function idsIn(rows: Rows): string[] {
  const ids = new Set<string>();
  for (const list of rows.values()) {
    for (const row of list)
      for (const [id] of row.matchAll(/[0-9a-f]{8}-[0-9a-f-]{27}|"U[A-Z0-9]{4,}"/g))
        ids.add(id.replaceAll('"', ''));
  }
  return [...ids];
}

/** Whom a row is about. */
export const peopleIn = (row: string): string[] => [
  ...new Set([...row.matchAll(/\bU[A-Z][A-Z0-9]{3,}\b/g)].map(([id]) => id)),
];
