import fc from 'fast-check';
import { DateTime } from 'luxon';
import type { Lane } from '#delivery/drain.ts';
import { putOffs } from '#domain/put-off.ts';
import { nextDue } from '#sandbox/travel.ts';
import { excuse } from '#services/excuse.ts';
import { putOffOccurrence } from '#services/put-off.ts';
import { setAbsence } from '#services/set-absence.ts';
import { setSlots } from '#services/set-slot.ts';
import { settleUncertain } from '#services/settle-uncertain.ts';
import { markMessagesOf } from '#storage/messages.ts';
import { markDone } from '#storage/occurrences.ts';
import type { Model } from './model.ts';
import { deliveriesNow, nextMessage, type OccurrenceNow, occurrencesNow } from './model-ledger.ts';
import { people, personOf, reportTo, workspaceId } from './model-people.ts';
import { localDay, observe } from './model-rules.ts';
import { callAnswers, postAnswers } from './model-slack.ts';
import { actsAnew, freeze, pause, resume, start, thaw, wait } from './model-verbs.ts';
import { processes, type Stop, stops, type World } from './model-world.ts';

type Step = fc.AsyncCommand<Model, World>;

interface Command {
  name: string;
  may?(model: Model): boolean;
  run(model: Model, world: World): Promise<unknown>;
}

/** After each, what has come of it is looked at. */
const step = ({ name, may = () => true, run }: Command): Step => ({
  check: may,
  async run(model, world) {
    actsAnew(model);
    await run(model, world);
    await observe(model, world);
  },
  toString: () => name,
});

const minute = 60_000;
const hour = 60 * minute;
const anyProcess = fc.constantFrom(...processes);
const anyManager = fc.constantFrom(...people.filter(({ role }) => role === 'manager').map(({ id }) => id));
const anyRep = fc.constantFrom(...people.filter(({ role }) => role === 'rep').map(({ id }) => id));
const anybody = fc.constantFrom(...people.map(({ id }) => id));
const anyNumber = fc.nat(30);

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

const pass = fc
  .oneof(
    { weight: 2, arbitrary: fc.integer({ min: 1, max: 90 }).map((minutes) => minutes * minute) },
    fc.integer({ min: 2, max: 72 }).map((hours) => hours * hour),
    // Just not enough, and just enough.
    fc.constantFrom(1_000, 29_000, 31_000),
  )
  .map((milliseconds) =>
    step({ name: `wait(${milliseconds})`, run: async (_, world) => wait(world, milliseconds) }),
  );

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
    standing: fc.constantFrom(0, minute, minute, 2 * minute),
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

/** One that is open and about to be asked, or has been. */
async function openOne({ database, clock }: World, nth: number): Promise<OccurrenceNow | undefined> {
  const open = (await occurrencesNow(database)).filter(
    ({ state, dueAt }) => (state === 'planned' || state === 'due') && dueAt < clock.now() + 72 * hour,
  );
  return open[nth % open.length];
}

const onOpen = (
  name: string,
  run: (one: OccurrenceNow, world: World) => Promise<unknown>,
): fc.Arbitrary<Step> =>
  anyNumber.map((nth) =>
    step({
      name: `${name}(${nth})`,
      async run(_, world) {
        const one = await openOne(world, nth);
        if (one !== undefined) await run(one, world);
      },
    }),
  );

const log = onOpen('log', ({ id }, { database, clock }) =>
  database.inWorkspace(workspaceId, async (trx) => {
    await markDone(trx, workspaceId, id, new Date(clock.now()));
    await markMessagesOf(trx, workspaceId, id);
  }),
);

const excuseOne = onOpen('excuse', ({ id, askedId }, { engines }) =>
  excuse(engines.A.context, workspaceId, {
    personId: askedId,
    occurrenceIds: [id],
    excuse: 'customer_first',
    words: undefined,
  }),
);

const putOffOne = fc
  .constantFrom(...putOffs)
  .chain((wanted) =>
    onOpen(`putOff ${wanted}`, ({ id, askedId }, { engines }) =>
      putOffOccurrence(engines.B.context, workspaceId, { personId: askedId, occurrenceId: id, wanted }),
    ),
  );

const begins = fc.constant(step({ name: 'start', may: ({ started }) => !started, run: start }));
const pauses = fc.constant(
  step({ name: 'pause', may: ({ started, paused }) => started && paused === undefined, run: pause }),
);
const resumes = fc.constant(step({ name: 'resume', may: ({ paused }) => paused !== undefined, run: resume }));

async function setStatus({ database }: World, id: string, status: 'active' | 'deactivated'): Promise<void> {
  await database.inWorkspace(workspaceId, (trx) =>
    trx
      .updateTable('member')
      .set({ status })
      .where('workspace_id', '=', workspaceId)
      .where('user_id', '=', id)
      .execute(),
  );
}

const leaves = anybody.map((id) =>
  step({
    name: `deactivate(${id})`,
    may: ({ inactive }) => !inactive.has(id),
    async run(model, world) {
      await setStatus(world, id, 'deactivated');
      model.inactive.set(id, world.clock.now());
    },
  }),
);

const returns = anybody.map((id) =>
  step({
    name: `reactivate(${id})`,
    may: ({ inactive }) => inactive.has(id),
    async run(model, world) {
      await setStatus(world, id, 'active');
      model.inactive.delete(id);
    },
  }),
);

const changeManager = fc.record({ repId: anyRep, managerId: anyManager }).map(({ repId, managerId }) =>
  step({
    name: `changeManager(${repId}, ${managerId})`,
    may: ({ managerOf }) => managerOf.get(repId) !== managerId,
    async run(model, { database, clock }) {
      // One line begins at an instant.
      if (model.lastChangeOfManager === clock.now()) return;
      const at = new Date(clock.now());
      model.managerOf.set(repId, managerId);
      model.lastChangeOfManager = clock.now();
      await database.inWorkspace(workspaceId, (trx) => reportTo(trx, model.managerOf, at));
    },
  }),
);

const isAway = fc
  .record({
    personId: anybody,
    from: fc.nat(4),
    days: fc.integer({ min: 1, max: 9 }),
    standInId: fc.option(anyManager, { nil: undefined }),
  })
  .map(({ personId, from, days, standInId }) =>
    step({
      name: `away(${personId}, in ${from} for ${days} days, ${standInId})`,
      async run(model, { engines, clock }) {
        const today = DateTime.fromISO(localDay(clock.now(), personOf(personId).zone));
        const firstDay = today.plus({ days: from }).toFormat('yyyy-MM-dd');
        const lastDay = today.plus({ days: from + days - 1 }).toFormat('yyyy-MM-dd');
        const wish = { memberId: personId, replaces: undefined, firstDay, lastDay, standInId, isSure: true };
        const set = await setAbsence(engines.A.context, workspaceId, wish);
        if (set.ok) model.away.push({ personId, firstDay, lastDay, since: clock.now() });
      },
    }),
  );

const movesSlot = fc
  .record({
    repId: anyRep,
    weekday: fc.integer({ min: 1, max: 5 }),
    time: fc.constantFrom('09:00', '11:30', '16:45'),
    rhythm: fc.constantFrom('1' as const, '2' as const, '2-next' as const),
    pausedFor: fc.option(fc.integer({ min: 1, max: 14 }), { nil: undefined }),
  })
  .map(({ repId, pausedFor, ...slot }) =>
    step({
      name: `setSlot(${repId}, ${Object.values(slot).join(' ')}, paused for ${pausedFor})`,
      async run({ managerOf }, { engines, clock }) {
        const managerId = managerOf.get(repId) ?? '';
        const today = DateTime.fromISO(localDay(clock.now(), personOf(managerId).zone));
        const rest =
          pausedFor === undefined ? null : { until: today.plus({ days: pausedFor }).toFormat('yyyy-MM-dd') };
        const wish = { repId, change: { slot, pause: rest } };
        await setSlots(engines.B.context, workspaceId, managerId, [wish]);
      },
    }),
  );

/** Who looks early sees less than Slack will show, so that an operator looks once the quarantine is over. */
const operator = anyNumber.map((nth) =>
  step({
    name: `operatorSettles(${nth})`,
    async run(_, { engines, database, slack, clock }) {
      const unsure = (await deliveriesNow(database)).filter(
        ({ state, begunAt }) => state === 'uncertain' && (begunAt ?? 0) + minute <= clock.machineNow(),
      );
      const one = unsure[nth % unsure.length];
      if (one === undefined) return;
      const verdict = slack.stands(one.key) ? 'delivered' : 'not-sent';
      await settleUncertain(engines.A.context, workspaceId, one.id, verdict);
    },
  }),
);

/** Rather often what the machine does, and now and then what people do. */
const weights: [weight: number, command: fc.Arbitrary<Step>][] = [
  [5, live],
  [12, comeDue],
  [4, pass],
  [4, quarantine],
  [2, tick],
  [10, drainLane('posts')],
  [2, drainLane('edits')],
  [2, bothDrain],
  [8, freezes],
  [4, goOn],
  [3, log],
  [2, excuseOne],
  [3, putOffOne],
  [2, begins],
  [2, pauses],
  [3, resumes],
  [1, leaves],
  [2, returns],
  [2, changeManager],
  [2, isAway],
  [2, movesSlot],
  [2, operator],
];

const anyStep = fc.oneof(...weights.map(([weight, arbitrary]) => ({ weight, arbitrary })));

export const anyCommands = (most: number) => fc.commands([anyStep], { maxCommands: most, size: 'max' });
