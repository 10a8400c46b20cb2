import { observedCallPeriod } from '#domain/observed-call.ts';
import { done, type Result, refused } from '#domain/result.ts';
import { type CallPlan, giveWatcher, insertPlan, lockPlan, settlePlan } from '#storage/call-plans.ts';
import { settleNotes, touchNotes } from '#storage/card-notes.ts';
import type { Trx } from '#storage/database.ts';
import { observationOf } from '#storage/debriefs.ts';
import { markMessagesOf } from '#storage/messages.ts';
import type { ServiceContext } from '../context.ts';
import { askAfterCall } from './ask-after-call.ts';
import { type NotYourCall, type Observing, observing } from './observer.ts';
import { putOnCard } from './put-on-card.ts';

export interface CallToPlan {
  repId: string;
  repName: string;
  today: string;
}

/** Who may plan to listen to this rep, before the form is shown. */
export async function openPlanCall(
  context: Pick<ServiceContext, 'database' | 'clock'>,
  workspaceId: string,
  who: { observerId: string; repId: string },
): Promise<Result<CallToPlan, NotYourCall>> {
  return context.database.inWorkspace(workspaceId, async (trx) => {
    const found = await observing(trx, workspaceId, who, context.clock.now());
    if (!found.ok) return found;
    return done({ repId: who.repId, repName: found.value.rep.name, today: found.value.today });
  });
}

/** "I will listen to this call on …". What the rep had asked for already is accepted by it. */
export async function planCall(
  context: ServiceContext,
  workspaceId: string,
  one: { observerId: string; repId: string; account: string; callOn: string },
): Promise<Result<undefined, NotYourCall>> {
  const now = context.clock.now();
  const planned = await context.database.inWorkspace(workspaceId, async (trx) => {
    const who = await observing(trx, workspaceId, one, now);
    if (!who.ok) return who;
    const { observerId: watcherId, repId, account, callOn } = one;
    const { id, isNew } = await insertPlan(trx, workspaceId, {
      repId,
      watcherId,
      askedByRep: false,
      account,
      callOn,
      lookFor: null,
      state: 'planned',
      at: new Date(now),
    });
    const plan = await lockPlan(trx, workspaceId, id);
    if (plan !== undefined && (isNew || plan.state === 'asked')) {
      await begin(trx, workspaceId, { ...plan, watcherId }, who.value, now);
    }
    return done(undefined);
  });
  if (planned.ok) context.wake(workspaceId);
  return planned;
}

export type PlanProblem = NotYourCall | { kind: 'over' };

/** The manager says yes to what a rep asked for. */
export function acceptRequest(
  context: ServiceContext,
  workspaceId: string,
  who: { observerId: string; planId: string },
): Promise<Result<CallPlan, PlanProblem>> {
  return deciding(context, workspaceId, who, ['asked'], (trx, plan, observing, now) =>
    begin(trx, workspaceId, plan, observing, now),
  );
}

/** Not this one: the rep learns of it with their next card. */
export function declineRequest(
  context: ServiceContext,
  workspaceId: string,
  who: { observerId: string; planId: string },
): Promise<Result<CallPlan, PlanProblem>> {
  return deciding(context, workspaceId, who, ['asked'], async (trx, plan, _, now) => {
    const at = new Date(now);
    await settlePlan(trx, workspaceId, plan.id, 'declined', at);
    await settleNotes(trx, workspaceId, { subjectId: plan.id, kinds: ['watch_requested'] }, at);
    const note = { receiverId: plan.repId, aboutId: who.observerId, subjectId: plan.id };
    await putOnCard(trx, workspaceId, { kind: 'watch_declined', ...note }, 'morning', now);
  });
}

/** It did not come to pass; nobody is asked about it any more. */
export function dropPlan(
  context: ServiceContext,
  workspaceId: string,
  who: { observerId: string; planId: string },
): Promise<Result<CallPlan, PlanProblem>> {
  return deciding(context, workspaceId, who, ['planned'], async (trx, plan, _, now) => {
    const at = new Date(now);
    await settlePlan(trx, workspaceId, plan.id, 'dropped', at);
    await settleNotes(trx, workspaceId, { subjectId: plan.id, kinds: ['call_planned'] }, at);
    await touchObservation(trx, workspaceId, plan);
  });
}

async function deciding(
  context: ServiceContext,
  workspaceId: string,
  { observerId, planId }: { observerId: string; planId: string },
  from: readonly CallPlan['state'][],
  decide: (trx: Trx, plan: CallPlan, who: Observing, now: number) => Promise<void>,
): Promise<Result<CallPlan, PlanProblem>> {
  const now = context.clock.now();
  const decided = await context.database.inWorkspace(workspaceId, async (trx) => {
    const plan = await lockPlan(trx, workspaceId, planId);
    if (plan === undefined) return refused({ kind: 'over' } as const);
    const who = await observing(trx, workspaceId, { observerId, repId: plan.repId }, now);
    if (!who.ok) return who;
    if (!from.includes(plan.state)) return refused({ kind: 'over' } as const);
    await decide(trx, { ...plan, watcherId: observerId }, who.value, now);
    return done(plan);
  });
  if (decided.ok) context.wake(workspaceId);
  return decided;
}

async function begin(
  trx: Trx,
  workspaceId: string,
  plan: CallPlan,
  who: Observing,
  now: number,
): Promise<void> {
  const at = new Date(now);
  await settlePlan(trx, workspaceId, plan.id, 'planned', at);
  await giveWatcher(trx, workspaceId, plan.id, plan.watcherId);
  await settleNotes(trx, workspaceId, { subjectId: plan.id, kinds: ['watch_requested'] }, at);
  await askAfterCall(trx, workspaceId, plan, who, now);
  await touchNotes(trx, workspaceId, { subjectId: plan.id, kinds: ['call_planned'] });
  await touchObservation(trx, workspaceId, plan);
}

/** The month's row says what is planned. */
export async function touchObservation(trx: Trx, workspaceId: string, plan: CallPlan): Promise<void> {
  const { repId, watcherId: observerId, callOn } = plan;
  const period = observedCallPeriod(callOn);
  const observation = await observationOf(trx, workspaceId, { repId, observerId, period });
  if (observation !== undefined) await markMessagesOf(trx, workspaceId, observation.id);
}
