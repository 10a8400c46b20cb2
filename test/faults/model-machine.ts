import fc from 'fast-check';
import type { Lane } from '#delivery/drain.ts';
import { nextDue } from '#sandbox/travel.ts';
import { nextMessage } from './model-ledger.ts';
import { people } from './model-people.ts';
import { observe } from './model-rules.ts';
import { callAnswers, postAnswers } from './model-slack.ts';
import { anyProcess, hour, minute, step, type Weighted } from './model-step.ts';
import { freeze, thaw, wait } from './model-verbs.ts';
import { processes, type Stop, stops, type World } from './model-world.ts';

/** What Slack does next: with the first post to each, and with some other calls. */
const troubles = fc.record({
  posts: fc.array(
    fc.oneof({ weight: 2, arbitrary: fc.constant('ok' as const) }, fc.constantFrom(...postAnswers)),
    { minLength: people.length, maxLength: people.length },
  ),
  calls: fc.oneof(
    { weight: 3, arbitrary: fc.constant([]) },
    fc.array(fc.constantFrom(...callAnswers), { maxLength: 3 }),
  ),
});
type Troubles = typeof troubles extends fc.Arbitrary<infer T> ? T : never;

function begin({ slack }: World, { posts, calls }: Troubles): void {
  slack.will(new Map(people.map(({ id }, index) => [id, posts[index] ?? 'ok'])), calls);
}

const inWords = ({ posts, calls }: Troubles): string =>
  `posts: ${posts.join(' | ')}; calls: ${calls.join(', ')}`;

const waits = (milliseconds: number) =>
  step({ name: `wait(${milliseconds})`, run: async (_, world) => wait(world, milliseconds) });

const pass = fc
  .oneof(
    fc.integer({ min: 1, max: 90 }).map((minutes) => minutes * minute),
    fc.integer({ min: 2, max: 72 }).map((hours) => hours * hour),
  )
  .map(waits);

/** Not enough for what was accepted late to be seen, for the fence, for the quarantine; and just enough. */
const shortly = fc.constantFrom(1_000, 22_000, 29_000, 31_000, 59_000).map(waits);

const quarantine = fc.constant(
  step({ name: 'quarantinePasses', run: async (_, world) => wait(world, minute) }),
);

/** To where something is to be sent, or else to where anything happens. */
async function toNextMoment(world: World): Promise<void> {
  const { clock, database } = world;
  const next = (await nextMessage(database, clock.now())) ?? (await nextDue(database, clock.now()));
  if (next !== undefined) wait(world, next - clock.now());
}

const comeDue = anyProcess.map((name) =>
  step({
    name: `comeDue(${name})`,
    async run(_, world) {
      await toNextMoment(world);
      await world.engines[name].delivery.tick();
    },
  }),
);

/** Ordinary life: from message to message, each lived. */
const live = fc
  .record({ moments: fc.integer({ min: 1, max: 3 }), troubles })
  .map(({ moments, troubles: given }) =>
    step({
      name: `live(${moments}, ${inWords(given)})`,
      async run(model, world) {
        begin(world, given);
        for (let nth = 0; nth < moments; nth += 1) {
          await toNextMoment(world);
          await world.engines.A.delivery.catchUp();
          await observe(model, world);
        }
      },
    }),
  );

const tick = anyProcess.map((name) =>
  step({ name: `tick(${name})`, run: (_, { engines }) => engines[name].delivery.tick() }),
);

const drainLane = (lane: Lane) =>
  fc.record({ name: anyProcess, troubles }).map(({ name, troubles: given }) =>
    step({
      name: `drain(${name}, ${lane}, ${inWords(given)})`,
      async run(_, world) {
        begin(world, given);
        await world.drain(name, lane);
      },
    }),
  );

const bothDrain = troubles.map((given) =>
  step({
    name: `bothDrain(${inWords(given)})`,
    async run(_, world) {
      begin(world, given);
      await Promise.all(processes.map((name) => world.drain(name, 'posts')));
    },
  }),
);

/** It stands, and mostly so long that others take over. */
const freezes = fc
  .record({
    stop: fc.constantFrom<Stop>(...stops),
    standing: fc.constantFrom(0, 31_000, minute, minute),
    troubles,
  })
  .map(({ stop, standing, troubles: given }) =>
    step({
      name: `freeze(${stop}, ${standing}, ${inWords(given)})`,
      may: ({ frozen }) => frozen.length < 3,
      async run(model, world) {
        begin(world, given);
        await freeze(model, world, stop);
        await observe(model, world);
        wait(world, standing);
      },
    }),
  );

const goOn = fc.constant(step({ name: 'thaw', may: ({ frozen }) => frozen.length > 0, run: thaw }));

/** What time, the processes and Slack do. */
export const machine: Weighted = [
  [5, live],
  [12, comeDue],
  [3, pass],
  [5, shortly],
  [4, quarantine],
  [2, tick],
  [10, drainLane('posts')],
  [2, drainLane('edits')],
  [2, bothDrain],
  [8, freezes],
  [4, goOn],
];
