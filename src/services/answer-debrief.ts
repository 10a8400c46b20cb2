import { done, type Result, refused } from '#domain/result.ts';
import { standInsNow } from '#storage/absences.ts';
import { settleNotes, touchNotes } from '#storage/card-notes.ts';
import type { Trx } from '#storage/database.ts';
import { type Debrief, debriefOnMessage, findDebrief, keepAnswer } from '#storage/debriefs.ts';
import { findMember, type Member } from '#storage/members.ts';
import { currentManagerOf } from '#storage/reporting.ts';
import type { ServiceContext } from '../context.ts';
import { denied } from './denials.ts';
import { may } from './may.ts';
import { putOnCard } from './put-on-card.ts';

export interface DebriefToAnswer {
  debriefId: string;
  observerName: string;
  /** Who is told of the answer; nobody while the rep has no manager. */
  readerName: string | undefined;
  account: string;
  answer: string | null;
}

export interface Answered {
  reader: Pick<Member, 'id' | 'name'> | undefined;
  /** Nothing had been answered before. */
  first: boolean;
}

export type AnswerProblem = { kind: 'not_yours' | 'withdrawn' };

/** As long as one may get, the parts typed later included. */
export const longestAnswer = 3000;

export async function openAnswer(
  context: Pick<ServiceContext, 'database' | 'clock'>,
  workspaceId: string,
  who: { repId: string; debriefId: string },
): Promise<Result<DebriefToAnswer, AnswerProblem>> {
  return context.database.inWorkspace(workspaceId, async (trx) => {
    const debrief = await findDebrief(trx, workspaceId, who.debriefId);
    const own = await ownDebrief(trx, workspaceId, who.repId, debrief);
    if (!own.ok) return own;
    const { id: debriefId, observerId, account, answer } = own.value;
    const observerName = (await findMember(trx, workspaceId, observerId))?.name ?? '';
    const reader = await readerOf(trx, workspaceId, own.value, context.clock.now());
    return done({ debriefId, observerName, readerName: reader?.name, account, answer });
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
    const own = await ownDebrief(trx, workspaceId, repId, await find(trx));
    if (!own.ok) return own;
    const { id, answer: before } = own.value;
    const at = new Date(now);
    const answer = answerAfter(before).slice(0, longestAnswer).toWellFormed();
    await keepAnswer(trx, workspaceId, id, answer, at);
    await settleNotes(trx, workspaceId, { subjectId: id, kinds: ['debrief_shared'] }, at);
    await touchNotes(trx, workspaceId, { subjectId: id, kinds: ['debrief_shared', 'debrief_answered'] });
    const reader = await readerOf(trx, workspaceId, own.value, now);
    if (reader !== undefined) {
      const note = {
        kind: 'debrief_answered',
        receiverId: reader.id,
        aboutId: repId,
        subjectId: id,
      } as const;
      await putOnCard(trx, workspaceId, note, 'morning', now);
    }
    return done({ reader, first: before === null });
  });
  if (answered.ok) context.wake(workspaceId);
  return answered;
}

async function ownDebrief(
  trx: Trx,
  workspaceId: string,
  viewerId: string,
  debrief: Debrief | undefined,
): Promise<Result<Debrief, AnswerProblem>> {
  const asking = { workspaceId, viewerId, subjectId: debrief?.repId ?? '' };
  if (debrief === undefined || !(await may(trx, asking, 'answer_debrief'))) {
    return denied({ kind: 'not_yours' }, debrief?.repId);
  }
  return debrief.withdrawnAt === null ? done(debrief) : refused({ kind: 'withdrawn' });
}

/** Whoever wrote it, as long as they coach the rep; after that whoever does: a former manager is nobody to the rep. */
async function readerOf(
  trx: Trx,
  workspaceId: string,
  { observerId, repId }: Debrief,
  now: number,
): Promise<Member | undefined> {
  const standIns = await standInsNow(trx, workspaceId, new Date(now));
  const asking = { workspaceId, viewerId: observerId, subjectId: repId, standIns };
  const readerId = (await may(trx, asking, 'log_debrief'))
    ? observerId
    : await currentManagerOf(trx, workspaceId, repId);
  return readerId === undefined ? undefined : findMember(trx, workspaceId, readerId);
}
