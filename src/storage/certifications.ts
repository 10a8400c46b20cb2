import { sql } from 'kysely';
import type { Missing, PillarEvidence } from '#domain/certification.ts';
import type { Pillar } from '#domain/pillar.ts';
import { askTogether } from './ask-together.ts';
import type { Trx } from './database.ts';
import { mergedRows } from './merged.ts';

export interface PillarRating {
  pillar: Pillar;
  score: number;
  knownBy: string | null;
}

/** One time that a manager asked for a rep's certificate. */
export interface CertificationRecord {
  id: string;
  programmeId: string;
  repId: string;
  judgedOn: string;
  judgedBy: string;
  judgedAt: Date;
  /** The last day of the certificate; null where something was missing. */
  validUntil: string | null;
  missing: Missing[];
  evidence: PillarEvidence[];
  withdrawnAt: Date | null;
  withdrawnBy: string | null;
  ratings: PillarRating[];
}

export async function insertCertification(
  trx: Trx,
  workspaceId: string,
  one: Omit<CertificationRecord, 'withdrawnAt' | 'withdrawnBy'>,
): Promise<void> {
  await trx
    .insertInto('certification')
    .values({
      workspace_id: workspaceId,
      certification_id: one.id,
      programme_id: one.programmeId,
      rep_id: one.repId,
      judged_on: one.judgedOn,
      judged_by: one.judgedBy,
      judged_at: one.judgedAt,
      valid_until: one.validUntil,
      missing: JSON.stringify(one.missing),
      evidence: JSON.stringify(one.evidence),
      withdrawn_at: null,
      withdrawn_by: null,
    })
    .execute();
  await trx
    .insertInto('certification_rating')
    .values(
      one.ratings.map(({ pillar, score, knownBy }) => ({
        workspace_id: workspaceId,
        certification_id: one.id,
        pillar,
        score,
        known_by: knownBy,
      })),
    )
    .execute();
}

/** Says whether there was a certificate that had not been taken back. */
export async function withdrawCertificate(
  trx: Trx,
  workspaceId: string,
  id: string,
  withdrawn: { by: string; at: Date },
): Promise<boolean> {
  const result = await trx
    .updateTable('certification')
    .set({ withdrawn_at: withdrawn.at, withdrawn_by: withdrawn.by })
    .where('workspace_id', '=', workspaceId)
    .where('certification_id', '=', id)
    .where('valid_until', 'is not', null)
    .where('withdrawn_at', 'is', null)
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

/** Two managers, or one at two devices, judge a rep one after the other. */
export async function lockCertificationsOf(trx: Trx, workspaceId: string, repId: string): Promise<void> {
  await sql`
    select 1 from member where workspace_id = ${workspaceId} and user_id = ${repId} for no key update`.execute(
    trx,
  );
}

/** The oldest first, what was taken back included; of everybody, of some reps, or those named. */
export async function certificationsWhere(
  trx: Trx,
  workspaceId: string,
  which: { repIds?: readonly string[]; ids?: readonly string[] } = {},
): Promise<CertificationRecord[]> {
  const { repIds, ids } = which;
  if (repIds?.length === 0 || ids?.length === 0) return [];
  const query = trx
    .selectFrom('certification')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .$if(repIds !== undefined, (query) => query.where('rep_id', 'in', [...(repIds ?? [])]))
    .$if(ids !== undefined, (query) => query.where('certification_id', 'in', [...(ids ?? [])]))
    .orderBy('judged_at')
    .orderBy('certification_id');
  const rows = await askTogether(trx, query, { judged_at: 'instant', withdrawn_at: 'instant' });
  const ratings = await ratingsOf(
    trx,
    workspaceId,
    rows.map((row) => row.certification_id),
  );
  return rows.map((row) => ({
    id: row.certification_id,
    programmeId: row.programme_id,
    repId: row.rep_id,
    judgedOn: row.judged_on,
    judgedBy: row.judged_by,
    judgedAt: row.judged_at,
    validUntil: row.valid_until,
    missing: row.missing,
    evidence: row.evidence,
    withdrawnAt: row.withdrawn_at,
    withdrawnBy: row.withdrawn_by,
    ratings: ratings.get(row.certification_id) ?? [],
  }));
}

/** The same of some reps. */
export const certificationsOf = mergedRows<CertificationRecord>(
  (trx, workspaceId, repIds) => certificationsWhere(trx, workspaceId, { repIds }),
  (one) => one.repId,
);

async function ratingsOf(
  trx: Trx,
  workspaceId: string,
  ids: readonly string[],
): Promise<Map<string, PillarRating[]>> {
  if (ids.length === 0) return new Map();
  const query = trx
    .selectFrom('certification_rating')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .where('certification_id', 'in', [...ids]);
  const rows = await askTogether(trx, query, {});
  const byId = Map.groupBy(rows, (row) => row.certification_id);
  return new Map(
    [...byId].map(([id, of]) => [
      id,
      of.map(({ pillar, score, known_by }) => ({ pillar, score, knownBy: known_by })),
    ]),
  );
}
