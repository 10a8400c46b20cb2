/** A worker that ticks as often as it is told and says what it holds then. Wants --expose-gc. */

import { travelClock } from '#domain/clock.ts';
import { openPostgres } from '#storage/postgres.ts';
import { now } from '../load.ts';
import { createWorker } from '../worker.ts';

const [url = '', ticks = '1'] = process.argv.slice(2);
const database = openPostgres(url);
const worker = createWorker({ database, clock: travelClock(now) });
for (let tick = 0; tick < Number(ticks); tick += 1) await worker.tick();
if (globalThis.gc === undefined) throw new Error('run it with --expose-gc');
globalThis.gc();
const { heapUsed, rss } = process.memoryUsage();
console.log(JSON.stringify({ heapUsed, rss }));
await database.close();
