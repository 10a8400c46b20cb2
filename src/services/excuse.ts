import { type Excuse, excuseAsReason } from '#domain/excuse.ts';
import { done, type Result, refused } from '#domain/result.ts';
import type { Movable } from '#storage/put-off.ts';
import { excuseOccurrence, forgetUnsent } from '#storage/told-occurrences.ts';
import type { ServiceContext } from '../context.ts';
import { movableBy, type NotMovable } from './put-off.ts';

/** What is about to be excused, for the form that asks why. */
export async function openExcuse(
  context: ServiceContext,
  workspaceId: string,
  who: { personId: string; occurrenceId: string },
): Promise<Result<Movable, NotMovable>> {
  const now = context.clock.now();
  return context.database.inWorkspace(workspaceId, (trx) =>
    movableBy(trx, workspaceId, who, 'excuse_occurrence', now),
  );
}

/** Ends one occurrence as excused: it counts neither way. The same form sent twice excuses once. */
export async function excuse(
  context: ServiceContext,
  workspaceId: string,
  who: { personId: string; occurrenceId: string; excuse: Excuse; words: string | undefined },
): Promise<Result<undefined, NotMovable>> {
  const now = context.clock.now();
  const reason = excuseAsReason(who.excuse, who.words);
  const excused = await context.database.inWorkspace(workspaceId, async (trx) => {
    const found = await movableBy(trx, workspaceId, who, 'excuse_occurrence', now);
    if (!found.ok) {
      const { problem } = found;
      // What it was to become, it is already.
      return problem.kind === 'over' && problem.state === 'excused' ? done(undefined) : refused(problem);
    }
    await excuseOccurrence(trx, workspaceId, who.occurrenceId, reason, new Date(now));
    await forgetUnsent(trx, workspaceId, [who.occurrenceId]);
    return done(undefined);
  });
  if (excused.ok) context.wake(workspaceId);
  return excused;
}
