import type { TravelClock } from '#domain/clock.ts';
import type { Database } from '#storage/database.ts';
import { nextDueInstant } from '#storage/next-due.ts';
import type { Application } from '../application.ts';
import type { LocalSlack } from './local-slack/local-slack.ts';

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

const month = 31 * 24 * 60 * 60_000;

/** Travels until the app posts something to anybody; a month on at the most. */
export async function travelToNextMessage(traveller: Traveller & { slack: LocalSlack }): Promise<number> {
  const { clock, database, delivery, slack } = traveller;
  const limit = clock.now() + month;
  let posted = false;
  const forget = slack.onChange((change) => {
    if (change.kind === 'message') posted = true;
  });
  try {
    await delivery.catchUp();
    while (!posted) {
      const next = await nextDue(database, clock.now());
      if (next === undefined || next > limit) break;
      clock.travelTo(next);
      await delivery.catchUp();
    }
  } finally {
    forget();
  }
  return clock.now();
}
