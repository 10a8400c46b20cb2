import { pino } from 'pino';
import { createQueue } from '#delivery/queue.ts';
import { travelClock } from '#domain/clock.ts';
import { slackLimits } from '#domain/slack-limits.ts';
import { openPostgres } from '#storage/postgres.ts';
import { said, start, stop } from '../child.ts';
import { type Databases, withClient } from '../databases.ts';
import { loadDueCards, untilDelivered } from '../due-cards.ts';
import type { Figure } from '../figures.ts';
import { loadCadences, loadPeople, now } from '../load.ts';
import type { Scale } from '../part.ts';
import { createWorker } from '../worker.ts';

/**
 * Cards of two workspaces. Whole multiples of what Slack takes in a minute are the worst case for whoever keeps anything in
 * reserve, and the fewer minutes there are, the more does each late second weigh.
 */
const cards = { full: [900, 600], smoke: [10, 8] } as const;

/** Waves that are more than Slack takes in a minute, to a Slack that refuses what is too much; in real minutes. */
export async function limits(databases: Databases, scale: Scale): Promise<Figure[]> {
  const waves = cards[scale];
  const most = slackLimits['chat.postMessage'] ?? Number.NaN;
  const company = { workspaces: waves.length, reps: waves[0], zones: 1 };
  const url = await databases.create('bench_limits', (empty) =>
    withClient(empty, async (client) => {
      await loadPeople(client, company);
      await loadCadences(client, company, 'later');
      await loadDueCards(client);
      await client.query(
        `delete from delivery_occurrence where workspace_id = 'T1' and delivery_id in (
           select delivery_id from delivery where workspace_id = 'T1' and substr(receiver_id, 2)::int >= $1)`,
        [waves[1]],
      );
      await client.query(
        `delete from delivery where workspace_id = 'T1' and substr(receiver_id, 2)::int >= $1`,
        [waves[1]],
      );
    }),
  );
  const slack = start('instant-slack.ts', String(most));
  const database = openPostgres(url);
  try {
    const slackUrl = await said<string>(slack, 'url');
    const queue = createQueue(database.boss, pino({ level: 'error' }));
    await queue.start();
    const worker = createWorker({ database, clock: travelClock(now), slackUrl, queue });
    const began = performance.now();
    await worker.start();
    const done = await withClient(url, (watching) => untilDelivered(watching, waves.length));
    await worker.stop();
    slack.send('how many were refused?');
    const refused = await said<number>(slack, 'refused');
    return waves.map((wave, number) => {
      const took = ((done[number] ?? Number.NaN) - began) / 1000;
      // All that a minute takes at its very beginning, and again as soon as the next begins.
      const least = Math.floor((wave - 1) / most) * 60;
      return {
        what: `${wave} posts where ${most} a minute are taken; ${refused} refused in all`,
        value: took,
        unit: 's',
        ...(least > 0 && {
          against: { what: 's at the least', value: least },
          ratio: took / least,
          aim: { most: 1.1 },
        }),
      };
    });
  } finally {
    await stop(slack);
    await database.close();
    await databases.drop('bench_limits');
  }
}
