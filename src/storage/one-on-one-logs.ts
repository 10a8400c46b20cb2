import type { Selectable } from 'kysely';
import type { ConversationAbout, Gap } from '#domain/one-on-one.ts';
import { askTogether } from './ask-together.ts';
import type { Trx } from './database.ts';
import type { OneOnOneLogTable } from './schema/one-on-one-log.ts';
import { writeTogether } from './write-together.ts';

export interface OneOnOneLog {
  id: string;
  viewId: string;
  occurrenceId: string | null;
  /** Who wrote it: the manager, or who stood in. */
  managerId: string;
  repId: string;
  heldOn: string;
  about: ConversationAbout;
  privateNote: string | null;
  gap: Gap | null;
  minutes: number | null;
  blockers: string | null;
  nextOn: string | null;
  insisted: boolean;
  loggedAt: Date;
  late: boolean;
  revision: number;
  contentHash: string;
  withdrawnAt: Date | null;
}

const asLog = (row: Selectable<OneOnOneLogTable>): OneOnOneLog => ({
  id: row.log_id,
  viewId: row.view_id,
  occurrenceId: row.occurrence_id,
  managerId: row.manager_id,
  repId: row.rep_id,
  heldOn: row.held_on,
  about: row.about,
  privateNote: row.private_note,
  gap: row.gap,
  minutes: row.minutes,
  blockers: row.blockers,
  nextOn: row.next_on,
  insisted: row.insisted,
  loggedAt: row.logged_at,
  late: row.late,
  revision: row.revision,
  contentHash: row.content_hash,
  withdrawnAt: row.withdrawn_at,
});

/** Locked: whoever looks a log up is about to change it, or to repeat what is being saved. */
export async function findLog(
  trx: Trx,
  workspaceId: string,
  by: { logId: string } | { viewId: string },
): Promise<OneOnOneLog | undefined> {
  const query = trx
    .selectFrom('one_on_one_log')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .$if('logId' in by, (query) => query.where('log_id', '=', 'logId' in by ? by.logId : ''))
    .$if('viewId' in by, (query) => query.where('view_id', '=', 'viewId' in by ? by.viewId : ''))
    .forUpdate();
  const [row] = await askTogether(trx, query, { logged_at: 'instant', withdrawn_at: 'instant' });
  return row && asLog(row);
}

/** Says whether it was written: the same modal sent twice at once is written once. */
export async function insertLog(
  trx: Trx,
  workspaceId: string,
  log: Omit<OneOnOneLog, 'withdrawnAt'>,
): Promise<boolean> {
  const write = trx
    .insertInto('one_on_one_log')
    .values({
      workspace_id: workspaceId,
      log_id: log.id,
      view_id: log.viewId,
      occurrence_id: log.occurrenceId,
      manager_id: log.managerId,
      rep_id: log.repId,
      held_on: log.heldOn,
      about: log.about,
      private_note: log.privateNote,
      gap: log.gap,
      minutes: log.minutes,
      blockers: log.blockers,
      next_on: log.nextOn,
      insisted: log.insisted,
      logged_at: log.loggedAt,
      late: log.late,
      revision: log.revision,
      content_hash: log.contentHash,
    })
    .onConflict((conflict) => conflict.columns(['workspace_id', 'view_id']).doNothing())
    .returning('log_id');
  return (await writeTogether(trx, write)).length === 1;
}

export type LogChange = Pick<
  OneOnOneLog,
  | 'heldOn'
  | 'about'
  | 'privateNote'
  | 'gap'
  | 'minutes'
  | 'blockers'
  | 'nextOn'
  | 'insisted'
  | 'revision'
  | 'contentHash'
>;

export async function correctLog(
  trx: Trx,
  workspaceId: string,
  logId: string,
  change: LogChange,
): Promise<void> {
  await trx
    .updateTable('one_on_one_log')
    .set({
      held_on: change.heldOn,
      about: change.about,
      private_note: change.privateNote,
      gap: change.gap,
      minutes: change.minutes,
      blockers: change.blockers,
      next_on: change.nextOn,
      insisted: change.insisted,
      revision: change.revision,
      content_hash: change.contentHash,
    })
    .where('workspace_id', '=', workspaceId)
    .where('log_id', '=', logId)
    .execute();
}

export async function withdrawLog(
  trx: Trx,
  workspaceId: string,
  logId: string,
  { revision, at }: { revision: number; at: Date },
): Promise<void> {
  await trx
    .updateTable('one_on_one_log')
    .set({ withdrawn_at: at, revision })
    .where('workspace_id', '=', workspaceId)
    .where('log_id', '=', logId)
    .execute();
}

/** A log as it was saved once. */
export interface LogRevision {
  revision: number;
  content: unknown;
  savedAt: Date;
  savedBy: string;
}

export async function keepRevision(
  trx: Trx,
  workspaceId: string,
  { logId, revision, content, savedAt, savedBy }: LogRevision & { logId: string },
): Promise<void> {
  const write = trx
    .insertInto('one_on_one_log_revision')
    .values({
      workspace_id: workspaceId,
      log_id: logId,
      revision,
      content: JSON.stringify(content),
      saved_at: savedAt,
      saved_by: savedBy,
    })
    .returning('revision');
  await writeTogether(trx, write);
}

/** The latest first. */
export async function revisionsOfLog(
  trx: Trx,
  workspaceId: string,
  logId: string,
  most: number,
): Promise<(LogRevision & { savedByName: string })[]> {
  const rows = await trx
    .selectFrom('one_on_one_log_revision as revision')
    .innerJoin('member', (join) =>
      join
        .onRef('member.workspace_id', '=', 'revision.workspace_id')
        .onRef('member.user_id', '=', 'revision.saved_by'),
    )
    .select([
      'revision.revision',
      'revision.content',
      'revision.saved_at',
      'revision.saved_by',
      'member.name',
    ])
    .where('revision.workspace_id', '=', workspaceId)
    .where('revision.log_id', '=', logId)
    .orderBy('revision.revision', 'desc')
    .limit(most)
    .execute();
  return rows.map((row) => ({
    revision: row.revision,
    content: row.content,
    savedAt: row.saved_at,
    savedBy: row.saved_by,
    savedByName: row.name,
  }));
}

/** Logs that somebody wrote since then and has not withdrawn; the latest first. */
export async function logsWrittenBy(
  trx: Trx,
  workspaceId: string,
  writerId: string,
  { since, repId, most }: { since: Date; repId?: string; most: number },
): Promise<{ id: string; repId: string; repName: string; loggedAt: Date }[]> {
  const rows = await trx
    .selectFrom('one_on_one_log as log')
    .innerJoin('member', (join) =>
      join.onRef('member.workspace_id', '=', 'log.workspace_id').onRef('member.user_id', '=', 'log.rep_id'),
    )
    .select(['log.log_id', 'log.rep_id', 'member.name', 'log.logged_at'])
    .where('log.workspace_id', '=', workspaceId)
    .where('log.manager_id', '=', writerId)
    .where('log.logged_at', '>=', since)
    .where('log.withdrawn_at', 'is', null)
    .$if(repId !== undefined, (query) => query.where('log.rep_id', '=', repId ?? ''))
    .orderBy('log.logged_at', 'desc')
    .limit(most)
    .execute();
  return rows.map((row) => ({
    id: row.log_id,
    repId: row.rep_id,
    repName: row.name,
    loggedAt: row.logged_at,
  }));
}
