import { accountKey } from '#domain/observed-call.ts';
import { done, type Result, refused } from '#domain/result.ts';
import { type CallPlan, findPlans, lockPlan, openPlansOf, updatePlan } from '#storage/call-plans.ts';
import { takeNotesOffWaiting, touchNotes } from '#storage/card-notes.ts';
import type { Trx } from '#storage/database.ts';
import type { ServiceContext } from '../context.ts';
import { askAfterCall } from './ask-after-call.ts';
import { type Observing, observing } from './observer.ts';
import { type CallToPlan, type PlanProblem, touchObservation } from './plan-call.ts';

export interface PlanToChange extends CallToPlan {
  plan: CallPlan;
}

export function openPlanToChange(
  context: Pick<ServiceContext, 'database' | 'clock'>,
  workspaceId: string,
  { observerId, planId }: { observerId: string; planId: string },
): Promise<Result<PlanToChange, PlanProblem>> {
  return context.database.inWorkspace(workspaceId, async (trx) => {
    const plan = (await findPlans(trx, workspaceId, [planId])).get(planId);
    const found = await changeable(trx, workspaceId, { observerId, plan, now: context.clock.now() });
    if (!found.ok) return found;
    const { plan: open, who } = found.value;
    return done({ repId: open.repId, repName: who.rep.name, today: who.today, plan: open });
  });
}

/** Another day, or the account as it is called: both are told of it and asked about it on the cards of that day. */
export async function changePlan(
  context: ServiceContext,
  workspaceId: string,
  one: { observerId: string; planId: string; account: string; callOn: string },
): Promise<Result<CallPlan, PlanProblem | { kind: 'planned_already' }>> {
  const now = context.clock.now();
  const { observerId, account, callOn } = one;
  const changed = await context.database.inWorkspace(workspaceId, async (trx) => {
    const plan = await lockPlan(trx, workspaceId, one.planId);
    const found = await changeable(trx, workspaceId, { observerId, plan, now });
    if (!found.ok) return found;
    const { plan: before, who } = found.value;
    const others = (await openPlansOf(trx, workspaceId, [before.repId])).filter(({ id }) => id !== before.id);
    const isSame = (other: CallPlan): boolean =>
      other.callOn === callOn && accountKey(other.account) === accountKey(account);
    if (others.some(isSame)) return refused({ kind: 'planned_already' } as const);
    const after = { ...before, account, callOn };
    await updatePlan(trx, workspaceId, before.id, { account, callOn });
    await askAnew(trx, workspaceId, { before, after }, who, now);
    return done(after);
  });
  if (changed.ok) context.wake(workspaceId);
  return changed;
}

async function askAnew(
  trx: Trx,
  workspaceId: string,
  { before, after }: { before: CallPlan; after: CallPlan },
  who: Observing,
  now: number,
): Promise<void> {
  const notes = { subjectId: after.id, kinds: ['call_planned'] as const };
  if (after.callOn !== before.callOn) {
    await takeNotesOffWaiting(trx, workspaceId, notes);
    await askAfterCall(trx, workspaceId, after, who, now);
  }
  await touchNotes(trx, workspaceId, notes);
  await touchObservation(trx, workspaceId, before);
  await touchObservation(trx, workspaceId, after);
}

/** Whoever is to listen to it, and nobody else, while it is still ahead or asked about. */
async function changeable(
  trx: Trx,
  workspaceId: string,
  { observerId, plan, now }: { observerId: string; plan: CallPlan | undefined; now: number },
): Promise<Result<{ plan: CallPlan; who: Observing }, PlanProblem>> {
  if (plan === undefined) return refused({ kind: 'over' });
  const who = await observing(trx, workspaceId, { observerId, repId: plan.repId }, now);
  if (!who.ok) return who;
  if (plan.state !== 'planned' || plan.watcherId !== observerId) return refused({ kind: 'over' });
  return done({ plan, who: who.value });
}
