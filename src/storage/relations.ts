import { type Relation, relationsByRole, relationsOf, type StandIn } from '#domain/relation.ts';
import type { Trx } from './database.ts';

/** What a viewer is to a person; nothing where either is unknown, or the viewer is not active. */
export async function relationsTo(
  trx: Trx,
  workspaceId: string,
  viewerId: string,
  subjectId: string,
  standIns: readonly StandIn[] = [],
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
  standIns: readonly StandIn[] = [],
): Promise<Map<string, Relation[]>> {
  if (subjectIds.length === 0) return new Map();
  const rows = await trx
    .selectFrom('member as viewer')
    .innerJoin('member as subject', 'subject.workspace_id', 'viewer.workspace_id')
    .leftJoin('reporting as direct', (join) =>
      join
        .onRef('direct.workspace_id', '=', 'subject.workspace_id')
        .onRef('direct.rep_id', '=', 'subject.user_id')
        .on('direct.until', 'is', null),
    )
    .leftJoin('reporting as above', (join) =>
      join
        .onRef('above.workspace_id', '=', 'direct.workspace_id')
        .onRef('above.rep_id', '=', 'direct.manager_id')
        .on('above.until', 'is', null),
    )
    .select(['viewer.roles', 'subject.user_id', 'direct.manager_id', 'above.manager_id as above_id'])
    .where('viewer.workspace_id', '=', workspaceId)
    .where('viewer.user_id', '=', viewerId)
    .where('viewer.status', '=', 'active')
    .where('subject.user_id', 'in', [...subjectIds])
    .execute();
  return new Map(
    rows.map((row) => {
      const line = {
        personId: row.user_id,
        managerId: row.manager_id ?? undefined,
        managersManagerId: row.above_id ?? undefined,
      };
      return [row.user_id, relationsOf({ id: viewerId, roles: row.roles }, line, standIns)];
    }),
  );
}

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
