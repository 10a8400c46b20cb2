import type { Result } from '#domain/result.ts';
import type { ServiceContext } from '../context.ts';
import { type AssignProblem, assignPractice, openAssignment } from './assign-practice.ts';

/**
 * Gives a rep something from the bank to practise, on the next day with room: what was chosen while something
 * else was written. The same form sent twice gives it once.
 */
export async function givePractice(
  context: ServiceContext,
  workspaceId: string,
  one: { viewId: string; managerId: string; repId: string; itemId: string; why: string },
): Promise<Result<unknown, AssignProblem>> {
  const { viewId, managerId, repId, itemId, why } = one;
  const opened = await openAssignment(context, workspaceId, managerId, repId);
  if (!opened.ok) return opened;
  return assignPractice(context, workspaceId, {
    viewId: `${viewId}/practice`,
    managerId,
    repId,
    chosen: { itemId },
    dueOn: opened.value.proposed,
    why,
  });
}
