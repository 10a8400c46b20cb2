import type { Logger } from 'pino';
import { travelClock } from '#domain/clock.ts';
import type { Database } from '#storage/database.ts';
import type { Config } from '../../config.ts';
import { historyStart, liveThroughHistory, sandboxStart, usualSeed } from '../history.ts';
import { startLocalSlack } from '../local-slack/local-slack.ts';
import { startOn } from '../sandbox.ts';
import { workspaceOf } from '../workspace.ts';
import type { KeptPast } from './kept-past.ts';
import { allRows } from './rows.ts';

interface Options {
  config: Config;
  log: Logger;
  /** An empty one; any of the two kinds, since both live the same. */
  database: Database;
  /** The whole past, if not said. */
  until?: number;
}

/** Lives the past by the product's own services, and answers what of it there is to keep. */
export async function livePast(options: Options): Promise<Pick<KeptPast, 'state' | 'rows'>> {
  const { config, log, database, until = sandboxStart } = options;
  const clock = travelClock(historyStart);
  const slack = await startLocalSlack(workspaceOf(clock));
  try {
    const application = await startOn(slack, { config, log, clock, database });
    const { delivery } = application;
    try {
      const past = { application, slack, clock, database, delivery };
      await liveThroughHistory(past, { seed: usualSeed, until });
    } finally {
      await application.stop();
    }
    return {
      state: { businessNow: clock.now(), slack: slack.snapshot() },
      rows: await allRows(database.owner),
    };
  } finally {
    await slack.close();
  }
}
