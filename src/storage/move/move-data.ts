import { type Kysely, sql } from 'kysely';
import type { Tables } from '../schema/index.ts';
import { compareRows, type TableComparison } from './compare-rows.ts';
import { copyRows } from './copy-rows.ts';
import { writeTextExactly } from './exact-text.ts';
import { type TableShape, tableShapes } from './table-shape.ts';

export type Moved =
  | { kind: 'moved' | 'differs' | 'was_there'; tables: TableComparison[] }
  | { kind: 'not_empty'; table: string }
  | { kind: 'other_shape'; table: string };

/**
 * Copies everything and compares each row, before the target's transaction ends: a copy that is not the same in every
 * row never comes about. Where it had ended already and only its mark in the source was lost, the copy is found to be
 * there.
 */
export async function moveData(source: Kysely<Tables>, target: Kysely<Tables>): Promise<Moved> {
  const shapes = await tableShapes(source);
  return source.transaction().execute(async (from) => {
    await writeTextExactly(from);
    const to = await target.startTransaction().execute();
    try {
      const moved = await moveInto(from, to, shapes);
      if (moved.kind === 'moved') await to.commit().execute();
      else await to.rollback().execute();
      return moved;
    } catch (error) {
      await to.rollback().execute();
      throw error;
    }
  });
}

async function moveInto(
  from: Kysely<Tables>,
  to: Kysely<Tables>,
  shapes: readonly TableShape[],
): Promise<Moved> {
  await writeTextExactly(to);
  const other = unlike(shapes, await tableShapes(to));
  if (other !== undefined) return { kind: 'other_shape', table: other };
  // Nobody writes there from here on, not even a Sideline that is started too early.
  await sql`lock table ${sql.join(shapes.map(({ name }) => sql.table(name)))} in exclusive mode`.execute(to);
  const filled = await firstWithRows(to, shapes);
  const tables: TableComparison[] = [];
  if (filled !== undefined) {
    for (const shape of shapes) {
      const compared = await compareRows(from, to, shape);
      if (compared.differing > 0) return { kind: 'not_empty', table: filled };
      tables.push(compared);
    }
    return { kind: 'was_there', tables };
  }
  for (const shape of shapes) await copyRows(from, to, shape);
  for (const shape of shapes) tables.push(await compareRows(from, to, shape));
  return { kind: tables.some(({ differing }) => differing > 0) ? 'differs' : 'moved', tables };
}

/** The first table that is not the same here and there. */
function unlike(here: readonly TableShape[], there: readonly TableShape[]): string | undefined {
  const others = new Map(there.map((shape) => [shape.name, JSON.stringify(shape)]));
  return here.find((shape) => others.get(shape.name) !== JSON.stringify(shape))?.name;
}

/** The first table that holds anything. */
export async function firstWithRows(
  owner: Kysely<Tables>,
  tables: readonly { name: string }[],
): Promise<string | undefined> {
  for (const { name } of tables) {
    const { rows } = await sql`select 1 from ${sql.table(name)} limit 1`.execute(owner);
    if (rows.length > 0) return name;
  }
  return undefined;
}
