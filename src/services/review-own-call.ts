import { done, type Result, refused } from '#domain/result.ts';
import { toLocal } from '#domain/time/zone.ts';
import { type CallPlan, findPlans, keepReview, lockPlan } from '#storage/call-plans.ts';
import { settleNotes, touchNotes } from '#storage/card-notes.ts';
import type { Trx } from '#storage/database.ts';
import { findMember } from '#storage/members.ts';
import type { ServiceContext } from '../context.ts';
import { denied } from './denials.ts';
import { may } from './may.ts';

export type ReviewProblem =
  | { kind: 'not_yours' }
  /** The manager has written, or nobody listened. */
  | { kind: 'over' }
  | { kind: 'not_yet'; callOn: string };

export interface ReviewToWrite {
  plan: CallPlan;
  watcherName: string;
}

export async function openReview(
  context: Pick<ServiceContext, 'database' | 'clock'>,
  workspaceId: string,
  who: { repId: string; planId: string },
): Promise<Result<ReviewToWrite, ReviewProblem>> {
  return context.database.inWorkspace(workspaceId, async (trx) => {
    const plan = (await findPlans(trx, workspaceId, [who.planId])).get(who.planId);
    const rep = await findMember(trx, workspaceId, who.repId);
    if (plan === undefined || rep === undefined || !(await isOwn(trx, workspaceId, who.repId, plan))) {
      return denied({ kind: 'not_yours' }, plan?.repId);
    }
    if (plan.state !== 'planned') return refused({ kind: 'over' });
    const { date: today } = toLocal(context.clock.now(), rep.timeZone);
    if (plan.callOn > today) return refused({ kind: 'not_yet', callOn: plan.callOn });
    const watcher = await findMember(trx, workspaceId, plan.watcherId);
    return done({ plan, watcherName: watcher?.name ?? '' });
  });
}

/** The rep's own view comes first: it stands above the form in which the manager writes theirs. */
export async function reviewOwnCall(
  context: ServiceContext,
  workspaceId: string,
  one: { repId: string; planId: string; worked: string; moment: string },
): Promise<Result<{ watcherId: string }, ReviewProblem>> {
  const at = new Date(context.clock.now());
  const reviewed = await context.database.inWorkspace(workspaceId, async (trx) => {
    const { repId, planId, worked, moment } = one;
    const plan = await lockPlan(trx, workspaceId, planId);
    if (plan === undefined || !(await isOwn(trx, workspaceId, repId, plan))) {
      return denied({ kind: 'not_yours' } as const, plan?.repId);
    }
    if (plan.state !== 'planned') return refused({ kind: 'over' } as const);
    await keepReview(trx, workspaceId, planId, { worked, moment }, at);
    const note = { subjectId: planId, kinds: ['call_planned'] } as const;
    await settleNotes(trx, workspaceId, { ...note, receiverId: repId }, at);
    await touchNotes(trx, workspaceId, note);
    return done({ watcherId: plan.watcherId });
  });
  if (reviewed.ok) context.wake(workspaceId);
  return reviewed;
}

const isOwn = (trx: Trx, workspaceId: string, viewerId: string, { repId }: CallPlan): Promise<boolean> =>
  may(trx, { workspaceId, viewerId, subjectId: repId }, 'review_own_call');
