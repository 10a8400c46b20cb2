import { type Kysely, sql } from 'kysely';
import type { Tables } from '#storage/schema/index.ts';

/** The rows of each table as PostgreSQL writes them in JSON. */
export type Rows = Record<string, object[]>;

/** In one order, and instants in one zone, whatever the database. */
export async function allRows(owner: Kysely<Tables>): Promise<Rows> {
  return owner.transaction().execute(async (trx) => {
    await sql`set local time zone 'UTC'`.execute(trx);
    const { rows: tables } = await sql<{ name: string }>`
      select relname as name from pg_class
      where relnamespace = 'public'::regnamespace and relkind = 'r' and relname not like 'kysely%'
        -- What was called within the last minute of the machine that lived the past is nobody else's matter.
        and relname <> 'slack_limit'
      order by relname`.execute(trx);
    const all: Rows = {};
    for (const { name } of tables) {
      const { rows } = await sql<{ row: object }>`
        select to_json(t) as row from ${sql.table(name)} as t order by t::text collate "C"`.execute(trx);
      if (rows.length > 0) all[name] = rows.map(({ row }) => row);
    }
    return all;
  });
}

/**
 * Puts them into empty tables. What refers to what was checked when each row was made; as on a replica it is not
 * checked again, so that the tables may come in any order.
 */
export async function insertRows(owner: Kysely<Tables>, all: Rows): Promise<void> {
  await owner.transaction().execute(async (trx) => {
    await sql`set local session_replication_role = replica`.execute(trx);
    for (const [name, rows] of Object.entries(all)) {
      const table = sql.table(name);
      await sql`insert into ${table} overriding system value
        select * from json_populate_recordset(null::${table}, ${JSON.stringify(rows)}::text::json)`.execute(
        trx,
      );
    }
    await countOn(trx);
  });
  await sql`analyze`.execute(owner);
}

/** What numbers its rows goes on after the last of them. */
export async function countOn(trx: Kysely<Tables>): Promise<void> {
  const { rows } = await sql<{ name: string; counted: string }>`
    select c.relname as name, a.attname as counted from pg_class c
    join pg_attribute a on a.attrelid = c.oid and a.attidentity <> ''
    where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'`.execute(trx);
  for (const { name, counted } of rows) {
    await sql`select setval(pg_get_serial_sequence(${name}, ${counted}), coalesce(max(${sql.ref(counted)}), 0) + 1, false)
      from ${sql.table(name)}`.execute(trx);
  }
}
