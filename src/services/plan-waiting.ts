import { startOfDay } from '#domain/time/zone.ts';
import { type WaitingCadence, waitingCadences } from '#storage/cadences.ts';
import type { Trx } from '#storage/database.ts';
import { advanceCadences } from '#storage/due-cadences.ts';
import { nextPlanned } from './next-planned.ts';
import { offerSlots } from './offer-slots.ts';

/** Begins what waits because nobody took part: says how many cadences. What fell due before is not made up for. */
export async function planWaiting(
  trx: Trx,
  workspaceId: string,
  pilotOnly: boolean,
  now: number,
): Promise<number> {
  const waiting = await waitingCadences(trx, workspaceId, { pilotOnly });
  if (waiting.length > 0) {
    await advanceCadences(
      trx,
      waiting.map((one) => ({ workspaceId, id: one.id, next: nextPlanned(one, afterPause(one, now)) })),
    );
  }
  await offerSlots(trx, workspaceId, now);
  return waiting.length;
}

function afterPause({ pausedUntil, timeZone }: WaitingCadence, now: number): number {
  return pausedUntil === null ? now : Math.max(now, startOfDay(pausedUntil, timeZone) - 1);
}
