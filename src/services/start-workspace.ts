import { noteInAudit } from '#storage/audit.ts';
import type { Trx } from '#storage/database.ts';
import { listMembers, type Member, setPilot } from '#storage/members.ts';
import { askAgainOf, restRulesOf } from '#storage/pilot.ts';
import { currentLines, type ReportingLine } from '#storage/reporting.ts';
import { lockWorkspace, markStarted, setPaused } from '#storage/workspaces.ts';
import type { ServiceContext } from '../context.ts';
import { takingPart } from './pilot.ts';
import { planWaiting } from './plan-waiting.ts';

export interface Started {
  /** `runs_for_all`: a pilot group was asked for, and everybody takes part already. */
  kind: 'started' | 'as_it_was' | 'runs_for_all';
  /** How many of those who take part now coach somebody, and how many are coached. */
  managers: number;
  reps: number;
}

/**
 * From now on people are asked: everybody, or the managers of a pilot group with their teams. What fell due
 * before is not made up for. Started for a group first, it can be started for another or for all later.
 */
export async function startWorkspace(
  context: ServiceContext,
  workspaceId: string,
  pilot?: readonly string[],
): Promise<Started> {
  const now = context.clock.now();
  const started = await context.database.inWorkspace(workspaceId, (trx) =>
    startIn(trx, workspaceId, pilot, { by: 'operator', now }),
  );
  context.wake(workspaceId);
  return started;
}

/** The same, in a transaction that knows that it may be done. */
export async function startIn(
  trx: Trx,
  workspaceId: string,
  pilot: readonly string[] | undefined,
  { by, now }: { by: string; now: number },
): Promise<Started> {
  const workspace = await lockWorkspace(trx, workspaceId);
  const lines = await currentLines(trx, workspaceId);
  const members = await listMembers(trx, workspaceId);
  if (pilot !== undefined && workspace?.startedAt != null && !workspace.pilot) {
    return { kind: 'runs_for_all', ...countsOf(takingPart(members, lines, undefined), lines) };
  }
  const after = takingPart(members, lines, pilot);
  const before = workspace?.startedAt == null ? [] : members.filter((one) => !workspace.pilot || one.inPilot);
  const at = new Date(now);
  if (pilot !== undefined) {
    await setPilot(
      trx,
      workspaceId,
      after.map(({ id }) => id),
    );
    await restRulesOf(trx, workspaceId, idsWithout(before, after), at);
  }
  await markStarted(trx, workspaceId, { at, pilot: pilot !== undefined });
  const cadences = await planWaiting(trx, workspaceId, pilot !== undefined, now);
  const joined = idsWithout(after, before);
  if (before.length > 0) await askAgainOf(trx, workspaceId, joined, at);
  const runs = workspace?.startedAt != null && workspace.pausedAt === null;
  const same =
    runs &&
    cadences === 0 &&
    workspace.pilot === (pilot !== undefined) &&
    (pilot === undefined || (joined.length === 0 && idsWithout(before, after).length === 0));
  if (!same) {
    const detail = { pilot: pilot !== undefined };
    await noteInAudit(trx, workspaceId, { actorId: by, what: 'started', detail, at });
  }
  return { kind: same ? 'as_it_was' : 'started', ...countsOf(after, lines) };
}

function idsWithout(some: readonly Member[], others: readonly Member[]): string[] {
  const known = new Set(others.map(({ id }) => id));
  return some.filter(({ id }) => !known.has(id)).map(({ id }) => id);
}

function countsOf(
  people: readonly Member[],
  lines: readonly ReportingLine[],
): Pick<Started, 'managers' | 'reps'> {
  const managing = new Set(lines.map(({ managerId }) => managerId));
  return {
    managers: people.filter(({ id }) => managing.has(id)).length,
    reps: people.filter(({ roles }) => roles.includes('rep')).length,
  };
}

/** After a pause: as it was started before, for the same people. What is still open comes on the next card. */
export async function resumeWorkspace(context: ServiceContext, workspaceId: string): Promise<void> {
  const now = context.clock.now();
  await context.database.inWorkspace(workspaceId, (trx) =>
    resumeIn(trx, workspaceId, { by: 'operator', now }),
  );
  // What waited through a pause and is still open need not wait for the next tick.
  context.wake(workspaceId);
}

/** Says whether it was paused. */
export async function resumeIn(
  trx: Trx,
  workspaceId: string,
  { by, now }: { by: string; now: number },
): Promise<boolean> {
  const workspace = await lockWorkspace(trx, workspaceId);
  if (workspace?.startedAt == null || workspace.pausedAt === null) return false;
  await setPaused(trx, workspaceId, null);
  await noteInAudit(trx, workspaceId, { actorId: by, what: 'resumed', at: new Date(now) });
  await planWaiting(trx, workspaceId, workspace.pilot, now);
  return true;
}
