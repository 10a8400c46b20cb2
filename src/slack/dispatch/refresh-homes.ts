import type { Feature, Reply, Request, SubmissionAnswer } from '../feature.ts';
import { publishHome } from '../home/publish.ts';

/** After the answer: nobody waits for it, and a Home that stays behind is made anew when it is opened. */
export async function refreshHomes(
  request: Request,
  outcome: Reply | SubmissionAnswer,
  features: readonly Feature[],
): Promise<void> {
  const changed = outcome !== undefined && 'changed' in outcome ? (outcome.changed ?? []) : [];
  for (const userId of new Set(changed)) {
    await publishHome({ ...request, userId }, features).catch((error: unknown) => {
      request.context.log.warn({ err: error, userId }, 'a Home was not brought up to date');
    });
  }
}
