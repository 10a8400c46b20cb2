import type { Rule } from '#domain/recurrence.ts';
import { done, type Result } from '#domain/result.ts';
import { toLocal } from '#domain/time/zone.ts';
import { changeRule, findPairCadence } from '#storage/slots.ts';
import type { ServiceContext } from '../context.ts';
import { nextPlanned } from './next-planned.ts';
import { type NotYourOneOnOne, pairOf } from './open-one-on-one.ts';

/** Moves a pair's weekly 1:1. What is planned already stays where it is; the new slot holds from the next on. */
export async function setSlot(
  context: ServiceContext,
  workspaceId: string,
  pair: { managerId: string; repId: string },
  slot: { weekday: number; time: string; everyWeeks?: number },
): Promise<Result<undefined, NotYourOneOnOne>> {
  const now = context.clock.now();
  return context.database.inWorkspace(workspaceId, async (trx) => {
    const found = await pairOf(trx, workspaceId, pair.managerId, pair.repId);
    if (!found.ok) return found;
    const cadence = await findPairCadence(trx, workspaceId, pair);
    if (cadence === undefined) return done(undefined);
    const { managerZone, managerDays } = found.value;
    const rule: Rule = {
      kind: 'weekly',
      weekday: slot.weekday,
      time: slot.time,
      interval: slot.everyWeeks ?? 1,
      anchor: toLocal(now, managerZone).date,
    };
    const next = cadence.planned
      ? nextPlanned({ rule, timeZone: managerZone, workingDays: managerDays }, now)
      : undefined;
    await changeRule(trx, workspaceId, cadence.id, rule, next);
    return done(undefined);
  });
}
