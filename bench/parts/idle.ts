import type { Delivery } from '#delivery/delivery.ts';
import { travelClock } from '#domain/clock.ts';
import { openPostgres } from '#storage/postgres.ts';
import { crowdOf, crowds } from '../crowd.ts';
import type { Databases } from '../databases.ts';
import { type Figure, median } from '../figures.ts';
import { now } from '../load.ts';
import type { Scale } from '../part.ts';
import { createWorker } from '../worker.ts';

/** Ticks in which nothing is due, over few cadences and over many, in turns. */
export async function idle(databases: Databases, scale: Scale): Promise<Figure[]> {
  const [few, many] = crowds[scale];
  const ofFew = openPostgres(await crowdOf(databases, few));
  const ofMany = openPostgres(await crowdOf(databases, many));
  const clock = travelClock(now);
  const overFew = createWorker({ database: ofFew, clock });
  const overMany = createWorker({ database: ofMany, clock });
  const ticks = scale === 'full' ? 60 : 3;
  const fewTook: number[] = [];
  const manyTook: number[] = [];
  for (let tick = -3; tick < ticks; tick += 1) {
    const [one, other] = [await millisecondsOfTick(overFew), await millisecondsOfTick(overMany)];
    // The first few make plans and connections.
    if (tick < 0) continue;
    fewTook.push(one);
    manyTook.push(other);
  }
  await Promise.all([ofFew.close(), ofMany.close()]);
  return [
    {
      what: `idle tick over ${few.workspaces * few.reps} and ${many.workspaces * many.reps} cadences`,
      value: median(manyTook),
      unit: 'ms',
      against: { what: 'ms over the fewer', value: median(fewTook) },
      ratio: median(manyTook) / median(fewTook),
      aim: { most: 1.5 },
    },
  ];
}

async function millisecondsOfTick(worker: Delivery): Promise<number> {
  const began = performance.now();
  const { occurrences, fellDue, excused, expired } = await worker.tick();
  const took = performance.now() - began;
  if (occurrences + fellDue + excused + expired > 0) throw new Error('this tick was not idle');
  return took;
}
