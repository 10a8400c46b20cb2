import type { Segment } from '#domain/people.ts';
import { type PersonFieldName, unfitFields } from '#domain/person-fields.ts';
import { done, type Result, refused } from '#domain/result.ts';
import type { Trx } from '#storage/database.ts';
import { type Member, membersById } from '#storage/members.ts';
import { relationsToAll } from '#storage/relations.ts';
import { currentLines, type LineMoved } from '#storage/reporting.ts';
import { checkManager, type ManagerProblem } from './check-manager.ts';
import { contentHashOf } from './content-hash.ts';
import { denied } from './denials.ts';
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

/** What a change for many would do: of those for whom it is one. */
export interface PlannedChange {
  people: Member[];
  save: { before: Member; after: Member }[];
  moved: LineMoved[];
  /** Of what stands here: another where somebody has changed one of them since. */
  digest: string;
}

export async function planChange(
  trx: Trx,
  workspaceId: string,
  by: string,
  { ids: given, change }: { ids: readonly string[]; change: BulkChange },
): Promise<Result<PlannedChange, BulkProblem>> {
  const ids = [...new Set(given)];
  if (ids.length === 0) return refused({ kind: 'nobody' });
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
  if (notTheirs.length > 0) return denied({ kind: 'not_allowed', names: notTheirs.map(({ name }) => name) });
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
  const moved =
    managerId === undefined ? [] : await linesMoved(trx, workspaceId, ids, managerId ?? undefined);
  const digest = contentHashOf([
    save.map(({ before }) => [before.id, before.segment, before.wave]).toSorted(),
    moved.map(({ repId, from }) => [repId, from]).toSorted(),
  ]);
  return done({ people, save, moved, digest });
}

async function linesMoved(
  trx: Trx,
  workspaceId: string,
  ids: readonly string[],
  to: string | undefined,
): Promise<LineMoved[]> {
  const lines = await currentLines(trx, workspaceId, new Set(ids));
  const managerOf = new Map(lines.map((line) => [line.repId, line.managerId]));
  return ids.map((repId) => ({ repId, from: managerOf.get(repId), to })).filter(({ from }) => from !== to);
}
