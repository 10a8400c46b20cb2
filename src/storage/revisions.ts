import { sql } from 'kysely';
import type { Trx } from './database.ts';

/** One kind of record that is kept with everything it once said. */
export type RecordKind = 'debrief' | 'check_in' | 'baseline' | 'practice' | 'time_report' | 'programme';

export interface Revision {
  revision: number;
  content: unknown;
  savedAt: Date;
  savedBy: string;
}

/** Keeps how a record stands now, as its next revision. */
export async function keepRevisionOf(
  trx: Trx,
  workspaceId: string,
  record: { kind: RecordKind; id: string },
  now: { content: unknown; savedAt: Date; savedBy: string },
): Promise<void> {
  await sql`
    insert into record_revision (workspace_id, record_kind, record_id, revision, content, saved_at, saved_by)
    select ${workspaceId}, ${record.kind}, ${record.id}, coalesce(max(revision), 0) + 1,
           ${JSON.stringify(now.content)}::jsonb, ${now.savedAt}, ${now.savedBy}
    from record_revision
    where workspace_id = ${workspaceId} and record_kind = ${record.kind} and record_id = ${record.id}`.execute(
    trx,
  );
}

/** The same for many records of one kind that one person changed at once. */
export async function keepRevisionsOf(
  trx: Trx,
  workspaceId: string,
  kind: RecordKind,
  records: readonly { id: string; content: unknown }[],
  now: { savedAt: Date; savedBy: string },
): Promise<void> {
  if (records.length === 0) return;
  await sql`
    insert into record_revision (workspace_id, record_kind, record_id, revision, content, saved_at, saved_by)
    select ${workspaceId}, ${kind}, s.id, coalesce(former.last, 0) + 1, s.content, ${now.savedAt}, ${now.savedBy}
    from jsonb_to_recordset(${JSON.stringify(records)}::jsonb) as s(id uuid, content jsonb)
    left join lateral (
      select max(revision) as last from record_revision
      where workspace_id = ${workspaceId} and record_kind = ${kind} and record_id = s.id
    ) former on true`.execute(trx);
}

/** The oldest first. */
export async function revisionsOf(
  trx: Trx,
  workspaceId: string,
  record: { kind: RecordKind; id: string },
): Promise<Revision[]> {
  const rows = await trx
    .selectFrom('record_revision')
    .select(['revision', 'content', 'saved_at', 'saved_by'])
    .where('workspace_id', '=', workspaceId)
    .where('record_kind', '=', record.kind)
    .where('record_id', '=', record.id)
    .orderBy('revision')
    .execute();
  return rows.map((row) => ({
    revision: row.revision,
    content: row.content,
    savedAt: row.saved_at,
    savedBy: row.saved_by,
  }));
}
