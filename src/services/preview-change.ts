import { done, type Result } from '#domain/result.ts';
import type { Trx } from '#storage/database.ts';
import { membersById } from '#storage/members.ts';
import { openBetween } from '#storage/open-between.ts';
import type { ServiceContext } from '../context.ts';
import { type BulkChange, type BulkProblem, type PlannedChange, planChange } from './plan-change.ts';

/** So many become one thing where they were another; of a manager it is the name. */
export interface Becoming {
  field: 'segment' | 'wave' | 'manager';
  from: string | null;
  to: string | null;
  count: number;
}

export interface ChangePreview {
  /** Of how many of them something would change. */
  changing: number;
  chosen: number;
  becoming: Becoming[];
  /** What is open between those who get another manager and the former one: excused, or handed over. */
  excused: number;
  commitments: number;
  /** Who they are, where it is one. */
  name: string | undefined;
  digest: string;
}

/** What a change for one or many would do, for whoever may make it; nothing is done. */
export async function previewChange(
  context: Pick<ServiceContext, 'database'>,
  workspaceId: string,
  by: string,
  wish: { ids: readonly string[]; change: BulkChange },
): Promise<Result<ChangePreview, BulkProblem>> {
  return context.database.inWorkspace(
    workspaceId,
    async (trx): Promise<Result<ChangePreview, BulkProblem>> => {
      const planned = await planChange(trx, workspaceId, by, wish);
      if (!planned.ok) return planned;
      const { people, save, moved, digest } = planned.value;
      const parted = moved.flatMap(({ repId, from }) =>
        from === undefined ? [] : [{ repId, managerId: from }],
      );
      const open = [...(await openBetween(trx, workspaceId, parted)).values()];
      const [only] = people;
      return done({
        changing: new Set([...save.map(({ after }) => after.id), ...moved.map(({ repId }) => repId)]).size,
        chosen: people.length,
        becoming: await becoming(trx, workspaceId, planned.value),
        excused: open.reduce((sum, one) => sum + one.excused, 0),
        commitments: open.reduce((sum, one) => sum + one.commitments, 0),
        name: people.length === 1 ? only?.name : undefined,
        digest,
      });
    },
  );
}

async function becoming(
  trx: Trx,
  workspaceId: string,
  { save, moved }: Pick<PlannedChange, 'save' | 'moved'>,
): Promise<Becoming[]> {
  const ids = new Set(moved.flatMap(({ from, to }) => [from, to].filter((id) => id !== undefined)));
  const names = new Map((await membersById(trx, workspaceId, [...ids])).map(({ id, name }) => [id, name]));
  const each = [
    ...save.flatMap(({ before, after }) => [
      { field: 'segment' as const, from: before.segment, to: after.segment },
      { field: 'wave' as const, from: asText(before.wave), to: asText(after.wave) },
    ]),
    ...moved.map(({ from, to }) => ({
      field: 'manager' as const,
      from: from === undefined ? null : (names.get(from) ?? from),
      to: to === undefined ? null : (names.get(to) ?? to),
    })),
  ].filter(({ from, to }) => from !== to);
  const counts = new Map<string, Becoming>();
  for (const one of each) {
    const key = JSON.stringify([one.field, one.from, one.to]);
    counts.set(key, { ...one, count: (counts.get(key)?.count ?? 0) + 1 });
  }
  return [...counts.values()].toSorted((a, b) => b.count - a.count);
}

const asText = (wave: number | null): string | null => (wave === null ? null : String(wave));
