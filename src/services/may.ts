import { type Access, access, type Resource } from '#domain/access.ts';
import { type Action, mayDo } from '#domain/action.ts';
import type { Relation, StandIn } from '#domain/relation.ts';
import type { Trx } from '#storage/database.ts';
import { relationsTo, relationsToWorkspace, type StandIns } from '#storage/relations.ts';

/** Who asks, and about whom; about the workspace as a whole where nobody is named. */
export interface Asking {
  workspaceId: string;
  viewerId: string;
  subjectId?: string;
  standIns?: StandIns;
}

/** Whether somebody may do something, as things stand in this transaction. */
export async function may(trx: Trx, asking: Asking, action: Action): Promise<boolean> {
  return mayDo(await relationsIn(trx, asking), action);
}

/** How much of something somebody sees, as things stand in this transaction. */
export async function accessTo(trx: Trx, asking: Asking, resource: Resource): Promise<Access> {
  return access(await relationsIn(trx, asking), resource);
}

function relationsIn(trx: Trx, { workspaceId, viewerId, subjectId, standIns }: Asking): Promise<Relation[]> {
  return subjectId === undefined
    ? relationsToWorkspace(trx, workspaceId, viewerId)
    : relationsTo(trx, workspaceId, viewerId, subjectId, standIns);
}

/**
 * Whether somebody may excuse or snooze an occurrence: whoever is asked, and who stands in for them where it is
 * about a rep. The rep may not: nobody calls off their manager's duty.
 */
export async function mayPutOff(
  trx: Trx,
  {
    workspaceId,
    viewerId,
    standIns = [],
  }: Omit<Asking, 'subjectId' | 'standIns'> & { standIns?: readonly StandIn[] },
  action: 'excuse_occurrence' | 'snooze_occurrence',
  { askedId, aboutId }: { askedId: string; aboutId: string },
): Promise<boolean> {
  const instead =
    askedId !== aboutId && standIns.some((one) => one.awayId === askedId && one.standInId === viewerId);
  return may(trx, { workspaceId, viewerId, subjectId: instead ? viewerId : askedId }, action);
}
