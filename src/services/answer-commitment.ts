import type { Evidence, Outcome } from '#domain/one-on-one.ts';
import { done, type Result, refused } from '#domain/result.ts';
import { noteAccess } from '#storage/access-records.ts';
import { type Commitment, closeCommitment, findCommitment } from '#storage/commitments.ts';
import type { Trx } from '#storage/database.ts';
import { findMember } from '#storage/members.ts';
import type { ServiceContext } from '../context.ts';
import { answeredAboutCommitment } from './ask-about-commitment.ts';
import { denied } from './denials.ts';
import { may } from './may.ts';

/** Why somebody cannot say what became of a commitment. */
export type CommitmentProblem =
  | { kind: 'not_yours' }
  /** Said before, withdrawn, or replaced. */
  | { kind: 'closed' };

export interface CommitmentToAnswer {
  commitmentId: string;
  repId: string;
  repName: string;
  text: string;
  by: string;
}

export async function openCommitmentToAnswer(
  context: ServiceContext,
  workspaceId: string,
  managerId: string,
  commitmentId: string,
): Promise<Result<CommitmentToAnswer, CommitmentProblem>> {
  return context.database.inWorkspace(workspaceId, async (trx) => {
    const own = await ownCommitment(trx, workspaceId, managerId, commitmentId);
    if (!own.ok) return own;
    const { id, repId, text, by, state } = own.value;
    if (state !== 'open') return refused({ kind: 'closed' });
    const repName = (await findMember(trx, workspaceId, repId))?.name ?? '';
    const now = context.clock.now();
    const opened = {
      viewerId: managerId,
      personIds: [repId],
      resource: 'one_on_one',
      how: 'form',
      now,
    } as const;
    await noteAccess(trx, workspaceId, opened);
    return done({ commitmentId: id, repId, repName, text, by });
  });
}

/** The outcome alone, without a whole log: where no 1:1 has come to ask for it. */
export async function answerCommitment(
  context: ServiceContext,
  workspaceId: string,
  given: {
    managerId: string;
    commitmentId: string;
    outcome: Outcome;
    evidence: Evidence;
    account: string | undefined;
  },
): Promise<Result<{ repId: string }, CommitmentProblem>> {
  const at = new Date(context.clock.now());
  const { managerId, commitmentId, outcome, evidence, account = null } = given;
  const answered = await context.database.inWorkspace(
    workspaceId,
    async (trx): Promise<Result<{ repId: string }, CommitmentProblem>> => {
      const own = await ownCommitment(trx, workspaceId, managerId, commitmentId);
      if (!own.ok) return own;
      const { repId, state } = own.value;
      if (state === 'closed' && isSame(own.value, { outcome, evidence, account })) return done({ repId });
      const which = { commitmentId, managerId, repId };
      const answer = { outcome, evidence, account, logId: null, at };
      if (!(await closeCommitment(trx, workspaceId, which, answer))) return refused({ kind: 'closed' });
      await answeredAboutCommitment(trx, workspaceId, commitmentId, at);
      return done({ repId });
    },
  );
  if (answered.ok) context.wake(workspaceId);
  return answered;
}

/** The same form sent twice says the same twice. */
const isSame = (one: Commitment, answer: Pick<Commitment, 'outcome' | 'evidence' | 'account'>): boolean =>
  one.outcome === answer.outcome && one.evidence === answer.evidence && one.account === answer.account;

async function ownCommitment(
  trx: Trx,
  workspaceId: string,
  managerId: string,
  commitmentId: string,
): Promise<Result<Commitment, { kind: 'not_yours' }>> {
  const commitment = await findCommitment(trx, workspaceId, commitmentId);
  const isTheirs =
    commitment?.managerId === managerId &&
    (await may(trx, { workspaceId, viewerId: managerId, subjectId: commitment.repId }, 'log_one_on_one'));
  return isTheirs ? done(commitment) : denied({ kind: 'not_yours' }, commitment?.repId);
}
