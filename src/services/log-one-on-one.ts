import { randomUUID } from 'node:crypto';
import type { ConversationAbout, Evidence, Gap, Outcome } from '#domain/one-on-one.ts';
import { done, type Result, refused } from '#domain/result.ts';
import { doubtAbout, type TakeawayDoubt } from '#domain/takeaway.ts';
import { standInsNow } from '#storage/absences.ts';
import { agreedBefore } from '#storage/commitments.ts';
import type { Trx } from '#storage/database.ts';
import { markMessagesOf } from '#storage/messages.ts';
import { findOccurrence, markDone } from '#storage/occurrences.ts';
import {
  correctLog,
  findLog,
  insertLog,
  keepRevision,
  type LogChange,
  type OneOnOneLog,
} from '#storage/one-on-one-logs.ts';
import { findPairCadence } from '#storage/slots.ts';
import { giveBack } from '#storage/taken-back.ts';
import type { ServiceContext } from '../context.ts';
import { agree, agreeOtherwise } from './agree.ts';
import { contentHashOf } from './content-hash.ts';
import { moveNextTo } from './move-next-one-on-one.ts';
import { type NotYourOneOnOne, occurrenceToAnswer, pairOf } from './open-one-on-one.ts';

export interface OneOnOneAnswers {
  /** The modal it comes from; the same modal sent again is the same log. */
  viewId: string;
  /** The log that is changed, where one is. */
  logId?: string | undefined;
  managerId: string;
  repId: string;
  occurrenceId: string | undefined;
  heldOn: string;
  about: ConversationAbout;
  /** What was written; nothing where last time's is kept. */
  takeaway: string | undefined;
  /** Stay with what was agreed last time. */
  keep: boolean;
  by: string;
  last:
    | { commitmentId: string; outcome: Outcome; evidence: Evidence; account?: string | undefined }
    | undefined;
  privateNote: string | undefined;
  focus?: string | undefined;
  gap?: Gap | undefined;
  minutes?: number | undefined;
  blockers?: string | undefined;
  nextOn?: string | undefined;
  /** The manager was shown an example and saves the text as it is. */
  insisted: boolean;
}

/** The log is somebody else's, or withdrawn meanwhile. */
export type NotYourLog = { kind: 'not_your_log' } | { kind: 'withdrawn' };

export type LogProblem =
  | NotYourOneOnOne
  | NotYourLog
  | { kind: 'vague'; doubt: TakeawayDoubt }
  | { kind: 'nothing_to_keep' };

export interface Logged {
  outcome: 'logged' | 'corrected' | 'unchanged';
  /** The 1:1 it belongs to had been closed before; it is kept and linked, and stays closed. */
  late: boolean;
}

export async function logOneOnOne(
  context: ServiceContext,
  workspaceId: string,
  answers: OneOnOneAnswers,
): Promise<Result<Logged, LogProblem>> {
  const doubt = answers.insisted || answers.takeaway === undefined ? undefined : doubtAbout(answers.takeaway);
  if (doubt !== undefined) return refused({ kind: 'vague', doubt });
  const now = context.clock.now();
  const save = (): Promise<Result<Logged, LogProblem>> =>
    context.database.inWorkspace(workspaceId, async (trx) => {
      const standIns = await standInsNow(trx, workspaceId, new Date(now));
      const found = await pairOf(trx, workspaceId, answers.managerId, answers.repId, standIns);
      if (!found.ok) return found;
      const pair = { managerId: found.value.managerId, repId: answers.repId };
      // Two logs of one pair are saved one after the other: each has to see what the other agreed on.
      await findPairCadence(trx, workspaceId, pair);
      const before = await logBefore(trx, workspaceId, answers);
      if (!before.ok) return before;
      const takeaway = answers.takeaway ?? (await lastAgreed(trx, workspaceId, answers, pair, before.value));
      if (takeaway === undefined) return refused({ kind: 'nothing_to_keep' });
      const whole = { ...answers, takeaway, pair };
      return done(
        before.value === undefined
          ? await write(trx, workspaceId, whole, now, found.value.managerZone)
          : await correct(trx, workspaceId, before.value, whole, now),
      );
    });
  const logged = await save().catch((error: unknown) => {
    if (error instanceof SavedMeanwhile) return save();
    throw error;
  });
  if (logged.ok && logged.value.outcome !== 'unchanged') context.wake(workspaceId);
  return logged;
}

/**
 * The same modal was being saved when this began, and is saved now. Undone and begun anew, this finds that log,
 * and is its repetition or its correction.
 */
class SavedMeanwhile extends Error {}

/**
 * Answers with their takeaway in words, and the pair whose 1:1 it is: who stands in writes the log, and what is
 * agreed in it is between the rep and their own manager.
 */
type WholeAnswers = OneOnOneAnswers & { takeaway: string; pair: { managerId: string; repId: string } };

/** The log that is changed: one that is named, or the one this very modal has saved before. */
async function logBefore(
  trx: Trx,
  workspaceId: string,
  { logId, viewId, managerId, repId }: OneOnOneAnswers,
): Promise<Result<OneOnOneLog | undefined, NotYourLog>> {
  const log = await findLog(trx, workspaceId, logId === undefined ? { viewId } : { logId });
  if (log === undefined && logId === undefined) return done(undefined);
  if (log?.managerId !== managerId || log.repId !== repId) return refused({ kind: 'not_your_log' });
  return log.withdrawnAt === null ? done(log) : refused({ kind: 'withdrawn' });
}

/** The words of the commitment that is kept, also when this very log has closed it a moment ago. */
async function lastAgreed(
  trx: Trx,
  workspaceId: string,
  { keep }: OneOnOneAnswers,
  pair: { managerId: string; repId: string },
  before: OneOnOneLog | undefined,
): Promise<string | undefined> {
  if (!keep) return undefined;
  return (await agreedBefore(trx, workspaceId, pair, before?.id))?.text;
}

async function write(
  trx: Trx,
  workspaceId: string,
  answers: WholeAnswers,
  now: number,
  zone: string,
): Promise<Logged> {
  const named = await ofThisPair(trx, workspaceId, answers);
  const occurrenceId =
    named ?? (await occurrenceToAnswer(trx, workspaceId, answers.pair, now, zone))?.id ?? null;
  const at = new Date(now);
  const late = occurrenceId !== null && !(await counts(trx, workspaceId, occurrenceId, at));
  const id = randomUUID();
  const { viewId, managerId, repId } = answers;
  const log = { id, viewId, occurrenceId, managerId, repId, loggedAt: at, late, ...changeOf(answers, 1) };
  if (!(await insertLog(trx, workspaceId, log))) throw new SavedMeanwhile();
  await keepRevision(trx, workspaceId, revisionOf(id, 1, answers, at));
  await agree(trx, workspaceId, id, answers, at);
  await moveNextTo(trx, workspaceId, answers.pair, answers.nextOn, at);
  if (occurrenceId !== null) await markMessagesOf(trx, workspaceId, occurrenceId);
  return { outcome: 'logged', late };
}

/** Whether the occurrence is done by this log; one that ended before stays as it ended. */
async function counts(trx: Trx, workspaceId: string, occurrenceId: string, at: Date): Promise<boolean> {
  if (await markDone(trx, workspaceId, occurrenceId, at)) return true;
  if (await giveBack(trx, workspaceId, occurrenceId)) return true;
  const state = (await findOccurrence(trx, workspaceId, occurrenceId))?.state;
  return state !== 'expired' && state !== 'excused';
}

async function correct(
  trx: Trx,
  workspaceId: string,
  before: OneOnOneLog,
  answers: WholeAnswers,
  now: number,
): Promise<Logged> {
  if (before.contentHash === hashOf(answers)) return { outcome: 'unchanged', late: before.late };
  const revision = before.revision + 1;
  const at = new Date(now);
  await correctLog(trx, workspaceId, before.id, changeOf(answers, revision));
  await keepRevision(trx, workspaceId, revisionOf(before.id, revision, answers, at));
  await agreeOtherwise(trx, workspaceId, before.id, answers, at);
  if (answers.nextOn !== before.nextOn) {
    await moveNextTo(trx, workspaceId, answers.pair, answers.nextOn, at);
  }
  if (before.occurrenceId !== null) await markMessagesOf(trx, workspaceId, before.occurrenceId);
  return { outcome: 'corrected', late: before.late };
}

/** What a modal carries is checked again: an occurrence of other people is not this log's. */
async function ofThisPair(
  trx: Trx,
  workspaceId: string,
  { occurrenceId, pair }: WholeAnswers,
): Promise<string | undefined> {
  if (occurrenceId === undefined) return undefined;
  const occurrence = await findOccurrence(trx, workspaceId, occurrenceId);
  const isTheirs = occurrence?.askedId === pair.managerId && occurrence.aboutId === pair.repId;
  return isTheirs ? occurrenceId : undefined;
}

function changeOf(answers: WholeAnswers, revision: number): LogChange {
  return {
    heldOn: answers.heldOn,
    about: answers.about,
    privateNote: answers.privateNote ?? null,
    gap: answers.gap ?? null,
    minutes: answers.minutes ?? null,
    blockers: answers.blockers ?? null,
    nextOn: answers.nextOn ?? null,
    insisted: answers.insisted,
    revision,
    contentHash: hashOf(answers),
  };
}

function revisionOf(
  logId: string,
  revision: number,
  { pair: _, logId: __, ...content }: WholeAnswers,
  savedAt: Date,
) {
  return { logId, revision, content, savedAt, savedBy: content.managerId };
}

/** From the modal in which it was written or changed, nothing but what it says. */
function hashOf({ viewId: _, occurrenceId: __, pair: ___, logId: ____, ...content }: WholeAnswers): string {
  return contentHashOf(content);
}
