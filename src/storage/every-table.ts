import { type Kysely, sql } from 'kysely';
import type { Tables } from './schema/index.ts';

/**
 * Every table that holds data of workspaces, in an order in which rows can be written: what is referred to comes first.
 * Backwards it is the order in which they can be deleted. Read from the catalog, so that no table can be forgotten.
 */
export async function everyTable(owner: Kysely<Tables>): Promise<string[]> {
  const { rows } = await sql<{ name: string; parents: string[] }>`
    select c.relname as name,
           coalesce(
             (select array_agg(distinct parent.relname::text)
                from pg_constraint f join pg_class parent on parent.oid = f.confrelid
               where f.contype = 'f' and f.conrelid = c.oid and f.confrelid <> c.oid),
             '{}'
           ) as parents
    from pg_class c
    join pg_attribute a on a.attrelid = c.oid and a.attname = 'workspace_id' and not a.attisdropped
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
    order by c.relname`.execute(owner);
  const ordered: string[] = [];
  let left = rows;
  while (left.length > 0) {
    const ready = left.filter(({ parents }) => parents.every((parent) => ordered.includes(parent)));
    if (ready.length === 0)
      throw new Error(`tables that refer to each other: ${left.map(({ name }) => name).join(', ')}`);
    ordered.push(...ready.map(({ name }) => name));
    left = left.filter((one) => !ready.includes(one));
  }
  return ordered;
}

/** Everything of a workspace, itself included; says how many rows. As the owner: what is only added to goes as well. */
export async function deleteEverything(owner: Kysely<Tables>, workspaceId: string): Promise<number> {
  let rows = 0n;
  for (const table of (await everyTable(owner)).reverse()) {
    const gone = await sql`delete from ${sql.table(table)} where workspace_id = ${workspaceId}`.execute(
      owner,
    );
    rows += gone.numAffectedRows ?? 0n;
  }
  return Number(rows);
}
