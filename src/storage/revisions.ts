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
