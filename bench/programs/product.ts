/**
 * The product as src/main.ts starts it, in all but one thing: the people of a benchmark ask more often than people can,
 * and would be asked to wait.
 */

import { clockStartingAt, systemClock } from '#domain/clock.ts';
import { anyPace } from '#slack/pace.ts';
import { openDatabase } from '#storage/open.ts';
import { startApplication } from '../../src/application.ts';
import { readConfig } from '../../src/config.ts';
import { createLog } from '../../src/log.ts';

const read = readConfig(process.env);
if (!read.ok) throw new Error(read.problems.join('\n'));
const { config } = read;
const database = await openDatabase(config);
const application = await startApplication({
  config,
  clock: config.startAt === undefined ? systemClock : clockStartingAt(config.startAt),
  database,
  log: createLog(config.logLevel),
  pace: anyPace,
});
process.once('SIGTERM', async () => {
  await application.stop();
  await database.close();
  process.exit(0);
});
