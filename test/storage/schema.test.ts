import { readFileSync, writeFileSync } from 'node:fs';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { onBothDatabases, type TestDatabase } from '#test/database.ts';
import { dumpSchema } from './dump-schema.ts';

const file = new URL('./schema.txt', import.meta.url);

onBothDatabases('the migrated schema', (open) => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await open();
  });
  afterAll(() => database.close());

  test('is the checked-in one; UPDATE_SCHEMA=1 writes it', async () => {
    const { owner } = database;
    const schema = await dumpSchema(owner);
    if (process.env['UPDATE_SCHEMA'] === '1') writeFileSync(file, schema);
    expect(schema).toBe(readFileSync(file, 'utf8'));
  });

  test('closes every table by row-level security, and lets statements see their own workspace only', async () => {
    const { owner } = database;
    const { rows } = await sql<{
      table: string;
      enabled: boolean;
      policy: string | null;
      checked: string | null;
    }>`
        select c.relname as "table", c.relrowsecurity as enabled, p.qual as policy, p.with_check as checked
        from pg_class c
        left join pg_policies p
          on p.schemaname = 'public' and p.tablename = c.relname and 'sideline_app' = any (p.roles)
        where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and c.relname not like 'kysely%'
        order by c.relname`.execute(owner);
    expect(rows.length).toBeGreaterThan(10);
    const own = "(workspace_id = current_setting('sideline.workspace_id'::text))";
    expect(rows.filter((row) => !row.enabled || row.policy !== own || row.checked !== own)).toEqual([]);
  });

  test('leads every key and every unique index with the workspace', async () => {
    const { owner } = database;
    const { rows } = await sql<{ table: string; index: string; first: string }>`
        select c.relname as "table", x.relname as "index", a.attname as "first"
        from pg_index i
        join pg_class c on c.oid = i.indrelid
        join pg_class x on x.oid = i.indexrelid
        join pg_attribute a on a.attrelid = i.indrelid and a.attnum = i.indkey[0]
        where c.relnamespace = 'public'::regnamespace and c.relname not like 'kysely%' and i.indisunique
        order by c.relname, x.relname`.execute(owner);
    expect(rows.length).toBeGreaterThan(10);
    expect(rows.filter(({ first }) => first !== 'workspace_id')).toEqual([]);
    const { rows: keyless } = await sql`
        select relname from pg_class c
        where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and relname not like 'kysely%'
          and not exists (select from pg_index i where i.indrelid = c.oid and i.indisprimary)`.execute(owner);
    expect(keyless).toEqual([]);
  });

  test('lets nobody but the two roles at a table', async () => {
    const { owner } = database;
    const { rows } = await sql`
        select table_name, grantee from information_schema.role_table_grants
        where table_schema = 'public' and grantee not in ('sideline_app', 'sideline_planner', current_user)
          and table_name not like 'kysely%'`.execute(owner);
    expect(rows).toEqual([]);
  });

  test('shows nothing to a statement that has set no workspace', async () => {
    const { owner } = database;
    const ask = owner.transaction().execute(async (trx) => {
      await sql`select set_config('role', 'sideline_app', true)`.execute(trx);
      return trx.selectFrom('member').selectAll().execute();
    });
    await expect(ask).rejects.toThrow(/sideline\.workspace_id/);
  });
});
