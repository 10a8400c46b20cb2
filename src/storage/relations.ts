import { sql } from 'kysely';
import type { Role } from '#domain/people.ts';
import { type Relation, relationsByRole, relationsOf, type StandIn } from '#domain/relation.ts';
import { askTogether } from './ask-together.ts';
import type { Trx } from './database.ts';
import { mergedRows } from './merged.ts';
import { together } from './together.ts';

/** Known, or asked for at this moment: then both are asked for in one trip. */
export type StandIns = readonly StandIn[] | Promise<readonly StandIn[]>;

/** What a viewer is to a person; nothing where either is unknown, or the viewer is not active. */
export async function relationsTo(
  trx: Trx,
  workspaceId: string,
  viewerId: string,
  subjectId: string,
  standIns: StandIns = [],
): Promise<Relation[]> {
  const found = await relationsToAll(trx, workspaceId, viewerId, [subjectId], standIns);
  return found.get(subjectId) ?? [];
}

/** The same for a list of people, in one query; people who are unknown are left out. */
export async function relationsToAll(
  trx: Trx,
  workspaceId: string,
  viewerId: string,
  subjectIds: readonly string[],
  standIns: StandIns = [],
): Promise<Map<string, Relation[]>> {
  const pairs = subjectIds.map((subjectId) => pairOf(viewerId, subjectId));
  const [rows, standing] = await together([linesBetween(trx, workspaceId, pairs), standIns]);
  return new Map(
    rows.map((row) => {
      const line = {
        personId: row.user_id,
        managerId: row.manager_id ?? undefined,
        managersManagerId: row.above_id ?? undefined,
      };
      return [row.user_id, relationsOf({ id: viewerId, roles: row.roles }, line, standing)];
    }),
  );
}

const pairOf = (viewerId: string, subjectId: string): string => `${viewerId} ${subjectId}`;

interface Line {
  viewer_id: string;
  roles: Role[];
  user_id: string;
  manager_id: string | null;
  above_id: string | null;
}

/** Whom the second of each pair reports to, and what the first may be to them. */
const linesBetween = mergedRows<Line>(
  async (trx, workspaceId, pairs) => {
    const values = pairs
      .map((pair) => pair.split(' '))
      .map(([viewer, subject]) => ({ v: viewer, s: subject }));
    const query = sql<Line>`
      select viewer.user_id as viewer_id, viewer.roles, subject.user_id, direct.manager_id,
             above.manager_id as above_id
      from jsonb_to_recordset(${JSON.stringify(values)}::jsonb) as pair(v text, s text)
      join member viewer on viewer.workspace_id = ${workspaceId} and viewer.user_id = pair.v
        and viewer.status = 'active'
      join member subject on subject.workspace_id = ${workspaceId} and subject.user_id = pair.s
      left join reporting direct on direct.workspace_id = ${workspaceId} and direct.rep_id = subject.user_id
        and direct.until is null
      left join reporting above on above.workspace_id = ${workspaceId} and above.rep_id = direct.manager_id
        and above.until is null`;
    return askTogether(trx, query, {});
  },
  (line) => pairOf(line.viewer_id, line.user_id),
);

/** What a viewer is to the workspace as a whole, for what is about nobody in particular. */
export async function relationsToWorkspace(
  trx: Trx,
  workspaceId: string,
  viewerId: string,
): Promise<Relation[]> {
  const viewer = await trx
    .selectFrom('member')
    .select('roles')
    .where('workspace_id', '=', workspaceId)
    .where('user_id', '=', viewerId)
    .where('status', '=', 'active')
    .executeTakeFirst();
  return viewer === undefined ? [] : relationsByRole(viewer.roles);
}
