import { done, type Result, refused } from '#domain/result.ts';
import { toLocal } from '#domain/time/zone.ts';
import { giveWatcher, insertPlan, lockPlan } from '#storage/call-plans.ts';
import { settleNotes } from '#storage/card-notes.ts';
import type { Trx } from '#storage/database.ts';
import { findMember } from '#storage/members.ts';
import { currentManagerOf } from '#storage/reporting.ts';
import type { ServiceContext } from '../context.ts';
import { may } from './may.ts';
import { putAgainOnCard } from './put-on-card.ts';

export type NoRequest = { kind: 'you_are_unknown' } | { kind: 'not_a_rep' } | { kind: 'no_manager' };

export interface RequestToMake {
  managerId: string;
  managerName: string;
  today: string;
}

/** Whom a rep asks, before the form is shown. */
export async function openWatchRequest(
  context: Pick<ServiceContext, 'database' | 'clock'>,
  workspaceId: string,
  repId: string,
): Promise<Result<RequestToMake, NoRequest>> {
  return context.database.inWorkspace(workspaceId, (trx) =>
    asking(trx, workspaceId, repId, context.clock.now()),
  );
}

export interface Requested {
  managerId: string;
  /** It was asked for, or planned, before. */
  repeated: boolean;
}

/** A rep asks their manager to listen to a call; once for each call. */
export async function requestWatch(
  context: ServiceContext,
  workspaceId: string,
  one: { repId: string; account: string; callOn: string; lookFor: string | undefined },
): Promise<Result<Requested, NoRequest>> {
  const now = context.clock.now();
  const requested = await context.database.inWorkspace(workspaceId, async (trx) => {
    const who = await asking(trx, workspaceId, one.repId, now);
    if (!who.ok) return who;
    const { managerId } = who.value;
    const { repId, account, callOn, lookFor = null } = one;
    const { id, isNew } = await insertPlan(trx, workspaceId, {
      repId,
      watcherId: managerId,
      askedByRep: true,
      account,
      callOn,
      lookFor,
      state: 'asked',
      at: new Date(now),
    });
    const plan = await lockPlan(trx, workspaceId, id);
    const isWithSomebodyElse = plan?.state === 'asked' && plan.watcherId !== managerId;
    if (isWithSomebodyElse) {
      await giveWatcher(trx, workspaceId, id, managerId);
      const former = { subjectId: id, kinds: ['watch_requested'], receiverId: plan.watcherId } as const;
      await settleNotes(trx, workspaceId, former, new Date(now));
    }
    if (isNew || isWithSomebodyElse) {
      const note = { kind: 'watch_requested', receiverId: managerId, aboutId: repId, subjectId: id } as const;
      await putAgainOnCard(trx, workspaceId, note, 'soon', now);
    }
    return done({ managerId, repeated: !isNew });
  });
  if (requested.ok) context.wake(workspaceId);
  return requested;
}

async function asking(
  trx: Trx,
  workspaceId: string,
  repId: string,
  now: number,
): Promise<Result<RequestToMake, NoRequest>> {
  const rep = await findMember(trx, workspaceId, repId);
  if (rep === undefined) return refused({ kind: 'you_are_unknown' });
  const allowed = await may(trx, { workspaceId, viewerId: repId, subjectId: repId }, 'request_observation');
  if (!allowed || !rep.roles.includes('rep')) return refused({ kind: 'not_a_rep' });
  const managerId = await currentManagerOf(trx, workspaceId, repId);
  const manager = managerId === undefined ? undefined : await findMember(trx, workspaceId, managerId);
  if (manager === undefined) return refused({ kind: 'no_manager' });
  return done({
    managerId: manager.id,
    managerName: manager.name,
    today: toLocal(now, rep.timeZone).date,
  });
}
