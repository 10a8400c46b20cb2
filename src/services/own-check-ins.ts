import { mayDo } from '#domain/action.ts';
import type { StandIn } from '#domain/relation.ts';
import type { CheckInSide } from '#domain/retention.ts';
import type { CheckInFacts } from '#storage/check-ins.ts';
import type { Trx } from '#storage/database.ts';
import { relationsToAll } from '#storage/relations.ts';

/** Of these check-ins, those that somebody may answer as the rep, or as the manager, as things stand now. */
export async function ownCheckIns(
  trx: Trx,
  workspaceId: string,
  found: readonly CheckInFacts[],
  { userId, side }: { userId: string; side: CheckInSide },
): Promise<CheckInFacts[]> {
  const action = side === 'rep' ? 'answer_check_in_as_rep' : 'answer_check_in_as_manager';
  // Each programme and day is stood in for by itself: who is asked about one of them may not answer another.
  const groups = Map.groupBy(found, ({ stoodInForId, managerId }) => `${stoodInForId} ${managerId}`);
  const own = new Set<CheckInFacts>();
  for (const group of groups.values()) {
    const repIds = [...new Set(group.map(({ repId }) => repId))];
    const relations = await relationsToAll(trx, workspaceId, userId, repIds, group.flatMap(standInOf));
    for (const one of group) {
      if (mayDo(relations.get(one.repId) ?? [], action)) own.add(one);
    }
  }
  return found.filter((one) => own.has(one));
}

const standInOf = ({ stoodInForId, managerId }: CheckInFacts): StandIn[] =>
  stoodInForId === null || managerId === null ? [] : [{ awayId: stoodInForId, standInId: managerId }];
