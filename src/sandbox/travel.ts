import { setTimeout as elapse } from 'node:timers/promises';
import type { TravelClock } from '#domain/clock.ts';
import type { Database } from '#storage/database.ts';
import { nextDueInstant, nextRetryInstant } from '#storage/next-due.ts';
import type { Application } from '../application.ts';
import type { LocalSlack } from './local-slack/local-slack.ts';

export interface Traveller {
  clock: TravelClock;
  database: Database;
  delivery: Application['delivery'];
  /**
   * For how many milliseconds a journey stands still, all in all, where what is due has to be tried again later.
   * A retry waits for machine time, which no journey moves: without this a call that was once too slow would leave
   * somebody without messages for as much as a week.
   */
  patience?: number;
}

/** Sends what is due at this moment. */
function sendingAt({ clock, database, delivery, patience = 0 }: Traveller): () => Promise<void> {
  let left = patience;
  return async () => {
    for (;;) {
      await delivery.catchUp();
      const again = left > 0 ? await nextRetry(database, clock.now()) : undefined;
      const wait = again === undefined ? Number.POSITIVE_INFINITY : again - clock.machineNow();
      if (wait > left) return;
      left -= Math.max(wait, 1);
      await elapse(Math.max(wait, 1));
    }
  };
}

/**
 * Lives the time up to an instant: from one moment at which something is due to the next, sending at each
 * what is due there. A jump would be an outage of that length, with all it excuses.
 */
export async function travelTo(traveller: Traveller, instant: number): Promise<void> {
  const { clock, database } = traveller;
  const send = sendingAt(traveller);
  await send();
  for (;;) {
    const next = await nextDue(database, clock.now());
    if (next === undefined || next > instant) break;
    clock.travelTo(next);
    await send();
  }
  if (instant > clock.now()) clock.travelTo(instant);
}

export async function nextDue(database: Database, after: number): Promise<number | undefined> {
  const next = await database.inPlanner((trx) => nextDueInstant(trx, new Date(after)));
  return next?.getTime();
}

/** In machine time. */
async function nextRetry(database: Database, now: number): Promise<number | undefined> {
  const next = await database.inPlanner((trx) => nextRetryInstant(trx, new Date(now)));
  return next?.getTime();
}

const month = 31 * 24 * 60 * 60_000;

/** Travels until the app posts something to anybody; a month on at the most. */
export async function travelToNextMessage(traveller: Traveller & { slack: LocalSlack }): Promise<number> {
  const { clock, database, slack } = traveller;
  const send = sendingAt(traveller);
  const limit = clock.now() + month;
  let posted = false;
  const forget = slack.onChange((change) => {
    if (change.kind === 'message') posted = true;
  });
  try {
    await send();
    while (!posted) {
      const next = await nextDue(database, clock.now());
      if (next === undefined || next > limit) break;
      clock.travelTo(next);
      await send();
    }
  } finally {
    forget();
  }
  return clock.now();
}
