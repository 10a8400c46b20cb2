import { done, type Result, refused } from '#domain/result.ts';
import { settleNotes, touchNotes } from '#storage/card-notes.ts';
import type { Trx } from '#storage/database.ts';
import { type Debrief, debriefOnMessage, findDebrief, keepAnswer } from '#storage/debriefs.ts';
import { findMember } from '#storage/members.ts';
import type { ServiceContext } from '../context.ts';
import { putOnCard } from './put-on-card.ts';

export interface DebriefToAnswer {
  debriefId: string;
  observerId: string;
  observerName: string;
  account: string;
  answer: string | null;
}

export interface Answered {
  observerId: string;
  observerName: string;
  /** Nothing had been answered before. */
  first: boolean;
}

export type AnswerProblem = { kind: 'not_yours' | 'withdrawn' };

/** As long as one may get, the parts typed later included. */
export const longestAnswer = 3000;

export async function openAnswer(
  context: Pick<ServiceContext, 'database'>,
  workspaceId: string,
  who: { repId: string; debriefId: string },
): Promise<Result<DebriefToAnswer, AnswerProblem>> {
  return context.database.inWorkspace(workspaceId, async (trx) => {
    const debrief = await findDebrief(trx, workspaceId, who.debriefId);
    const problem = problemOf(debrief, who.repId);
    if (problem !== undefined || debrief === undefined)
      return refused<AnswerProblem>(problem ?? { kind: 'not_yours' });
    const observer = await findMember(trx, workspaceId, debrief.observerId);
    return done({
      debriefId: debrief.id,
      observerId: debrief.observerId,
      observerName: observer?.name ?? '',
      account: debrief.account,
      answer: debrief.answer,
    });
  });
}

/** Keeps what the rep answers in a form, in the place of what they answered before. */
export function answerDebrief(
  context: ServiceContext,
  workspaceId: string,
  one: { repId: string; debriefId: string; answer: string },
): Promise<Result<Answered, AnswerProblem>> {
  const { repId, debriefId, answer } = one;
  return answering(
    context,
    workspaceId,
    repId,
    (trx) => findDebrief(trx, workspaceId, debriefId, 'lock'),
    () => answer,
  );
}

/**
 * Keeps what the rep typed in the thread of the message that carries a debrief; a second message there goes on
 * where the first ended. Nothing where the message carries none of theirs.
 */
export async function answerInThread(
  context: ServiceContext,
  workspaceId: string,
  one: { repId: string; channel: string; threadTs: string; text: string },
): Promise<Answered | undefined> {
  const { repId, channel, threadTs, text } = one;
  const answered = await answering(
    context,
    workspaceId,
    repId,
    async (trx) => {
      const message = { channel, ts: threadTs, receiverId: repId };
      const id = await debriefOnMessage(trx, workspaceId, message);
      return id === undefined ? undefined : findDebrief(trx, workspaceId, id, 'lock');
    },
    (before) => (before === null ? text : `${before}\n${text}`),
  );
  return answered.ok ? answered.value : undefined;
}

async function answering(
  context: ServiceContext,
  workspaceId: string,
  repId: string,
  find: (trx: Trx) => Promise<Debrief | undefined>,
  answerAfter: (before: string | null) => string,
): Promise<Result<Answered, AnswerProblem>> {
  const now = context.clock.now();
  const answered = await context.database.inWorkspace(workspaceId, async (trx) => {
    const debrief = await find(trx);
    const problem = problemOf(debrief, repId);
    if (problem !== undefined || debrief === undefined)
      return refused<AnswerProblem>(problem ?? { kind: 'not_yours' });
    const { id, observerId } = debrief;
    const at = new Date(now);
    const answer = answerAfter(debrief.answer).slice(0, longestAnswer).toWellFormed();
    await keepAnswer(trx, workspaceId, id, answer, at);
    await settleNotes(trx, workspaceId, { subjectId: id, kinds: ['debrief_shared'] }, at);
    await touchNotes(trx, workspaceId, { subjectId: id, kinds: ['debrief_shared', 'debrief_answered'] });
    const note = { kind: 'debrief_answered', receiverId: observerId, aboutId: repId, subjectId: id } as const;
    await putOnCard(trx, workspaceId, note, 'morning', now);
    const observer = await findMember(trx, workspaceId, observerId);
    return done({ observerId, observerName: observer?.name ?? '', first: debrief.answer === null });
  });
  if (answered.ok) context.wake(workspaceId);
  return answered;
}

function problemOf(debrief: Debrief | undefined, repId: string): AnswerProblem | undefined {
  if (debrief === undefined || debrief.repId !== repId) return { kind: 'not_yours' };
  return debrief.withdrawnAt === null ? undefined : { kind: 'withdrawn' };
}
