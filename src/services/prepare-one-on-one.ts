import { done, type Result, refused } from '#domain/result.ts';
import type { Trx } from '#storage/database.ts';
import { findMember } from '#storage/members.ts';
import { markMessagesOf } from '#storage/messages.ts';
import { findOccurrence } from '#storage/occurrences.ts';
import { findPreparation, savePreparation } from '#storage/preparations.ts';
import type { ServiceContext } from '../context.ts';
import { denied } from './denials.ts';
import { may } from './may.ts';

export type PreparationProblem = { kind: 'not_yours' } | { kind: 'over' };

export interface PreparationToAnswer {
  occurrenceId: string;
  managerName: string;
  answer: string | undefined;
}

export async function openPreparation(
  context: ServiceContext,
  workspaceId: string,
  repId: string,
  occurrenceId: string,
): Promise<Result<PreparationToAnswer, PreparationProblem>> {
  return context.database.inWorkspace(workspaceId, async (trx) => {
    const own = await ownOccurrence(trx, workspaceId, repId, occurrenceId);
    if (!own.ok) return own;
    const manager = await findMember(trx, workspaceId, own.value.managerId);
    const answer = (await findPreparation(trx, workspaceId, occurrenceId))?.answer;
    return done({ occurrenceId, managerName: manager?.name ?? 'your manager', answer });
  });
}

/** A rep's thoughts before a 1:1; they may be changed until it is logged. */
export async function prepareOneOnOne(
  context: ServiceContext,
  workspaceId: string,
  given: { repId: string; occurrenceId: string; answer: string },
): Promise<Result<{ managerId: string }, PreparationProblem>> {
  const answeredAt = new Date(context.clock.now());
  const saved = await context.database.inWorkspace(
    workspaceId,
    async (trx): Promise<Result<{ managerId: string }, PreparationProblem>> => {
      const own = await ownOccurrence(trx, workspaceId, given.repId, given.occurrenceId);
      if (!own.ok) return own;
      await savePreparation(trx, workspaceId, { ...given, answeredAt });
      await markMessagesOf(trx, workspaceId, given.occurrenceId);
      return done({ managerId: own.value.managerId });
    },
  );
  if (saved.ok) context.wake(workspaceId);
  return saved;
}

async function ownOccurrence(
  trx: Trx,
  workspaceId: string,
  repId: string,
  occurrenceId: string,
): Promise<Result<{ managerId: string }, PreparationProblem>> {
  const occurrence = await findOccurrence(trx, workspaceId, occurrenceId);
  const asking = { workspaceId, viewerId: repId, subjectId: occurrence?.aboutId ?? '' };
  if (occurrence === undefined || !(await may(trx, asking, 'prepare_one_on_one'))) {
    return denied({ kind: 'not_yours' }, occurrence?.aboutId);
  }
  const open = occurrence.state === 'planned' || occurrence.state === 'due';
  return open ? done({ managerId: occurrence.askedId }) : refused({ kind: 'over' });
}
