import { type Action, mayDo } from '#domain/action.ts';
import { standInsNow } from '#storage/absences.ts';
import { relationsToAll } from '#storage/relations.ts';
import type { RowsFor } from './row.ts';

/** For which of these people the reader may do something: a row about anybody else says nothing of theirs. */
export async function thoseFor(
  { trx, workspaceId, reader, at }: RowsFor,
  personIds: readonly string[],
  action: Action,
): Promise<ReadonlySet<string>> {
  const standIns = await standInsNow(trx, workspaceId, new Date(at));
  const relations = await relationsToAll(trx, workspaceId, reader.id, [...new Set(personIds)], standIns);
  return new Set([...relations].filter(([, found]) => mayDo(found, action)).map(([id]) => id));
}
