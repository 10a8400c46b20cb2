import fc from 'fast-check';
import { newModel } from './model.ts';
import { anyCommands } from './model-commands.ts';
import { finish } from './model-end.ts';
import { follow } from './model-rules.ts';
import { openGrounds } from './model-world.ts';

/** Mondays: an ordinary one, and those before the clocks change in New York, and in Berlin. */
const mondays = ['2026-03-02T05:00:00Z', '2026-03-23T05:00:00Z', '2026-10-19T05:00:00Z'].map((one) =>
  Date.parse(one),
);

const most = 24;

export interface ModelRuns {
  seed: number;
  runs: number;
}

/** What has been lived. */
export interface Lived {
  runs: number;
  commands: number;
  posts: number;
}

/**
 * Holds the product to the model, run after run, on one database. FAULTS_PATH comes back to one run of a seed, as it
 * was printed.
 */
export async function holdToModel({ seed, runs }: ModelRuns): Promise<Lived> {
  const path = process.env['FAULTS_PATH'];
  const lived: Lived = { runs: 0, commands: 0, posts: 0 };
  const grounds = await openGrounds();
  // Mostly it has begun; that nothing comes before is seen in the others.
  const started = fc.constantFrom(true, true, true, false);
  const anyRun = fc.asyncProperty(
    fc.constantFrom(...mondays),
    started,
    anyCommands(most),
    async (monday, isStarted, commands) => {
      const { world, steps } = await grounds.begin(monday, isStarted);
      const model = newModel(isStarted);
      for (const step of steps) follow(model, step, monday);
      try {
        await fc.asyncModelRun(() => ({ model, real: world }), commands);
        await finish(model, world);
      } finally {
        await world.abandon();
      }
      lived.runs += 1;
      lived.commands += model.actors;
      lived.posts += model.seen.length;
    },
  );
  try {
    await fc.assert(anyRun, { seed, numRuns: runs, ...(path !== undefined && { path }) });
  } finally {
    await grounds.close();
  }
  return lived;
}
