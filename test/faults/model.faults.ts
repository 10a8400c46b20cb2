import { expect, test } from 'vitest';
import { holdToModel } from './model-run.ts';
import { chooseSeed } from './seed.ts';

const seed = chooseSeed();
const runs = Number(process.env['FAULTS_RUNS'] ?? 10_000);

/** While the database works for one, another is calculated here. */
const shards = process.env['FAULTS_PATH'] === undefined ? 2 : 1;

test(
  `whatever happens in whatever order, delivery does as the model says: ${runs} runs`,
  async () => {
    const began = Date.now();
    const lived = await Promise.all(
      Array.from({ length: shards }, (_, nth) =>
        holdToModel({ seed: seed + nth, runs: Math.ceil(runs / shards) }),
      ),
    );
    const sum = (of: 'runs' | 'commands' | 'posts'): number => lived.reduce((all, one) => all + one[of], 0);
    const seconds = Math.round((Date.now() - began) / 1000);
    console.log(`${sum('runs')} runs, ${sum('commands')} commands, ${sum('posts')} posts in ${seconds} s`);
    expect(sum('runs')).toBeGreaterThanOrEqual(shards === 1 ? 1 : runs);
  },
  2 * 60 * 60_000,
);
