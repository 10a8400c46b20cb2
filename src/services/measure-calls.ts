import { type Coverage, observedCallCoverage } from '#domain/coverage.ts';
import type { Trx } from '#storage/database.ts';
import { observedCallsOf } from '#storage/debriefs.ts';
import { repsToObserve } from '#storage/measures.ts';

/** Reps with a live call observed in a month ('2026-03'), of those of whom one was to be. */
export async function measureObservedCalls(trx: Trx, workspaceId: string, month: string): Promise<Coverage> {
  const eligible = await repsToObserve(trx, workspaceId, month);
  return observedCallCoverage(month, eligible, await observedCallsOf(trx, workspaceId, month));
}
