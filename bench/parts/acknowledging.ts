import { type ChildProcess, spawn } from 'node:child_process';
import path from 'node:path';
import { freePort } from '#test/postgres-server.ts';
import { said, start, stop } from '../child.ts';
import { type Databases, withClient } from '../databases.ts';
import { type Figure, median } from '../figures.ts';
import { loadCadences, loadPeople, now } from '../load.ts';
import type { Scale } from '../part.ts';
import type { LoadOrder, LoadResult } from '../programs/generate-load.ts';
import { type RequestKind, signingSecret } from '../slack-requests.ts';

const scales = {
  full: { reps: 800, seconds: 5, rounds: 3 },
  smoke: { reps: 16, seconds: 0.1, rounds: 1 },
};

const aims = { command: { p99: 3, throughput: 0.5 }, submission: { p99: 5 } };

/**
 * A command that answers from the database and a form that is saved, against a bare Bolt app that only acknowledges:
 * as many as go through, and the wait at half of what goes through the bare one. In turns; every process is one.
 */
export async function acknowledging(databases: Databases, scale: Scale): Promise<Figure[]> {
  const { reps } = scales[scale];
  const database = await databases.create('bench_acknowledging', (url) =>
    withClient(url, async (client) => {
      await loadPeople(client, { workspaces: 1, reps, zones: 5 });
      await loadCadences(client, { workspaces: 1, reps, zones: 5 }, 'later');
      await client.query('analyze');
    }),
  );
  const slack = start('instant-slack.ts');
  const bare = start('bare-bolt.ts');
  const generator = start('generate-load.ts');
  const slackUrl = await said<string>(slack, 'url');
  const product = await startProduct(database, slackUrl);
  try {
    const [bareUrl] = await Promise.all([said<string>(bare, 'url'), said(generator, 'ready')]);
    return await compare({ bare: bareUrl, product: product.url }, generator, scales[scale]);
  } finally {
    await Promise.all([generator, bare, slack].map(stop));
    await product.stop();
    await databases.drop('bench_acknowledging');
  }
}

async function compare(
  urls: { bare: string; product: string },
  generator: ChildProcess,
  { reps, seconds, rounds }: (typeof scales)[Scale],
): Promise<Figure[]> {
  let run = 0;
  const load = async (url: string, kind: RequestKind, rate?: number): Promise<LoadResult> => {
    run += 1;
    const order: LoadOrder = { url, kind, run: `${Date.now()}.${run}`, reps, seconds, ...(rate && { rate }) };
    generator.send(order);
    return said<LoadResult>(generator, 'result');
  };
  const kinds = ['command', 'submission'] as const;
  const figures: Figure[] = [];
  for (const kind of kinds) {
    for (const url of [urls.bare, urls.product]) await load(url, kind);
    const most = { bare: [] as number[], product: [] as number[] };
    for (let round = 0; round < rounds; round += 1) {
      most.bare.push((await load(urls.bare, kind)).perSecond);
      most.product.push((await load(urls.product, kind)).perSecond);
    }
    const half = median(most.bare) / 2;
    const waits = { bare: [] as number[], product: [] as number[] };
    const refused: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      waits.bare.push((await load(urls.bare, kind, half)).p99);
      const ours = await load(urls.product, kind, half);
      waits.product.push(ours.p99);
      refused.push(ours.refused / ours.answered);
    }
    const throughput = aims[kind];
    figures.push(
      {
        what: `${kind}s, as many as go through`,
        value: median(most.product),
        unit: '/s',
        against: { what: '/s bare', value: median(most.bare) },
        ratio: median(most.product) / median(most.bare),
        ...('throughput' in throughput && { aim: { least: throughput.throughput } }),
      },
      {
        what: `${kind}s at ${Math.round(half)}/s, p99; ${Math.round(median(refused) * 100)} % not served`,
        value: median(waits.product),
        unit: 'ms',
        against: { what: 'ms bare', value: median(waits.bare) },
        ratio: median(waits.product) / median(waits.bare),
        aim: { most: aims[kind].p99 },
      },
    );
  }
  return figures;
}

/** The product as it is started in production, but for the pace of a person; taking requests and sending nothing. */
async function startProduct(
  database: string,
  slackUrl: string,
): Promise<{ url: string; stop: () => Promise<void> }> {
  const port = await freePort();
  const program = path.resolve(import.meta.dirname, '../programs/product.ts');
  const child = spawn(process.execPath, [program], {
    stdio: ['ignore', 'inherit', 'inherit'],
    env: {
      PATH: process.env['PATH'],
      DATABASE_URL: database,
      SLACK_BOT_TOKEN: 'xoxb-bench',
      SLACK_SIGNING_SECRET: signingSecret,
      SLACK_API_URL: slackUrl,
      SIDELINE_ROLE: 'web',
      SIDELINE_NOW: new Date(now).toISOString(),
      // What it says under too much load is counted where it is received.
      LOG_LEVEL: 'silent',
      PORT: String(port),
    },
  });
  await untilReady(child, `http://127.0.0.1:${port}/readyz`);
  return {
    url: `http://127.0.0.1:${port}/slack/events`,
    async stop() {
      const gone = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGTERM');
      await gone;
    },
  };
}

async function untilReady(child: ChildProcess, url: string): Promise<void> {
  while (child.exitCode === null) {
    const ready = await fetch(url).then(
      (response) => response.ok,
      // Not listening yet.
      () => false,
    );
    if (ready) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error(`the application ended with ${child.exitCode} before it was ready`);
}
