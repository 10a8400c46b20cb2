import type { Trx } from './database.ts';

export type ImportSource = 'file' | 'group';

export interface KeptImport {
  id: string;
  madeBy: string;
  source: ImportSource;
  state: 'planned' | 'applied';
  wanted: unknown;
  digest: string;
  result: unknown;
}

export async function keepImport(
  trx: Trx,
  workspaceId: string,
  one: Pick<KeptImport, 'id' | 'madeBy' | 'source' | 'wanted' | 'digest'> & { at: Date },
): Promise<void> {
  await trx
    .insertInto('people_import')
    .values({
      workspace_id: workspaceId,
      import_id: one.id,
      made_by: one.madeBy,
      source: one.source,
      state: 'planned',
      wanted: JSON.stringify(one.wanted),
      digest: one.digest,
      made_at: one.at,
      applied_at: null,
      result: null,
    })
    .execute();
}

/** Locked: the same import applied twice at once is applied once. */
export async function lockImport(trx: Trx, workspaceId: string, id: string): Promise<KeptImport | undefined> {
  const row = await trx
    .selectFrom('people_import')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .where('import_id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  return (
    row && {
      id: row.import_id,
      madeBy: row.made_by,
      source: row.source,
      state: row.state,
      wanted: row.wanted,
      digest: row.digest,
      result: row.result,
    }
  );
}

/** It would do something else by now, which is shown in its place. */
export async function setDigest(trx: Trx, workspaceId: string, id: string, digest: string): Promise<void> {
  await trx
    .updateTable('people_import')
    .set({ digest })
    .where('workspace_id', '=', workspaceId)
    .where('import_id', '=', id)
    .execute();
}

export async function markApplied(
  trx: Trx,
  workspaceId: string,
  id: string,
  { result, at }: { result: unknown; at: Date },
): Promise<void> {
  await trx
    .updateTable('people_import')
    .set({ state: 'applied', applied_at: at, result: JSON.stringify(result), wanted: null })
    .where('workspace_id', '=', workspaceId)
    .where('import_id', '=', id)
    .execute();
}

/** Nobody has applied these, and what they hold names people. */
export async function forgetImports(trx: Trx, workspaceId: string, madeBefore: Date): Promise<void> {
  await trx
    .deleteFrom('people_import')
    .where('workspace_id', '=', workspaceId)
    .where('state', '=', 'planned')
    .where('made_at', '<', madeBefore)
    .execute();
}
