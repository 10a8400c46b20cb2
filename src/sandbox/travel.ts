import type { TravelClock } from '#domain/clock.ts';
import type { Database } from '#storage/database.ts';
import { nextDueInstant } from '#storage/next-due.ts';
import type { Application } from '../application.ts';

export interface Traveller {
  clock: TravelClock;
  database: Database;
  delivery: Application['delivery'];
}

/**
 * Lives the time up to an instant: from one moment at which something is due to the next, sending at each
 * what is due there. A jump would be an outage of that length, with all it excuses.
 */
export async function travelTo({ clock, database, delivery }: Traveller, instant: number): Promise<void> {
  await delivery.catchUp();
  for (;;) {
    const next = await nextDue(database, clock.now());
    if (next === undefined || next > instant) break;
    clock.travelTo(next);
    await delivery.catchUp();
  }
  if (instant > clock.now()) clock.travelTo(instant);
}

export async function nextDue(database: Database, after: number): Promise<number | undefined> {
  const next = await database.inPlanner((trx) => nextDueInstant(trx, new Date(after)));
  return next?.getTime();
}
