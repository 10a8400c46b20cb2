import { done, type Result, refused } from '#domain/result.ts';
import { noteInAudit } from '#storage/audit.ts';
import type { Trx } from '#storage/database.ts';
import { lockPeople } from '#storage/people-lock.ts';
import type { ServiceContext } from '../context.ts';
import { applyPeople } from './apply-people.ts';
import { type BulkChange, type BulkProblem, planChange } from './plan-change.ts';

export type { BulkProblem } from './plan-change.ts';

interface BulkWish {
  ids: readonly string[];
  change: BulkChange;
  /** What whoever changes them was shown; where it would do something else by now, nothing is done. */
  agreed?: string;
}

/** Sets segment, wave or manager of many, all or nothing. Says of how many something has changed. */
export async function changePeople(
  context: ServiceContext,
  workspaceId: string,
  by: string,
  wish: BulkWish,
): Promise<Result<{ changed: number }, BulkProblem | { kind: 'changed_meanwhile' }>> {
  const at = new Date(context.clock.now());
  const changed = await context.database.inWorkspace(workspaceId, (trx) =>
    changeAllIn(trx, workspaceId, { ...wish, by, at }),
  );
  if (changed.ok && changed.value.changed > 0) context.wake(workspaceId);
  return changed;
}

async function changeAllIn(
  trx: Trx,
  workspaceId: string,
  { ids, change, agreed, by, at }: BulkWish & { by: string; at: Date },
): Promise<Result<{ changed: number }, BulkProblem | { kind: 'changed_meanwhile' }>> {
  await lockPeople(trx, workspaceId);
  const planned = await planChange(trx, workspaceId, by, { ids, change });
  if (!planned.ok) return planned;
  const { save, moved, digest } = planned.value;
  if (agreed !== undefined && agreed !== digest) return refused({ kind: 'changed_meanwhile' });
  const managers = new Map(moved.map(({ repId, to }) => [repId, to] as const));
  await applyPeople(trx, workspaceId, { save, managers }, at);
  const fields = Object.keys(change).filter((field) => field !== 'managerId');
  await noteInAudit(
    trx,
    workspaceId,
    ...save.map(({ after }) => ({
      actorId: by,
      what: 'person_changed' as const,
      aboutId: after.id,
      detail: { fields },
      at,
    })),
    ...moved.map(({ repId, from = null, to = null }) => ({
      actorId: by,
      what: 'manager_changed' as const,
      aboutId: repId,
      detail: { from, to },
      at,
    })),
  );
  return done({
    changed: new Set([...save.map(({ after }) => after.id), ...moved.map(({ repId }) => repId)]).size,
  });
}
