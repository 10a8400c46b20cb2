import { createHash, randomUUID } from 'node:crypto';
import type { ConversationAbout, Evidence, Outcome } from '#domain/one-on-one.ts';
import { done, type Result, refused } from '#domain/result.ts';
import { doubtAbout, type TakeawayDoubt } from '#domain/takeaway.ts';
import { standInsNow } from '#storage/absences.ts';
import type { Trx } from '#storage/database.ts';
import { markMessagesOf } from '#storage/messages.ts';
import { findOccurrence, markDone } from '#storage/occurrences.ts';
import {
  agreedBefore,
  carryForward,
  closeCommitment,
  correctLog,
  findLogOfView,
  insertCommitment,
  insertLog,
  keepRevision,
  type OneOnOneLog,
  rewordCommitmentOf,
} from '#storage/one-on-one-logs.ts';
import type { ServiceContext } from '../context.ts';
import { type NotYourOneOnOne, occurrenceToAnswer, pairOf } from './open-one-on-one.ts';

export interface OneOnOneAnswers {
  /** The modal it comes from; the same modal sent again is the same log. */
  viewId: string;
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
  last: { commitmentId: string; outcome: Outcome; evidence: Evidence } | undefined;
  privateNote: string | undefined;
  /** The manager was shown an example and saves the text as it is. */
  insisted: boolean;
}

export type LogProblem =
  | NotYourOneOnOne
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
      const pair = await pairOf(trx, workspaceId, answers.managerId, answers.repId, standIns);
      if (!pair.ok) return pair;
      const before = await findLogOfView(trx, workspaceId, answers.viewId);
      const { managerId } = pair.value;
      const takeaway = answers.takeaway ?? (await lastAgreed(trx, workspaceId, { ...answers, managerId }));
      if (takeaway === undefined) return refused({ kind: 'nothing_to_keep' });
      const whole = { ...answers, takeaway, pair: { managerId, repId: answers.repId } };
      if (before !== undefined) return done(await correct(trx, workspaceId, before, whole, now));
      return done(await write(trx, workspaceId, whole, now, pair.value.managerZone));
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

/** The words of the commitment that is kept, also when this very log has closed it a moment ago. */
async function lastAgreed(
  trx: Trx,
  workspaceId: string,
  { keep, managerId, repId, viewId }: OneOnOneAnswers,
): Promise<string | undefined> {
  if (!keep) return undefined;
  const kept = await findLogOfView(trx, workspaceId, viewId);
  const pair = { managerId, repId };
  return (await agreedBefore(trx, workspaceId, pair, kept?.id))?.text;
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
  const wasOpen = occurrenceId !== null && (await markDone(trx, workspaceId, occurrenceId, at));
  const late = occurrenceId !== null && !wasOpen && (await isOver(trx, workspaceId, occurrenceId));
  const log: OneOnOneLog = {
    id: randomUUID(),
    viewId: answers.viewId,
    occurrenceId,
    managerId: answers.managerId,
    repId: answers.repId,
    heldOn: answers.heldOn,
    about: answers.about,
    privateNote: answers.privateNote ?? null,
    insisted: answers.insisted,
    loggedAt: at,
    late,
    revision: 1,
    contentHash: hashOf(answers),
  };
  if (!(await insertLog(trx, workspaceId, log))) throw new SavedMeanwhile();
  await keepRevision(trx, workspaceId, revisionOf(log.id, 1, answers, at));
  await closeLast(trx, workspaceId, log.id, answers, at);
  await agree(trx, workspaceId, log.id, answers, at);
  if (occurrenceId !== null) await markMessagesOf(trx, workspaceId, occurrenceId);
  return { outcome: 'logged', late };
}

/** What the pair agrees on: something new, or the open one carried forward with a new date. */
async function agree(
  trx: Trx,
  workspaceId: string,
  logId: string,
  { pair, takeaway, keep, by, last }: WholeAnswers,
  madeAt: Date,
): Promise<void> {
  if (keep && last === undefined && (await carryForward(trx, workspaceId, pair, by))) return;
  await insertCommitment(trx, workspaceId, {
    id: randomUUID(),
    logId,
    ...pair,
    text: takeaway,
    by,
    madeAt,
  });
}

async function correct(
  trx: Trx,
  workspaceId: string,
  before: OneOnOneLog,
  answers: WholeAnswers,
  now: number,
): Promise<Logged> {
  const contentHash = hashOf(answers);
  if (before.contentHash === contentHash) return { outcome: 'unchanged', late: before.late };
  const revision = before.revision + 1;
  const at = new Date(now);
  await correctLog(trx, workspaceId, before.id, {
    heldOn: answers.heldOn,
    about: answers.about,
    privateNote: answers.privateNote ?? null,
    insisted: answers.insisted,
    revision,
    contentHash,
  });
  await keepRevision(trx, workspaceId, revisionOf(before.id, revision, answers, at));
  await closeLast(trx, workspaceId, before.id, answers, at);
  await rewordCommitmentOf(trx, workspaceId, before.id, { text: answers.takeaway, by: answers.by });
  if (before.occurrenceId !== null) await markMessagesOf(trx, workspaceId, before.occurrenceId);
  return { outcome: 'corrected', late: before.late };
}

async function closeLast(
  trx: Trx,
  workspaceId: string,
  logId: string,
  { last, pair }: WholeAnswers,
  at: Date,
): Promise<void> {
  if (last === undefined) return;
  const { commitmentId, outcome, evidence } = last;
  await closeCommitment(trx, workspaceId, { commitmentId, ...pair }, { outcome, evidence, logId, at });
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

async function isOver(trx: Trx, workspaceId: string, occurrenceId: string): Promise<boolean> {
  const state = (await findOccurrence(trx, workspaceId, occurrenceId))?.state;
  return state === 'expired' || state === 'excused';
}

function revisionOf(logId: string, revision: number, { pair: _, ...content }: WholeAnswers, savedAt: Date) {
  return { logId, revision, content, savedAt, savedBy: content.managerId };
}

function hashOf({ viewId: _, occurrenceId: __, pair: ___, ...content }: WholeAnswers): string {
  return createHash('sha256').update(JSON.stringify(content)).digest('hex');
}
