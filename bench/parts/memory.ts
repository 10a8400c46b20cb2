import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { crowdOf, crowds } from '../crowd.ts';
import type { Databases } from '../databases.ts';
import { type Figure, median } from '../figures.ts';
import type { Scale } from '../part.ts';

const program = path.resolve(import.meta.dirname, '../programs/ticking-worker.ts');
const megabyte = 1024 * 1024;

/** What a worker of its own holds after some ticks, over few cadences and over many, in turns. */
export async function memory(databases: Databases, scale: Scale): Promise<Figure[]> {
  const [few, many] = crowds[scale];
  const [urlOfFew, urlOfMany] = [await crowdOf(databases, few), await crowdOf(databases, many)];
  const { rounds, ticks } = { full: { rounds: 3, ticks: 30 }, smoke: { rounds: 1, ticks: 1 } }[scale];
  const ofFew: Held[] = [];
  const ofMany: Held[] = [];
  for (let round = 0; round < rounds; round += 1) {
    ofFew.push(await heldAfter(ticks, urlOfFew));
    ofMany.push(await heldAfter(ticks, urlOfMany));
  }
  const counted = `${few.workspaces * few.reps} and ${many.workspaces * many.reps} cadences`;
  return (['rss', 'heapUsed'] as const).map((kind) => {
    const [less, more] = [ofFew, ofMany].map((held) => median(held.map((one) => one[kind])) / megabyte);
    return {
      what: `${kind === 'rss' ? 'memory' : 'heap'} of a worker over ${counted}`,
      value: more ?? Number.NaN,
      unit: 'MB',
      against: { what: 'MB over the fewer', value: less ?? Number.NaN },
      ratio: (more ?? Number.NaN) / (less ?? Number.NaN),
      aim: { most: 1.1 },
    };
  });
}

interface Held {
  heapUsed: number;
  rss: number;
}

async function heldAfter(ticks: number, url: string): Promise<Held> {
  const { stdout } = await promisify(execFile)(process.execPath, [
    '--expose-gc',
    program,
    url,
    String(ticks),
  ]);
  return JSON.parse(stdout) as Held;
}
