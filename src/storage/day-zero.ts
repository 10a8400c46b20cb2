import type { Pillar } from '#domain/pillar.ts';
import type { Trx } from './database.ts';

export interface Shown {
  repId: string;
  pillar: Pillar;
  shown: boolean;
}

export async function dayZeroOf(trx: Trx, workspaceId: string, programmeId: string): Promise<Shown[]> {
  const rows = await trx
    .selectFrom('day_zero')
    .select(['rep_id', 'pillar', 'shown'])
    .where('workspace_id', '=', workspaceId)
    .where('programme_id', '=', programmeId)
    .execute();
  return rows.map((row) => ({ repId: row.rep_id, pillar: row.pillar, shown: row.shown }));
}

/** Puts what is said now in the place of what was said before of the same rep and pillar. */
export async function saveDayZero(
  trx: Trx,
  workspaceId: string,
  programmeId: string,
  shown: readonly Shown[],
  by: { id: string; at: Date },
): Promise<void> {
  if (shown.length === 0) return;
  await trx
    .insertInto('day_zero')
    .values(
      shown.map((one) => ({
        workspace_id: workspaceId,
        programme_id: programmeId,
        rep_id: one.repId,
        pillar: one.pillar,
        shown: one.shown,
        recorded_by: by.id,
        recorded_at: by.at,
      })),
    )
    .onConflict((conflict) =>
      conflict.columns(['workspace_id', 'programme_id', 'rep_id', 'pillar']).doUpdateSet((eb) => ({
        shown: eb.ref('excluded.shown'),
        recorded_by: eb.ref('excluded.recorded_by'),
        recorded_at: eb.ref('excluded.recorded_at'),
      })),
    )
    .execute();
}
