import { type Kysely, sql } from 'kysely';
import type { Tables } from '#storage/schema/index.ts';

/**
 * The migrated schema in words, from the catalogue, in one order: what is there, not how it came to be. The
 * two databases must tell the same. Constraints that only say "not null" are told with their column.
 */
export async function dumpSchema(owner: Kysely<Tables>): Promise<string> {
  const tables = await lines(
    owner,
    sql`select relname from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')
          and relname not like 'kysely%' order by relname`,
  );
  const parts = [];
  for (const table of tables) parts.push([`table ${table}`, ...(await tableLines(owner, table))].join('\n'));
  parts.push(['other objects', ...(await otherObjects(owner))].join('\n'));
  parts.push(['roles', ...(await roles(owner))].join('\n'));
  return `${parts.join('\n\n')}\n`;
}

async function lines(owner: Kysely<Tables>, query: ReturnType<typeof sql>): Promise<string[]> {
  const { rows } = await query.execute(owner);
  return rows.map((row) => String(Object.values(row as object)[0]));
}

async function tableLines(owner: Kysely<Tables>, table: string): Promise<string[]> {
  const of = sql`${`public.${table}`}::regclass`;
  const columns = await lines(
    owner,
    sql`select '  column ' || a.attname || ' ' || format_type(a.atttypid, a.atttypmod)
          || case when a.attnotnull then ' not null' else '' end
          || coalesce(' default ' || pg_get_expr(d.adbin, d.adrelid), '')
        from pg_attribute a left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
        where a.attrelid = ${of} and a.attnum > 0 and not a.attisdropped order by a.attnum`,
  );
  const constraints = await lines(
    owner,
    sql`select '  constraint ' || conname || ' ' || pg_get_constraintdef(oid)
        from pg_constraint where conrelid = ${of} and contype <> 'n' order by conname collate "C"`,
  );
  const indexes = await lines(
    owner,
    sql`select '  ' || pg_get_indexdef(indexrelid) from pg_index
        where indrelid = ${of} order by pg_get_indexdef(indexrelid) collate "C"`,
  );
  const security = await lines(
    owner,
    sql`select '  row-level security ' || case when relrowsecurity then 'enabled' else 'DISABLED' end
          || case when relforcerowsecurity then ', forced' else '' end
        from pg_class where oid = ${of}`,
  );
  const policies = await lines(
    owner,
    sql`select '  policy ' || policyname || ' ' || permissive || ' for ' || cmd || ' to ' || array_to_string(roles, ', ')
          || coalesce(' using ' || qual, '') || coalesce(' with check ' || with_check, '')
        from pg_policies where schemaname = 'public' and tablename = ${table} order by policyname collate "C"`,
  );
  const grants = await lines(
    owner,
    sql`select '  grant ' || string_agg(lower(privilege_type), ', ' order by privilege_type) || ' to ' || grantee
        from information_schema.role_table_grants
        where table_schema = 'public' and table_name = ${table} and grantee like 'sideline\_%'
        group by grantee order by grantee collate "C"`,
  );
  return [...columns, ...constraints, ...indexes, ...security, ...policies, ...grants];
}

/** Sequences, views, functions, triggers and types of our own; there is a reason to know of each. */
async function otherObjects(owner: Kysely<Tables>): Promise<string[]> {
  const found = await lines(
    owner,
    sql`select '  ' || kind || ' ' || name from (
          select case relkind when 'S' then 'sequence' else 'view' end as kind, relname as name
            from pg_class where relnamespace = 'public'::regnamespace and relkind in ('S', 'v', 'm')
          union all
          select 'function', proname from pg_proc where pronamespace = 'public'::regnamespace
          union all
          select 'trigger', tgname from pg_trigger where not tgisinternal
          union all
          select 'type', typname from pg_type
            where typnamespace = 'public'::regnamespace and typtype in ('e', 'd')
        ) objects order by kind, name`,
  );
  return found.length > 0 ? found : ['  none'];
}

function roles(owner: Kysely<Tables>): Promise<string[]> {
  return lines(
    owner,
    sql`select '  ' || rolname || case when rolcanlogin then ' LOGIN' else ' nologin' end
          || case when rolsuper then ' SUPERUSER' else '' end
          || case when rolbypassrls then ' BYPASSRLS' else '' end
          || case when rolcreaterole or rolcreatedb then ' CREATES' else '' end
        from pg_roles where rolname like 'sideline\_%' order by rolname`,
  );
}
