import { randomUUID } from 'node:crypto';
import type { ConversationAbout, Evidence, Gap, Outcome } from '#domain/one-on-one.ts';
import { done, type Result, refused } from '#domain/result.ts';
import type { Settings } from '#domain/settings.ts';
import { doubtAbout, type TakeawayDoubt } from '#domain/takeaway.ts';
import { standInsNow } from '#storage/absences.ts';
import { agreedBefore, type Commitment, openCommitment, type Pair } from '#storage/commitments.ts';
import type { Trx } from '#storage/database.ts';
import { markMessagesOf, markMessagesShowing } from '#storage/messages.ts';
import { findOccurrence, lockedState, markDone } from '#storage/occurrences.ts';
import {
  correctLog,
  findLog,
  insertLog,
  keepRevision,
  type LogChange,
  type OneOnOneLog,
} from '#storage/one-on-one-logs.ts';
import { lockSlotOfRep } from '#storage/pair-people.ts';
import { currentSettings } from '#storage/settings.ts';
import { giveBack } from '#storage/taken-back.ts';
import { together } from '#storage/together.ts';
import type { ServiceContext } from '../context.ts';
import { agree, agreeOtherwise, closeLast, giveWay, replacedBy } from './agree.ts';
import { endAskingAbout } from './ask-about-commitment.ts';
import { contentHashOf } from './content-hash.ts';
import { denied } from './denials.ts';
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
      // Two logs of one pair are saved one after the other: each has to see what the other agreed on.
      const [found] = await together([
        pairOf(
          trx,
          workspaceId,
          answers.managerId,
          answers.repId,
          standInsNow(trx, workspaceId, new Date(now)),
        ),
        lockSlotOfRep(trx, workspaceId, answers.repId),
      ]);
      if (!found.ok) return found;
      const pair = { managerId: found.value.managerId, repId: answers.repId };
      const stands = await asItStands(trx, workspaceId, answers, pair, now, found.value.managerZone);
      if (!stands.before.ok) return stands.before;
      const before = stands.before.value;
      const takeaway = answers.takeaway ?? (await lastAgreed(trx, workspaceId, answers, pair, before));
      if (takeaway === undefined) return refused({ kind: 'nothing_to_keep' });
      const whole = { ...answers, takeaway, pair };
      return done(
        before === undefined
          ? await write(trx, workspaceId, whole, { ...stands, managerZone: found.value.ownManagerZone }, now)
          : await correct(trx, workspaceId, before, whole, now),
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
type WholeAnswers = OneOnOneAnswers & { takeaway: string; pair: Pair };

/** The log that is changed: one that is named, or the one this very modal has saved before. */
async function logBefore(
  trx: Trx,
  workspaceId: string,
  { logId, viewId, managerId, repId }: OneOnOneAnswers,
): Promise<Result<OneOnOneLog | undefined, NotYourLog>> {
  const log = await findLog(trx, workspaceId, logId === undefined ? { viewId } : { logId });
  if (log === undefined && logId === undefined) return done(undefined);
  if (log?.managerId !== managerId || log.repId !== repId)
    return denied({ kind: 'not_your_log' }, log?.repId);
  return log.withdrawnAt === null ? done(log) : refused({ kind: 'withdrawn' });
}

/** The words of the commitment that is kept, also when this very log has closed it a moment ago. */
async function lastAgreed(
  trx: Trx,
  workspaceId: string,
  { keep }: OneOnOneAnswers,
  pair: Pair,
  before: OneOnOneLog | undefined,
): Promise<string | undefined> {
  if (!keep) return undefined;
  return (await agreedBefore(trx, workspaceId, pair, before?.id))?.text;
}

/** Everything the log depends on, in one trip. */
async function asItStands(
  trx: Trx,
  workspaceId: string,
  answers: OneOnOneAnswers,
  pair: Pair,
  now: number,
  writerZone: string,
) {
  const [before, named, toAnswer, open, settings] = await together([
    logBefore(trx, workspaceId, answers),
    ofThisPair(trx, workspaceId, answers.occurrenceId, pair),
    occurrenceToAnswer(trx, workspaceId, pair, now, writerZone),
    openCommitment(trx, workspaceId, pair),
    currentSettings(trx, workspaceId),
  ]);
  return { before, occurrenceId: named ?? toAnswer?.id ?? null, open, settings };
}

async function write(
  trx: Trx,
  workspaceId: string,
  answers: WholeAnswers,
  stands: {
    occurrenceId: string | null;
    open: Commitment | undefined;
    settings: Settings;
    managerZone: string;
  },
  now: number,
): Promise<Logged> {
  const { occurrenceId, open, settings, managerZone } = stands;
  const at = new Date(now);
  const late = occurrenceId !== null && !(await counts(trx, workspaceId, occurrenceId, at));
  const id = randomUUID();
  const { viewId, managerId, repId } = answers;
  const log = { id, viewId, occurrenceId, managerId, repId, loggedAt: at, late, ...changeOf(answers, 1) };
  const replaced = replacedBy(answers, open);
  const [inserted, replacedAsks] = await together([
    insertLog(trx, workspaceId, log),
    replaced === undefined ? [] : giveWay(trx, workspaceId, replaced, at),
  ]);
  if (!inserted) throw new SavedMeanwhile();
  const closed = await closeLast(trx, workspaceId, id, answers, at);
  const [answeredAsks] = await together([
    closed === undefined ? [] : endAskingAbout(trx, workspaceId, closed, at),
    keepRevision(trx, workspaceId, revisionOf(id, 1, answers, at)),
    agree(trx, workspaceId, id, { agreement: answers, open, at, settings, managerZone }),
  ]);
  await moveNextTo(trx, workspaceId, answers.pair, answers.nextOn, at);
  // All of them are locked by now: whoever records a message that shows one is through, or waits.
  const changed = [...replacedAsks, ...answeredAsks, ...(occurrenceId === null ? [] : [occurrenceId])];
  await markMessagesShowing(
    trx,
    changed.map((one) => ({ workspaceId, id: one })),
  );
  return { outcome: 'logged', late };
}

/** Whether the occurrence is done by this log; one that ended before stays as it ended. Its row is locked then. */
async function counts(trx: Trx, workspaceId: string, occurrenceId: string, at: Date): Promise<boolean> {
  if (await markDone(trx, workspaceId, occurrenceId, at)) return true;
  if (await giveBack(trx, workspaceId, occurrenceId)) return true;
  const state = await lockedState(trx, workspaceId, occurrenceId);
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
  occurrenceId: string | undefined,
  pair: Pair,
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
