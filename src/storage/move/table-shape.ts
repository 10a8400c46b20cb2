import { type Kysely, sql } from 'kysely';
import { everyTable } from '../every-table.ts';
import type { Tables } from '../schema/index.ts';

/** What must be known of a table to write its rows elsewhere, and to find each of them again. */
export interface TableShape {
  name: string;
  /** As `name type`, in the order in which a row's text gives them. */
  columns: string[];
  /** Those that are written; what the database computes is left to it. */
  written: string[];
  key: string[];
  /** Columns that the database numbers by itself. */
  numbered: string[];
}

/** Of every table with data of workspaces, in an order in which rows can be written. */
export async function tableShapes(owner: Kysely<Tables>): Promise<TableShape[]> {
  const { rows } = await sql<TableShape>`
    select c.relname as name,
           array_agg(a.attname || ' ' || format_type(a.atttypid, a.atttypmod) order by a.attnum) as columns,
           array_agg(a.attname::text order by a.attnum) filter (where a.attgenerated = '') as written,
           coalesce(array_agg(a.attname::text order by a.attnum) filter (where a.attidentity <> ''), '{}') as numbered,
           (select array_agg(k.attname::text order by k.attnum)
              from pg_index i join pg_attribute k on k.attrelid = i.indrelid and k.attnum = any (i.indkey)
             where i.indrelid = c.oid and i.indisprimary) as key
    from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'
    group by c.oid, c.relname`.execute(owner);
  const shapes = new Map(rows.map((shape) => [shape.name, shape]));
  const ordered: TableShape[] = [];
  for (const name of await everyTable(owner)) {
    const shape = shapes.get(name);
    if (shape === undefined) throw new Error(`the table ${name} is none that can be moved`);
    ordered.push(shape);
  }
  return ordered;
}
