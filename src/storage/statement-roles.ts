import { type Kysely, sql } from 'kysely';
import type { Tables } from './schema/index.ts';

/** The two roles every statement of the product runs as, and what the login role may do with them. */
export interface StatementRoles {
  login: string;
  mayCreateRoles: boolean;
  roles: { name: string; exists: boolean; mayBeSet: boolean }[];
}

const names = ['sideline_app', 'sideline_planner'];

export async function statementRoles(owner: Kysely<Tables>): Promise<StatementRoles> {
  const {
    rows: [login],
  } = await sql<{ name: string; may_create: boolean }>`
    select current_user as name, rolsuper or rolcreaterole as may_create
    from pg_roles where rolname = current_user`.execute(owner);
  const { rows: existing } = await sql<{ rolname: string }>`
    select rolname from pg_roles where rolname = any (${names}::text[])`.execute(owner);
  const exists = new Set(existing.map((row) => row.rolname));
  const roles: StatementRoles['roles'] = [];
  for (const name of names) {
    roles.push({ name, exists: exists.has(name), mayBeSet: exists.has(name) && (await maySet(owner, name)) });
  }
  return { login: login?.name ?? '', mayCreateRoles: login?.may_create === true, roles };
}

/** By doing it: what lets a role be set differs between versions of PostgreSQL. */
async function maySet(owner: Kysely<Tables>, role: string): Promise<boolean> {
  try {
    await owner.transaction().execute((trx) => sql`select set_config('role', ${role}, true)`.execute(trx));
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === '42501') return false;
    throw error;
  }
}

/** What somebody with more rights must run where the login role may not; empty where nothing is missing. */
export function missingRolesSql({ login, roles }: StatementRoles): string[] {
  const quoted = `"${login.replaceAll('"', '""')}"`;
  return roles.flatMap(({ name, exists, mayBeSet }) => [
    ...(exists ? [] : [`create role ${name} nologin;`]),
    ...(mayBeSet ? [] : [`grant ${name} to ${quoted};`]),
  ]);
}
