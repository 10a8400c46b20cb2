import { pino } from 'pino';
import { postMessage } from '#delivery/post.ts';
import { createQueue } from '#delivery/queue.ts';
import { travelClock } from '#domain/clock.ts';
import { openPostgres } from '#storage/postgres.ts';
import { said, start, stop } from '../child.ts';
import { type Databases, withClient } from '../databases.ts';
import { loadDueCards, untilDelivered } from '../due-cards.ts';
import { type Figure, median } from '../figures.ts';
import { type Company, loadCadences, loadPeople, now } from '../load.ts';
import type { Scale } from '../part.ts';
import { countRoundTrips, roundTrips } from '../round-trips.ts';
import { createWorker } from '../worker.ts';

const scales = {
  full: { company: { workspaces: 20, reps: 120, zones: 1 }, rounds: 3 },
  smoke: { company: { workspaces: 2, reps: 10, zones: 1 }, rounds: 1 },
};

const template = 'bench_to_drain';

/**
 * Cards that are all due, drained through the queue by one process, to a Slack that answers at once; and as many bare
 * posts to the same Slack, as many at a time as workspaces are drained at once. In turns.
 */
export async function draining(databases: Databases, scale: Scale): Promise<Figure[]> {
  const { company, rounds } = scales[scale];
  const deliveries = company.workspaces * company.reps;
  await databases.create(template, (url) =>
    withClient(url, async (client) => {
      await loadPeople(client, company);
      await loadCadences(client, company, 'later');
      await loadDueCards(client);
    }),
  );
  const slack = start('instant-slack.ts');
  const drained: Drained[] = [];
  const bare: Spent[] = [];
  try {
    const slackUrl = await said<string>(slack, 'url');
    countRoundTrips();
    for (let round = 0; round < rounds; round += 1) {
      drained.push(await drainAll(await databases.copy(template, 'bench_draining'), slackUrl, company));
      bare.push(await spentOn(() => postBare(slackUrl, deliveries)));
    }
  } finally {
    await stop(slack);
    await databases.drop('bench_draining');
    await databases.drop(template);
  }
  const perSecond = (all: Spent[], by: keyof Spent) => median(all.map((one) => deliveries / one[by]));
  const compared = (by: keyof Spent, unit: string): Figure => ({
    what: `${deliveries} cards to a Slack that answers at once`,
    value: perSecond(drained, by),
    unit,
    against: { what: 'bare posts', value: perSecond(bare, by) },
    ratio: perSecond(drained, by) / perSecond(bare, by),
  });
  return [
    compared('seconds', 'deliveries/s'),
    compared('cpuSeconds', 'deliveries/s of CPU'),
    {
      what: 'database round trips for each',
      value: median(drained.map((one) => one.roundTrips / deliveries)),
      unit: '',
      aim: { most: 3 },
    },
  ];
}

interface Spent {
  seconds: number;
  cpuSeconds: number;
}

interface Drained extends Spent {
  roundTrips: number;
}

async function drainAll(url: string, slackUrl: string, { workspaces }: Company): Promise<Drained> {
  const database = openPostgres(url);
  const queue = createQueue(database.boss, pino({ level: 'error' }));
  await queue.start();
  const worker = createWorker({ database, clock: travelClock(now), slackUrl, queue });
  const before = roundTrips();
  const spent = await withClient(url, (watching) =>
    spentOn(async () => {
      await worker.start();
      await untilDelivered(watching, workspaces);
    }),
  );
  const made = roundTrips() - before;
  await worker.stop();
  await database.close();
  return { ...spent, roundTrips: made };
}

const atOnce = 4;

async function postBare(slackUrl: string, posts: number): Promise<void> {
  let left = posts;
  const lane = async (): Promise<void> => {
    while (left > 0) {
      left -= 1;
      const body = { channel: 'D0r0', text: 'x'.repeat(1_500) };
      const outcome = await postMessage({
        apiUrl: slackUrl,
        token: 'xoxb-bench',
        body,
        mayStillPost: () => true,
        timeout: 10_000,
      });
      if (outcome.kind !== 'sent') throw new Error(`a bare post was not sent: ${outcome.kind}`);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, lane));
}

async function spentOn(work: () => Promise<unknown>): Promise<Spent> {
  const [cpu, began] = [process.cpuUsage(), performance.now()];
  await work();
  const { user, system } = process.cpuUsage(cpu);
  return { seconds: (performance.now() - began) / 1000, cpuSeconds: (user + system) / 1e6 };
}
