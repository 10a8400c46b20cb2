import type { ConversationAbout, Evidence, Outcome } from '#domain/one-on-one.ts';
import type { Trx } from './database.ts';

export interface OneOnOneLog {
  id: string;
  viewId: string;
  occurrenceId: string | null;
  managerId: string;
  repId: string;
  heldOn: string;
  about: ConversationAbout;
  privateNote: string | null;
  insisted: boolean;
  loggedAt: Date;
  late: boolean;
  revision: number;
  contentHash: string;
}

export async function findLogOfView(
  trx: Trx,
  workspaceId: string,
  viewId: string,
): Promise<OneOnOneLog | undefined> {
  const row = await trx
    .selectFrom('one_on_one_log')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .where('view_id', '=', viewId)
    .forUpdate()
    .executeTakeFirst();
  return (
    row && {
      id: row.log_id,
      viewId: row.view_id,
      occurrenceId: row.occurrence_id,
      managerId: row.manager_id,
      repId: row.rep_id,
      heldOn: row.held_on,
      about: row.about,
      privateNote: row.private_note,
      insisted: row.insisted,
      loggedAt: row.logged_at,
      late: row.late,
      revision: row.revision,
      contentHash: row.content_hash,
    }
  );
}

/** Says whether it was written: the same modal sent twice at once is written once. */
export async function insertLog(trx: Trx, workspaceId: string, log: OneOnOneLog): Promise<boolean> {
  const inserted = await trx
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
      insisted: log.insisted,
      logged_at: log.loggedAt,
      late: log.late,
      revision: log.revision,
      content_hash: log.contentHash,
    })
    .onConflict((conflict) => conflict.columns(['workspace_id', 'view_id']).doNothing())
    .executeTakeFirst();
  return inserted.numInsertedOrUpdatedRows === 1n;
}

export async function correctLog(
  trx: Trx,
  workspaceId: string,
  logId: string,
  change: Pick<OneOnOneLog, 'heldOn' | 'about' | 'privateNote' | 'insisted' | 'revision' | 'contentHash'>,
): Promise<void> {
  await trx
    .updateTable('one_on_one_log')
    .set({
      held_on: change.heldOn,
      about: change.about,
      private_note: change.privateNote,
      insisted: change.insisted,
      revision: change.revision,
      content_hash: change.contentHash,
    })
    .where('workspace_id', '=', workspaceId)
    .where('log_id', '=', logId)
    .execute();
}

export async function keepRevision(
  trx: Trx,
  workspaceId: string,
  version: { logId: string; revision: number; content: unknown; savedAt: Date; savedBy: string },
): Promise<void> {
  await trx
    .insertInto('one_on_one_log_revision')
    .values({
      workspace_id: workspaceId,
      log_id: version.logId,
      revision: version.revision,
      content: JSON.stringify(version.content),
      saved_at: version.savedAt,
      saved_by: version.savedBy,
    })
    .execute();
}

export interface Commitment {
  id: string;
  logId: string;
  text: string;
  by: string;
}

/** What the pair agreed last and has not talked about since. */
export async function openCommitment(
  trx: Trx,
  workspaceId: string,
  pair: { managerId: string; repId: string },
): Promise<Commitment | undefined> {
  const row = await trx
    .selectFrom('commitment')
    .select(['commitment_id', 'log_id', 'text', 'by_date'])
    .where('workspace_id', '=', workspaceId)
    .where('rep_id', '=', pair.repId)
    .where('manager_id', '=', pair.managerId)
    .where('state', '=', 'open')
    .orderBy('made_at', 'desc')
    .executeTakeFirst();
  return row && { id: row.commitment_id, logId: row.log_id, text: row.text, by: row.by_date };
}

export async function insertCommitment(
  trx: Trx,
  workspaceId: string,
  commitment: Commitment & { managerId: string; repId: string; madeAt: Date },
): Promise<void> {
  await trx
    .insertInto('commitment')
    .values({
      workspace_id: workspaceId,
      commitment_id: commitment.id,
      log_id: commitment.logId,
      manager_id: commitment.managerId,
      rep_id: commitment.repId,
      text: commitment.text,
      by_date: commitment.by,
      state: 'open',
      outcome: null,
      evidence: null,
      outcome_log_id: null,
      made_at: commitment.madeAt,
      closed_at: null,
    })
    .execute();
}

/** A log corrected takes its commitment along while nobody has answered that one yet. */
export async function rewordCommitmentOf(
  trx: Trx,
  workspaceId: string,
  logId: string,
  wording: { text: string; by: string },
): Promise<void> {
  await trx
    .updateTable('commitment')
    .set({ text: wording.text, by_date: wording.by })
    .where('workspace_id', '=', workspaceId)
    .where('log_id', '=', logId)
    .where('state', '=', 'open')
    .execute();
}

export async function closeCommitment(
  trx: Trx,
  workspaceId: string,
  which: { commitmentId: string; managerId: string; repId: string },
  answer: { outcome: Outcome; evidence: Evidence; logId: string; at: Date },
): Promise<void> {
  await trx
    .updateTable('commitment')
    .set({
      state: 'closed',
      outcome: answer.outcome,
      evidence: answer.evidence,
      outcome_log_id: answer.logId,
      closed_at: answer.at,
    })
    .where('workspace_id', '=', workspaceId)
    .where('commitment_id', '=', which.commitmentId)
    .where('manager_id', '=', which.managerId)
    .where('rep_id', '=', which.repId)
    .where((where) => where.or([where('state', '=', 'open'), where('outcome_log_id', '=', answer.logId)]))
    .execute();
}

/** What the pair agreed last, open or closed, other than in the log that is being saved. */
export async function agreedBefore(
  trx: Trx,
  workspaceId: string,
  pair: { managerId: string; repId: string },
  exceptLogId: string | undefined,
): Promise<{ text: string } | undefined> {
  return trx
    .selectFrom('commitment')
    .select('text')
    .where('workspace_id', '=', workspaceId)
    .where('rep_id', '=', pair.repId)
    .where('manager_id', '=', pair.managerId)
    .$if(exceptLogId !== undefined, (query) => query.where('log_id', '!=', exceptLogId ?? ''))
    .orderBy('made_at', 'desc')
    .executeTakeFirst();
}

/** Says whether there was an open one to carry. */
export async function carryForward(
  trx: Trx,
  workspaceId: string,
  pair: { managerId: string; repId: string },
  by: string,
): Promise<boolean> {
  const result = await trx
    .updateTable('commitment')
    .set({ by_date: by })
    .where('workspace_id', '=', workspaceId)
    .where('rep_id', '=', pair.repId)
    .where('manager_id', '=', pair.managerId)
    .where('state', '=', 'open')
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}
