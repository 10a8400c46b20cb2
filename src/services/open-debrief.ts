import { done, type Result, refused } from '#domain/result.ts';
import type { Settings } from '#domain/settings.ts';
import { noteAccess } from '#storage/access-records.ts';
import { type CallPlan, findPlans, openPlansOf } from '#storage/call-plans.ts';
import type { Trx } from '#storage/database.ts';
import { type Debrief, findDebrief } from '#storage/debriefs.ts';
import { currentSettings } from '#storage/settings.ts';
import { together } from '#storage/together.ts';
import type { ServiceContext } from '../context.ts';
import { denied } from './denials.ts';
import { type NotYourCall, type Observing, observing } from './observer.ts';

/** What the observer is shown before writing. */
export interface DebriefToWrite {
  repId: string;
  repName: string;
  today: string;
  pillarNames: Settings['pillarNames'];
  /** The call it is about, where one was planned or asked for. */
  plan: CallPlan | undefined;
  /** The observer came from this very plan. */
  planChosen: boolean;
  /** What is changed. */
  debrief: Debrief | undefined;
}

/** Which call: any of a rep's, one that was planned, or one that has a debrief already. */
export type WhichCall = { repId: string } | { planId: string } | { debriefId: string };

export type NotToWrite =
  | NotYourCall
  | { kind: 'not_yours' }
  | { kind: 'withdrawn' }
  /** A plan that nobody waits for any more. */
  | { kind: 'over' };

export async function openDebrief(
  context: Pick<ServiceContext, 'database' | 'clock'>,
  workspaceId: string,
  observerId: string,
  which: WhichCall,
): Promise<Result<DebriefToWrite, NotToWrite>> {
  const now = context.clock.now();
  return context.database.inWorkspace(workspaceId, async (trx) => {
    const found = await recordOf(trx, workspaceId, observerId, which);
    if (!found.ok) return found;
    const { repId, debrief } = found.value;
    const who = await observing(trx, workspaceId, { observerId, repId }, now);
    if (!who.ok) return who;
    const plan = found.value.plan ?? (debrief ? undefined : await likelyPlan(trx, workspaceId, who.value));
    const opened = {
      viewerId: observerId,
      personIds: [repId],
      resource: 'debrief',
      how: 'form',
      now,
    } as const;
    const [{ pillarNames }] = await together([
      currentSettings(trx, workspaceId),
      noteAccess(trx, workspaceId, opened),
    ]);
    return done({
      repId,
      repName: who.value.rep.name,
      today: who.value.today,
      pillarNames,
      plan,
      planChosen: 'planId' in which,
      debrief,
    });
  });
}

interface Found {
  repId: string;
  plan: CallPlan | undefined;
  debrief: Debrief | undefined;
}

async function recordOf(
  trx: Trx,
  workspaceId: string,
  observerId: string,
  which: WhichCall,
): Promise<Result<Found, NotToWrite>> {
  if ('repId' in which) return done({ repId: which.repId, plan: undefined, debrief: undefined });
  if ('planId' in which) {
    const plan = (await findPlans(trx, workspaceId, [which.planId])).get(which.planId);
    if (plan === undefined || (plan.state !== 'planned' && plan.state !== 'asked'))
      return refused({ kind: 'over' });
    return done({ repId: plan.repId, plan, debrief: undefined });
  }
  const debrief = await findDebrief(trx, workspaceId, which.debriefId);
  if (debrief === undefined || debrief.observerId !== observerId)
    return denied({ kind: 'not_yours' }, debrief?.repId);
  if (debrief.withdrawnAt !== null) return refused({ kind: 'withdrawn' });
  const plans = debrief.planId === null ? [] : [debrief.planId];
  const plan = [...(await findPlans(trx, workspaceId, plans)).values()][0];
  return done({ repId: debrief.repId, plan, debrief });
}

/** The call that was to be listened to last. */
async function likelyPlan(
  trx: Trx,
  workspaceId: string,
  { rep, today }: Observing,
): Promise<CallPlan | undefined> {
  const open = await openPlansOf(trx, workspaceId, [rep.id]);
  return open.findLast(({ callOn }) => callOn <= today);
}
