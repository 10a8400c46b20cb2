import { type Selectable, sql } from 'kysely';
import type { CommitmentState, Evidence, Outcome } from '#domain/one-on-one.ts';
import { toLocal } from '#domain/time/zone.ts';
import { askTogether } from './ask-together.ts';
import type { Trx } from './database.ts';
import type { CommitmentTable } from './schema/commitment.ts';
import { writeTogether } from './write-together.ts';

/** What a rep set out to try, and what became of it. */
export interface Commitment {
  id: string;
  logId: string;
  managerId: string;
  repId: string;
  text: string;
  by: string;
  focus: string | null;
  state: CommitmentState;
  outcome: Outcome | null;
  evidence: Evidence | null;
  account: string | null;
  /** The log in which it was answered; none where it was answered by itself. */
  outcomeLogId: string | null;
}

export interface Pair {
  managerId: string;
  repId: string;
}

/** What became of a commitment, and how one knows. */
export interface CommitmentAnswer {
  outcome: Outcome;
  evidence: Evidence;
  account: string | null;
  /** The log that says so, where one does. */
  logId: string | null;
  at: Date;
}

const asCommitment = (row: Selectable<CommitmentTable>): Commitment => ({
  id: row.commitment_id,
  logId: row.log_id,
  managerId: row.manager_id,
  repId: row.rep_id,
  text: row.text,
  by: row.by_date,
  focus: row.focus,
  state: row.state,
  outcome: row.outcome,
  evidence: row.evidence,
  account: row.account,
  outcomeLogId: row.outcome_log_id,
});

/** What the pair agreed and has not talked about since: one at a time. */
export async function openCommitment(
  trx: Trx,
  workspaceId: string,
  pair: Pair,
): Promise<Commitment | undefined> {
  const query = trx
    .selectFrom('commitment')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .where('rep_id', '=', pair.repId)
    .where('manager_id', '=', pair.managerId)
    .where('state', '=', 'open');
  const [row] = await askTogether(trx, query, { made_at: 'instant', closed_at: 'instant' });
  return row && asCommitment(row);
}

/** Locked, since whoever looks it up by its id is about to change it. */
export async function findCommitment(
  trx: Trx,
  workspaceId: string,
  commitmentId: string,
): Promise<Commitment | undefined> {
  const row = await trx
    .selectFrom('commitment')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .where('commitment_id', '=', commitmentId)
    .forUpdate()
    .executeTakeFirst();
  return row && asCommitment(row);
}

/** What a log agreed on, or answered. */
export async function commitmentOfLog(
  trx: Trx,
  workspaceId: string,
  logId: string,
  as: 'made' | 'answered',
): Promise<Commitment | undefined> {
  const row = await trx
    .selectFrom('commitment')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .where(as === 'made' ? 'log_id' : 'outcome_log_id', '=', logId)
    .orderBy('made_at', 'desc')
    .executeTakeFirst();
  return row && asCommitment(row);
}

export async function insertCommitment(
  trx: Trx,
  workspaceId: string,
  one: Pick<Commitment, 'id' | 'logId' | 'managerId' | 'repId' | 'text' | 'by' | 'focus'> & { madeAt: Date },
): Promise<void> {
  const write = trx
    .insertInto('commitment')
    .values({
      workspace_id: workspaceId,
      commitment_id: one.id,
      log_id: one.logId,
      manager_id: one.managerId,
      rep_id: one.repId,
      text: one.text,
      by_date: one.by,
      focus: one.focus,
      state: 'open',
      outcome: null,
      evidence: null,
      account: null,
      outcome_log_id: null,
      made_at: one.madeAt,
      closed_at: null,
    })
    .returning('commitment_id');
  await writeTogether(trx, write);
}

/** Changes what is agreed while nobody has said what became of it. Says whether it was still open. */
export async function rewordCommitment(
  trx: Trx,
  workspaceId: string,
  commitmentId: string,
  wording: { text?: string; by: string; focus?: string | null },
): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable('commitment')
    .set({
      by_date: wording.by,
      ...(wording.text === undefined ? {} : { text: wording.text }),
      ...(wording.focus === undefined ? {} : { focus: wording.focus }),
    })
    .where('workspace_id', '=', workspaceId)
    .where('commitment_id', '=', commitmentId)
    .where('state', '=', 'open')
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

/** Says what became of it: once, or anew where the same log says so. Says whether it was this one's to say. */
export async function closeCommitment(
  trx: Trx,
  workspaceId: string,
  which: { commitmentId: string } & Pair,
  answer: CommitmentAnswer,
): Promise<boolean> {
  const write = trx
    .updateTable('commitment')
    .set({
      state: 'closed',
      outcome: answer.outcome,
      evidence: answer.evidence,
      account: answer.account,
      outcome_log_id: answer.logId,
      closed_at: answer.at,
    })
    .where('workspace_id', '=', workspaceId)
    .where('commitment_id', '=', which.commitmentId)
    .where('manager_id', '=', which.managerId)
    .where('rep_id', '=', which.repId)
    .where((where) =>
      where.or([
        where('state', '=', 'open'),
        ...(answer.logId === null ? [] : [where('outcome_log_id', '=', answer.logId)]),
      ]),
    )
    .returning('commitment_id');
  return (await writeTogether(trx, write)).length === 1;
}

/** What was said of it is taken back. */
export async function reopenCommitment(trx: Trx, workspaceId: string, commitmentId: string): Promise<void> {
  await trx
    .updateTable('commitment')
    .set({
      state: 'open',
      outcome: null,
      evidence: null,
      account: null,
      outcome_log_id: null,
      closed_at: null,
    })
    .where('workspace_id', '=', workspaceId)
    .where('commitment_id', '=', commitmentId)
    .execute();
}

/** Ends it without an outcome. Says whether it was still open. */
export async function dropCommitment(
  trx: Trx,
  workspaceId: string,
  commitmentId: string,
  as: 'withdrawn' | 'replaced',
): Promise<boolean> {
  const write = trx
    .updateTable('commitment')
    .set({ state: as })
    .where('workspace_id', '=', workspaceId)
    .where('commitment_id', '=', commitmentId)
    .where('state', '=', 'open')
    .returning('commitment_id');
  return (await writeTogether(trx, write)).length === 1;
}

/** What the pair agreed last, open or closed, other than in the log that is being saved. */
export async function agreedBefore(
  trx: Trx,
  workspaceId: string,
  pair: Pair,
  exceptLogId: string | undefined,
): Promise<Commitment | undefined> {
  const query = trx
    .selectFrom('commitment')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .where('rep_id', '=', pair.repId)
    .where('manager_id', '=', pair.managerId)
    .where('state', 'in', ['open', 'closed'])
    .$if(exceptLogId !== undefined, (query) => query.where('log_id', '!=', exceptLogId ?? ''))
    .orderBy('made_at', 'desc')
    .limit(1);
  const [row] = await askTogether(trx, query, { made_at: 'instant', closed_at: 'instant' });
  return row && asCommitment(row);
}

/** Commitments still open between people of whom one has another manager now; with that one, if there is any. */
export async function strandedCommitments(
  trx: Trx,
  workspaceId: string,
): Promise<{ commitment: Commitment; managerId: string | null }[]> {
  const { rows } = await sql<Selectable<CommitmentTable> & { current_id: string | null }>`
    select c.*, line.manager_id as current_id
    from commitment c
    left join reporting line on line.workspace_id = c.workspace_id and line.rep_id = c.rep_id and line.until is null
    where c.workspace_id = ${workspaceId} and c.state = 'open' and line.manager_id is distinct from c.manager_id
    order by c.made_at desc`.execute(trx);
  return rows.map((row) => ({ commitment: asCommitment(row), managerId: row.current_id }));
}

export async function handCommitment(
  trx: Trx,
  workspaceId: string,
  commitmentId: string,
  managerId: string,
): Promise<void> {
  await trx
    .updateTable('commitment')
    .set({ manager_id: managerId })
    .where('workspace_id', '=', workspaceId)
    .where('commitment_id', '=', commitmentId)
    .execute();
}

/** A time at which somebody did, or did not do, what they had set out to try. */
export interface Applied {
  repId: string;
  text: string;
  on: string;
  outcome: Outcome;
  evidence: Evidence;
  account: string | null;
}

/** What became of everything these reps ever set out to try; the oldest first. */
export async function appliedBy(
  trx: Trx,
  workspaceId: string,
  repIds: readonly string[],
): Promise<Applied[]> {
  if (repIds.length === 0) return [];
  const { rows } = await sql<{
    rep_id: string;
    text: string;
    held_on: string | null;
    closed_at: Date;
    outcome: Outcome;
    evidence: Evidence;
    account: string | null;
    time_zone: string;
  }>`
    select c.rep_id, c.text, log.held_on, c.closed_at, c.outcome, c.evidence, c.account, m.time_zone
    from commitment c
    join member m on m.workspace_id = c.workspace_id and m.user_id = c.manager_id
    left join one_on_one_log log on log.workspace_id = c.workspace_id and log.log_id = c.outcome_log_id
    where c.workspace_id = ${workspaceId} and c.rep_id = any (${[...repIds]}::text[]) and c.state = 'closed'
    order by c.closed_at`.execute(trx);
  return rows.map((row) => ({
    repId: row.rep_id,
    text: row.text,
    on: row.held_on ?? toLocal(row.closed_at.getTime(), row.time_zone).date,
    outcome: row.outcome,
    evidence: row.evidence,
    account: row.account,
  }));
}
