import { readdirSync, readFileSync } from 'node:fs';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { everyTable } from '#storage/every-table.ts';
import { onBothDatabases, type TestDatabase } from '#test/database.ts';
import { startTwoWorkspaces, type TwoWorkspaces } from '#test/two-workspaces.ts';

/** What planning needs across workspaces; whatever is added here can be seen of all of them at once. */
const ofPlanner: Record<string, string> = {
  absence: 'select',
  cadence: 'select, update',
  check_in: 'columns: select',
  delivery: 'insert, select, update',
  delivery_occurrence: 'delete, insert, select',
  digest: 'select, update',
  edit: 'insert, select, update',
  member: 'select',
  message: 'select',
  message_to_delete: 'columns: select',
  occurrence: 'insert, select, update',
  people_sweep: 'select, update',
  practice_assignment: 'select',
  reporting: 'select',
  setting: 'select',
  workspace: 'select',
};

/**
 * Everything else in these folders asks inside one workspace, which the database holds it to: no service can reach
 * another one's rows, whichever ids it is given. These do not, and say why.
 */
const outside: Record<string, string> = {
  'delivery/delivery.ts': 'finds which workspaces have something to send',
  'delivery/plan-occurrences.ts': 'plans for all of them',
  'delivery/planner.ts': 'plans for all of them',
  'services/bot-tokens.ts': 'no role may read a token; by the id of one workspace',
  'services/compare-time-zones.ts': 'which zones there are, nobody’s name',
  'services/delete-ended.ts': 'deletes what is only added to, of one workspace at a time',
  'services/delete-messages.ts': 'finds which workspaces have messages to delete',
  'services/end-workspace.ts': 'its installation; by the id of one workspace',
  'services/follow-up-practice.ts': 'finds whose practice goes on',
  'services/follow-zone-data.ts': 'goes through all of them, each on its own',
  'services/install-workspace.ts': 'there is no workspace to set before it is installed',
  'services/known-workspaces.ts': 'which workspace a request comes from',
  'services/register-workspace.ts': 'there is no workspace to set before it is registered',
  'services/rotate-keys.ts': 'no role may read a token',
  'services/sweep-people.ts': 'finds which workspaces are to be looked at',
};

test('nothing but what is listed asks outside of one workspace', () => {
  const source = new URL('../../src/', import.meta.url);
  const found = ['services', 'slack', 'delivery', 'domain'].flatMap((folder) =>
    readdirSync(new URL(folder, source), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .map((name) => `${folder}/${name}`)
      .filter((name) => /\.owner\b|\binPlanner\b/.test(readFileSync(new URL(name, source), 'utf8'))),
  );
  expect(found.toSorted()).toEqual(Object.keys(outside));
});

onBothDatabases('what the two statement roles are given', (open) => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await open();
  });
  afterAll(() => database.close());

  const ask = async <Row>(query: ReturnType<typeof sql<Row>>): Promise<Row[]> =>
    (await query.execute(database.owner)).rows;

  test('they own nothing, may not log in, and bypass nothing', async () => {
    const roles = await ask(sql<{ rolname: string }>`
      select rolname, rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolcanlogin, rolreplication,
        exists (select from pg_class where relowner = r.oid) as owns_tables,
        exists (select from pg_proc where proowner = r.oid) as owns_functions,
        exists (select from pg_namespace where nspowner = r.oid) as owns_schemas,
        exists (select from pg_auth_members where member = r.oid) as is_member_of_another
      from pg_roles r where rolname in ('sideline_app', 'sideline_planner') order by rolname`);
    const nothing = {
      rolsuper: false,
      rolbypassrls: false,
      rolcreaterole: false,
      rolcreatedb: false,
      rolcanlogin: false,
      rolreplication: false,
      owns_tables: false,
      owns_functions: false,
      owns_schemas: false,
      is_member_of_another: false,
    };
    expect(roles).toEqual([
      { rolname: 'sideline_app', ...nothing },
      { rolname: 'sideline_planner', ...nothing },
    ]);
  });

  test('every table has row-level security, and its policies name the workspace that is set', async () => {
    const tables = await ask(sql<{ name: string; secured: boolean; policies: string[] | null }>`
      select c.relname as name, c.relrowsecurity as secured,
        (select array_agg(p.cmd || ' ' || array_to_string(p.roles, ',') || ' ' || coalesce(p.qual, '-') || ' ' || coalesce(p.with_check, '-'))
           from pg_policies p where p.schemaname = 'public' and p.tablename = c.relname
            and 'sideline_app' = any (p.roles)) as policies
      from pg_class c
      where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and c.relname not like 'kysely%'
      order by c.relname`);
    const known = new Set(await everyTable(database.owner));
    for (const { name, secured, policies } of tables) {
      expect(known.has(name), `${name} leads with workspace_id`).toBe(true);
      expect(secured, `${name} has row-level security`).toBe(true);
      for (const policy of policies ?? []) {
        expect(policy, name).toContain(`workspace_id = current_setting('sideline.workspace_id'`);
      }
    }
  });

  test('nobody else is granted anything, and the planner only what is listed', async () => {
    const grants = await ask(sql<{ name: string; grantee: string; rights: string }>`
      select c.relname as name, coalesce(r.rolname, 'public') as grantee,
        string_agg(lower(a.privilege_type), ', ' order by a.privilege_type) as rights
      from pg_class c cross join lateral aclexplode(c.relacl) a left join pg_roles r on r.oid = a.grantee
      where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and a.grantee <> c.relowner
      group by c.relname, r.rolname order by c.relname`);
    expect([...new Set(grants.map(({ grantee }) => grantee))].toSorted()).toEqual([
      'sideline_app',
      'sideline_planner',
    ]);
    const columns = await ask(sql<{ name: string; grants: string }>`
      select c.relname as name, string_agg(distinct lower(a.privilege_type), ', ') as grants
      from pg_attribute t join pg_class c on c.oid = t.attrelid cross join lateral aclexplode(t.attacl) a
      join pg_roles r on r.oid = a.grantee
      where c.relnamespace = 'public'::regnamespace and r.rolname = 'sideline_planner' group by c.relname`);
    const planner = Object.fromEntries([
      ...columns.map(({ name, grants: rights }) => [name, `columns: ${rights}`] as const),
      ...grants
        .filter(({ grantee }) => grantee === 'sideline_planner')
        .map(({ name, rights }) => [name, rights] as const),
    ]);
    expect(planner).toEqual(ofPlanner);
  });
});

describe('two workspaces with people of the same ids', () => {
  const zone = 'America/New_York';
  const team = [
    { name: 'Ellen', zone, role: 'enablement+admin' },
    { name: 'Dana', zone, role: 'manager' },
    { name: 'Sam', zone, role: 'rep', manager: 'Dana' },
  ];
  let two: TwoWorkspaces;
  beforeAll(async () => {
    two = await startTwoWorkspaces({ now: '2026-03-02T14:00:00Z', team });
    await two.travelTo('2026-03-05T21:30:00Z');
  });
  afterAll(() => two.close());

  /** Of a table, what a workspace has there, as the owner sees it. */
  async function rowsOf(table: string, workspaceId: string): Promise<string[]> {
    const { rows } = await sql<{ row: string }>`
      select to_jsonb(t)::text as row from ${sql.table(table)} t
      where workspace_id = ${workspaceId} order by 1`.execute(two.database.owner);
    return rows.map(({ row }) => row);
  }

  async function everythingOf(workspaceId: string): Promise<Record<string, string[]>> {
    const found: Record<string, string[]> = {};
    for (const table of await everyTable(two.database.owner)) found[table] = await rowsOf(table, workspaceId);
    return found;
  }

  test('no table shows, takes, changes or loses a row of the other', async () => {
    const { north, south, database } = two;
    const before = await everythingOf(south.workspaceId);
    expect(Object.values(before).filter((rows) => rows.length > 0).length).toBeGreaterThan(8);
    for (const table of await everyTable(database.owner)) {
      const inNorth = <T>(query: ReturnType<typeof sql<T>>) =>
        database
          .inWorkspace(north.workspaceId, (trx) => query.execute(trx))
          .then(
            ({ rows, numAffectedRows }) => ({ rows, affected: Number(numAffectedRows ?? 0n) }),
            (error: Error) => {
              expect(error.message, table).toMatch(/permission denied|row-level security/);
              return { rows: [], affected: 0 };
            },
          );
      const theirs = sql`workspace_id = ${south.workspaceId}`;
      expect((await inNorth(sql`select 1 from ${sql.table(table)} where ${theirs}`)).rows, table).toEqual([]);
      const changed = await inNorth(
        sql`update ${sql.table(table)} set workspace_id = workspace_id where ${theirs}`,
      );
      expect(changed.affected, table).toBe(0);
      expect((await inNorth(sql`delete from ${sql.table(table)} where ${theirs}`)).affected, table).toBe(0);
      // A row of the other's as it stands: refused before anything is said about it being there already.
      const [row] = before[table] ?? [];
      if (row === undefined) continue;
      await expect(
        database.inWorkspace(north.workspaceId, (trx) =>
          sql`insert into ${sql.table(table)} overriding system value
            select * from jsonb_populate_record(null::${sql.table(table)}, ${row}::jsonb)`.execute(trx),
        ),
        table,
      ).rejects.toThrow(/permission denied|row-level security/);
    }
    expect(await everythingOf(south.workspaceId)).toEqual(before);
  });
});
