import { type SqlBool, sql } from 'kysely';
import type { MemberStatus, Role, Segment } from '#domain/people.ts';
import type { Trx } from './database.ts';

export interface PeopleFilter {
  /** Part of a name or address, or a whole id. */
  text?: string | undefined;
  role?: Role | undefined;
  segment?: Segment | 'none' | undefined;
  wave?: number | 'none' | undefined;
  /** Their manager now. */
  managerId?: string | undefined;
  /** Active reps who report to nobody. */
  withoutManager?: boolean | undefined;
  /** Of those whoever reported to somebody who left Slack, last of all. */
  managerLeft?: boolean | undefined;
  /** Those whom messages may reach, where nothing is said. */
  status?: 'active' | 'others' | 'all' | undefined;
}

export interface FoundPerson {
  id: string;
  name: string;
  email: string | null;
  roles: Role[];
  segment: Segment | null;
  wave: number | null;
  status: MemberStatus;
  timeZone: string;
  manager: { id: string; name: string } | null;
}

/** Where a page begins or ends: the next to it is found whoever has come or gone meanwhile. */
export interface PageEnd {
  name: string;
  id: string;
}

const lineNow = sql`
  select from reporting r
  where r.workspace_id = m.workspace_id and r.rep_id = m.user_id and r.until is null`;

/** From those few lines to their reps: asked of each rep in turn it takes half a second among fifty thousand. */
const lastLeft = sql`exists (
  select from reporting r
  where r.workspace_id = m.workspace_id and r.rep_id = m.user_id and r.until is not null and r.ended_because = 'left'
    and not exists (
      select from reporting later
      where later.workspace_id = r.workspace_id and later.rep_id = r.rep_id and later.since > r.since
    ))`;

function conditions(workspaceId: string, filter: PeopleFilter) {
  const { text, role, segment, wave, managerId, withoutManager, managerLeft, status = 'active' } = filter;
  const part = text?.trim().toLowerCase();
  const like = `%${(part ?? '').replaceAll(/[\\%_]/g, '\\$&')}%`;
  return sql.join(
    [
      sql<SqlBool>`m.workspace_id = ${workspaceId}`,
      ...(part
        ? [sql`(lower(m.name) like ${like} or lower(m.email) like ${like} or lower(m.user_id) = ${part})`]
        : []),
      ...(role === undefined ? [] : [sql`${role} = any (m.roles)`]),
      ...(segment === undefined
        ? []
        : [segment === 'none' ? sql`m.segment is null` : sql`m.segment = ${segment}`]),
      ...(wave === undefined ? [] : [wave === 'none' ? sql`m.wave is null` : sql`m.wave = ${wave}`]),
      ...(managerId === undefined ? [] : [sql`exists (${lineNow} and r.manager_id = ${managerId})`]),
      ...(withoutManager === true ? [sql`'rep' = any (m.roles) and not exists (${lineNow})`] : []),
      ...(managerLeft === true ? [sql`'rep' = any (m.roles) and ${lastLeft}`] : []),
      ...(status === 'all'
        ? []
        : [status === 'active' ? sql`m.status = 'active'` : sql`m.status <> 'active'`]),
    ],
    sql` and `,
  );
}

/** People by name: the first so many after one, or the last so many before one. */
export async function findPeople(
  trx: Trx,
  workspaceId: string,
  filter: PeopleFilter,
  { after, before, limit }: { after?: PageEnd | undefined; before?: PageEnd | undefined; limit: number },
): Promise<FoundPerson[]> {
  const onwards =
    after === undefined ? sql`` : sql`and (lower(m.name), m.user_id) > (lower(${after.name}), ${after.id})`;
  const backwards = before === undefined ? sql`` : sql`and ${precedes(before)}`;
  const way = before === undefined ? sql`asc` : sql`desc`;
  const { rows } = await sql<{
    user_id: string;
    name: string;
    email: string | null;
    roles: Role[];
    segment: Segment | null;
    wave: number | null;
    status: MemberStatus;
    time_zone: string;
    manager_id: string | null;
    manager_name: string | null;
  }>`
    with page as (
      select m.* from member m
      where ${conditions(workspaceId, filter)} ${onwards} ${backwards}
      order by lower(m.name) ${way}, m.user_id ${way}
      limit ${limit}
    )
    select page.user_id, page.name, page.email, page.roles, page.segment, page.wave, page.status, page.time_zone,
           r.manager_id, above.name as manager_name
    from page
    left join reporting r on r.workspace_id = page.workspace_id and r.rep_id = page.user_id and r.until is null
    left join member above on above.workspace_id = page.workspace_id and above.user_id = r.manager_id
    order by lower(page.name), page.user_id`.execute(trx);
  return rows.map((row) => ({
    id: row.user_id,
    name: row.name,
    email: row.email,
    roles: row.roles,
    segment: row.segment,
    wave: row.wave,
    status: row.status,
    timeZone: row.time_zone,
    manager:
      row.manager_id === null ? null : { id: row.manager_id, name: row.manager_name ?? row.manager_id },
  }));
}

const precedes = ({ name, id }: PageEnd) => sql`(lower(m.name), m.user_id) < (lower(${name}), ${id})`;

/** How many there are, and how many of them come before one. */
export async function countPeople(
  trx: Trx,
  workspaceId: string,
  filter: PeopleFilter,
  before?: PageEnd,
): Promise<{ all: number; preceding: number }> {
  const preceding = before === undefined ? sql`0` : sql`count(*) filter (where ${precedes(before)})::integer`;
  const { rows } = await sql<{ all: number; preceding: number }>`
    select count(*)::integer as "all", ${preceding} as preceding
    from member m where ${conditions(workspaceId, filter)}`.execute(trx);
  return rows[0] ?? { all: 0, preceding: 0 };
}
