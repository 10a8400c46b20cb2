import { mayBeMessaged } from '#domain/people.ts';
import { advanceCadences, waitingCadences } from '#storage/cadences.ts';
import type { Trx } from '#storage/database.ts';
import { listMembers, setPilot } from '#storage/members.ts';
import { currentLines } from '#storage/reporting.ts';
import { findWorkspace, markStarted, setPaused } from '#storage/workspaces.ts';
import type { ServiceContext } from '../context.ts';
import { nextPlanned } from './next-planned.ts';

export interface Started {
  /** How many cadences are planned from now on that were not before. */
  cadences: number;
  already: boolean;
  /** How many people take part; undefined where everybody does. */
  inPilot: number | undefined;
}

/**
 * From now on people are asked: everybody, or the managers of a pilot group with their teams. What fell due
 * before is not made up for. Started for a group first, it can be started for all later.
 */
export async function startWorkspace(
  context: ServiceContext,
  workspaceId: string,
  pilot?: readonly string[],
): Promise<Started> {
  const now = context.clock.now();
  const started = await context.database.inWorkspace(workspaceId, async (trx) => {
    const workspace = await findWorkspace(trx, workspaceId);
    const runs = workspace !== undefined && workspace.startedAt !== null && workspace.pausedAt === null;
    const group = pilot === undefined ? undefined : await withTeams(trx, workspaceId, pilot);
    if (group !== undefined) await setPilot(trx, workspaceId, group);
    await markStarted(trx, workspaceId, { at: new Date(now), pilot: group !== undefined });
    const cadences = await planWaiting(trx, workspaceId, group !== undefined, now);
    const already = runs && cadences === 0 && workspace.pilot === (group !== undefined);
    return { cadences, already, inPilot: group?.length };
  });
  context.wake(workspaceId);
  return started;
}

/** After a pause: as it was started before, for the same people. What is still open comes on the next card. */
export async function resumeWorkspace(context: ServiceContext, workspaceId: string): Promise<void> {
  const now = context.clock.now();
  await context.database.inWorkspace(workspaceId, async (trx) => {
    const workspace = await findWorkspace(trx, workspaceId);
    if (workspace?.startedAt == null) return;
    await setPaused(trx, workspaceId, null);
    await planWaiting(trx, workspaceId, workspace.pilot, now);
  });
  // What waited through a pause and is still open need not wait for the next tick.
  context.wake(workspaceId);
}

async function planWaiting(trx: Trx, workspaceId: string, pilotOnly: boolean, now: number): Promise<number> {
  const waiting = await waitingCadences(trx, workspaceId, { pilotOnly });
  if (waiting.length > 0) {
    await advanceCadences(
      trx,
      waiting.map((one) => ({ workspaceId, id: one.id, next: nextPlanned(one, now) })),
    );
  }
  return waiting.length;
}

/** The people named, and whoever reports to them. */
async function withTeams(trx: Trx, workspaceId: string, named: readonly string[]): Promise<string[]> {
  const group = new Set(named);
  for (const { repId, managerId } of await currentLines(trx, workspaceId)) {
    if (named.includes(managerId)) group.add(repId);
  }
  const members = await listMembers(trx, workspaceId);
  return members.filter(({ id, status }) => group.has(id) && mayBeMessaged(status)).map(({ id }) => id);
}
