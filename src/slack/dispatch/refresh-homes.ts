import { homeLookers } from '#services/home-lookers.ts';
import type { Feature, Reply, Request, SubmissionAnswer } from '../feature.ts';
import { publishHome } from '../home/publish.ts';

/**
 * After the answer: nobody waits for it. Only for those who may be looking; a Home that stays behind is made anew when
 * it is opened.
 */
export async function refreshHomes(
  request: Request,
  outcome: Reply | SubmissionAnswer,
  features: readonly Feature[],
): Promise<void> {
  const changed = outcome !== undefined && 'changed' in outcome ? (outcome.changed ?? []) : [];
  if (changed.length === 0) return;
  const { context, workspaceId } = request;
  const behind = (userIds: readonly string[]) => (error: unknown) => {
    context.log.warn({ err: error, userIds }, 'a Home was not brought up to date');
    return [];
  };
  const everybody = [...new Set(changed)];
  for (const userId of await homeLookers(context, workspaceId, everybody).catch(behind(everybody))) {
    await publishHome({ ...request, userId }, features).catch(behind([userId]));
  }
}
