import { mayDo } from '#domain/action.ts';
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
  const repIds = [...new Set(found.map(({ repId }) => repId))];
  const relations = await relationsToAll(trx, workspaceId, userId, repIds);
  return found.filter(({ repId }) => mayDo(relations.get(repId) ?? [], action));
}
