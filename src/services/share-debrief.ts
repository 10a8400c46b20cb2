import { accountKey, observedCallPeriod } from '#domain/observed-call.ts';
import { done, type Result, refused } from '#domain/result.ts';
import { lockPlan, settlePlan } from '#storage/call-plans.ts';
import { settleNotes, touchNotes } from '#storage/card-notes.ts';
import type { Trx } from '#storage/database.ts';
import {
  changeDebrief,
  type Debrief,
  type DebriefContent,
  findDebrief,
  insertDebrief,
  observationOf,
} from '#storage/debriefs.ts';
import { markMessagesOf } from '#storage/messages.ts';
import { markDone } from '#storage/occurrences.ts';
import { keepRevisionOf } from '#storage/revisions.ts';
import { replaceSightings } from '#storage/sightings.ts';
import { noteSubmission } from '#storage/submissions.ts';
import type { ServiceContext } from '../context.ts';
import { contentHashOf } from './content-hash.ts';
import { denied } from './denials.ts';
import { type NotYourCall, observing } from './observer.ts';
import { putOnCard } from './put-on-card.ts';

export interface DebriefAnswers {
  /** The modal it comes from; the same modal sent again is the same debrief. */
  viewId: string;
  observerId: string;
  repId: string;
  /** The one that is changed. */
  debriefId: string | undefined;
  plan: { id: string; chosen: boolean } | undefined;
  content: DebriefContent;
}

export type DebriefProblem =
  | NotYourCall
  /** It is somebody else's, or was withdrawn. */
  | { kind: 'not_yours' | 'withdrawn' };

export interface Shared {
  outcome: 'shared' | 'changed' | 'unchanged';
  debriefId: string;
  /** The month's observation had ended before; the debrief is kept and linked, and it stays ended. */
  late: boolean;
  /** The practice item that was chosen with this, and is to be given. */
  toPractise: string | undefined;
}

/** Keeps what was written after a call, and tells the rep the part that is theirs. */
export async function shareDebrief(
  context: ServiceContext,
  workspaceId: string,
  answers: DebriefAnswers,
): Promise<Result<Shared, DebriefProblem>> {
  const now = context.clock.now();
  const shared = await context.database.inWorkspace(workspaceId, async (trx) => {
    const who = await observing(trx, workspaceId, answers, now);
    if (!who.ok) return who;
    const submitted = await noteSubmission(trx, workspaceId, {
      viewId: answers.viewId,
      contentHash: contentHashOf(answers.content),
      at: new Date(now),
      ...(answers.debriefId === undefined ? {} : { recordId: answers.debriefId }),
    });
    const { recordId } = submitted;
    const before = await findDebrief(trx, workspaceId, recordId, 'lock');
    // Which rep it is about stands in the record: the form may name only that one.
    const isTheirs = before?.observerId === answers.observerId && before.repId === answers.repId;
    if (before !== undefined && !isTheirs) return denied<DebriefProblem>({ kind: 'not_yours' }, before.repId);
    if (before !== undefined && before.withdrawnAt !== null)
      return refused<DebriefProblem>({ kind: 'withdrawn' });
    if (answers.debriefId !== undefined && before === undefined)
      return refused<DebriefProblem>({ kind: 'not_yours' });
    if (before !== undefined && submitted.kind === 'repeated') {
      const toPractise = answers.content.practiceItemId ?? undefined;
      return done<Shared>({ outcome: 'unchanged', debriefId: recordId, late: before.late, toPractise });
    }
    return done(await keep(trx, workspaceId, { answers, debriefId: recordId, before, now }));
  });
  if (shared.ok && shared.value.outcome !== 'unchanged') context.wake(workspaceId);
  return shared;
}

interface ToKeep {
  answers: DebriefAnswers;
  debriefId: string;
  before: Debrief | undefined;
  now: number;
}

async function keep(
  trx: Trx,
  workspaceId: string,
  { answers, debriefId, before, now }: ToKeep,
): Promise<Shared> {
  const { repId, observerId, content } = answers;
  const at = new Date(now);
  const observed = await observe(trx, workspaceId, answers, before, at);
  if (before === undefined) {
    const planId = await watchedPlan(trx, workspaceId, answers, at);
    await insertDebrief(trx, workspaceId, {
      id: debriefId,
      repId,
      observerId,
      planId,
      ...observed,
      at,
      content,
    });
  } else {
    await changeDebrief(trx, workspaceId, debriefId, { content, ...observed, at });
  }
  const { heldOn: date, followed, account, seen } = content;
  await replaceSightings(trx, workspaceId, debriefId, { repId, observerId, account, date, followed, seen });
  const revised = { content, savedAt: at, savedBy: observerId };
  await keepRevisionOf(trx, workspaceId, { kind: 'debrief', id: debriefId }, revised);
  if (before === undefined) {
    const note = {
      kind: 'debrief_shared',
      receiverId: repId,
      aboutId: observerId,
      subjectId: debriefId,
    } as const;
    await putOnCard(trx, workspaceId, note, 'soon', now);
  } else {
    await touchNotes(trx, workspaceId, {
      subjectId: debriefId,
      kinds: ['debrief_shared', 'debrief_answered'],
    });
  }
  for (const id of new Set([observed.occurrenceId, before?.occurrenceId ?? null])) {
    if (id !== null) await markMessagesOf(trx, workspaceId, id);
  }
  const { practiceItemId } = content;
  return {
    outcome: before === undefined ? 'shared' : 'changed',
    debriefId,
    late: observed.late,
    toPractise: practiceItemId === before?.practiceItemId ? undefined : (practiceItemId ?? undefined),
  };
}

/**
 * Only a live call makes the observation of the month it was in. What has ended stays as it ended, also where a
 * debrief is moved to another month later, or turns out to be of a recording.
 */
async function observe(
  trx: Trx,
  workspaceId: string,
  { repId, observerId, content }: DebriefAnswers,
  before: Debrief | undefined,
  at: Date,
): Promise<{ occurrenceId: string | null; late: boolean }> {
  if (content.followed !== 'live') return { occurrenceId: null, late: false };
  const period = observedCallPeriod(content.heldOn);
  const observation = await observationOf(trx, workspaceId, { repId, observerId, period });
  if (observation === undefined) return { occurrenceId: null, late: false };
  const { id } = observation;
  if (await markDone(trx, workspaceId, id, at)) return { occurrenceId: id, late: false };
  if (before?.occurrenceId === id) return { occurrenceId: id, late: before.late };
  return { occurrenceId: id, late: observation.state === 'expired' || observation.state === 'excused' };
}

/** The plan is fulfilled by a debrief of that call: written from the plan, or about the same account. */
async function watchedPlan(
  trx: Trx,
  workspaceId: string,
  { plan, repId, content }: DebriefAnswers,
  at: Date,
): Promise<string | null> {
  if (plan === undefined) return null;
  const found = await lockPlan(trx, workspaceId, plan.id);
  const isOpen = found !== undefined && (found.state === 'asked' || found.state === 'planned');
  if (!isOpen || found.repId !== repId) return null;
  if (!plan.chosen && accountKey(found.account) !== accountKey(content.account)) return null;
  await settlePlan(trx, workspaceId, plan.id, 'watched', at);
  await settleNotes(trx, workspaceId, { subjectId: plan.id, kinds: ['call_planned', 'watch_requested'] }, at);
  return plan.id;
}
