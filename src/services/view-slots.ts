import { done, type Result, refused } from '#domain/result.ts';
import { isPaused, type Pause, type Slot, slotOf } from '#domain/slot.ts';
import { toLocal } from '#domain/time/zone.ts';
import { findMember } from '#storage/members.ts';
import { slotsOf } from '#storage/slots.ts';
import type { ServiceContext } from '../context.ts';
import { type NotYourOneOnOne, pairOf } from './open-one-on-one.ts';

export interface ShownSlot {
  repId: string;
  repName: string;
  slot: Slot;
  pause: Pause | null;
}

export interface Slots {
  timeZone: string;
  today: string;
  slots: ShownSlot[];
}

/** The slots of a manager's pairs, or of the one with this rep. */
export async function viewSlots(
  context: ServiceContext,
  workspaceId: string,
  managerId: string,
  repId?: string,
): Promise<Result<Slots, NotYourOneOnOne>> {
  const now = context.clock.now();
  return context.database.inWorkspace(workspaceId, async (trx): Promise<Result<Slots, NotYourOneOnOne>> => {
    const manager = await findMember(trx, workspaceId, managerId);
    if (manager === undefined) return refused({ kind: 'you_are_unknown' });
    if (repId !== undefined) {
      const pair = await pairOf(trx, workspaceId, managerId, repId);
      if (!pair.ok) return pair;
    }
    const { date: today } = toLocal(now, manager.timeZone);
    const slots = await slotsOf(trx, workspaceId, managerId);
    return done({
      timeZone: manager.timeZone,
      today,
      slots: slots
        .filter((one) => repId === undefined || one.repId === repId)
        .map(({ repId: id, repName, rule, pause }) => ({
          repId: id,
          repName,
          slot: slotOf(rule, today),
          pause: isPaused(pause, today) ? pause : null,
        })),
    });
  });
}
