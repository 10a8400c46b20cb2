import type { Segment } from '#domain/people.ts';
import { type PersonFieldName, unfitFields } from '#domain/person-fields.ts';
import { done, type Result, refused } from '#domain/result.ts';
import { noteInAudit } from '#storage/audit.ts';
import type { Trx } from '#storage/database.ts';
import { membersById } from '#storage/members.ts';
import { lockPeople } from '#storage/people-lock.ts';
import { relationsToAll } from '#storage/relations.ts';
import { currentLines } from '#storage/reporting.ts';
import type { ServiceContext } from '../context.ts';
import { applyPeople } from './apply-people.ts';
import { checkManager, type ManagerProblem } from './check-manager.ts';
import { fieldsOf, settableBy } from './person-fields.ts';

/** Set for each of them alike; what is left out stays. */
export interface BulkChange {
  segment?: Segment | null;
  wave?: number | null;
  managerId?: string | null;
}

export type BulkProblem =
  | { kind: 'nobody' }
  | { kind: 'unknown'; ids: string[] }
  /** For all or none: of these somebody may not set it. */
  | { kind: 'not_allowed'; names: string[] }
  | { kind: 'unfit'; fields: PersonFieldName[] }
  | ManagerProblem;

/** Sets segment, wave or manager of many, all or nothing. Says of how many something has changed. */
export async function changePeople(
  context: ServiceContext,
  workspaceId: string,
  by: string,
  wish: { ids: readonly string[]; change: BulkChange },
): Promise<Result<{ changed: number }, BulkProblem>> {
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
  { ids: given, change, by, at }: { ids: readonly string[]; change: BulkChange; by: string; at: Date },
): Promise<Result<{ changed: number }, BulkProblem>> {
  const ids = [...new Set(given)];
  if (ids.length === 0) return refused({ kind: 'nobody' });
  await lockPeople(trx, workspaceId);
  const people = await membersById(trx, workspaceId, ids);
  if (people.length < ids.length) {
    const known = new Set(people.map(({ id }) => id));
    return refused({ kind: 'unknown', ids: ids.filter((id) => !known.has(id)) });
  }
  const fields = Object.keys(change) as (keyof BulkChange)[];
  const relations = await relationsToAll(trx, workspaceId, by, ids);
  const notTheirs = people.filter(({ id }) => {
    const settable = settableBy(relations.get(id) ?? []);
    return fields.some((field) => !settable.includes(field));
  });
  if (notTheirs.length > 0) return refused({ kind: 'not_allowed', names: notTheirs.map(({ name }) => name) });
  const { managerId, ...tier } = change;
  const [first] = people;
  const unfit = first === undefined ? [] : unfitFields({ ...fieldsOf(first, undefined), ...tier });
  const ofThese = unfit.filter((field) => field in tier);
  if (ofThese.length > 0) return refused({ kind: 'unfit', fields: ofThese });
  if (managerId != null) {
    const manager = await checkManager(trx, workspaceId, managerId, ids);
    if (!manager.ok) return manager;
  }
  const save = people
    .map((before) => ({ before, after: { ...before, ...tier } }))
    .filter(({ before, after }) => before.segment !== after.segment || before.wave !== after.wave);
  const managers =
    managerId === undefined
      ? new Map<string, undefined>()
      : new Map(ids.map((id) => [id, managerId ?? undefined] as const));
  const before = new Map(
    (managerId === undefined ? [] : await currentLines(trx, workspaceId, new Set(ids))).map((line) => [
      line.repId,
      line.managerId,
    ]),
  );
  const moved = await applyPeople(trx, workspaceId, { save, managers }, at);
  await noteInAudit(
    trx,
    workspaceId,
    ...save.map(({ after }) => ({
      actorId: by,
      what: 'person_changed' as const,
      aboutId: after.id,
      detail: { fields: fields.filter((field) => field !== 'managerId') },
      at,
    })),
    ...moved.map(({ repId, to = null }) => ({
      actorId: by,
      what: 'manager_changed' as const,
      aboutId: repId,
      detail: { from: before.get(repId) ?? null, to },
      at,
    })),
  );
  return done({
    changed: new Set([...save.map(({ after }) => after.id), ...moved.map(({ repId }) => repId)]).size,
  });
}
