import fc from 'fast-check';
import { DateTime } from 'luxon';
import { putOffs } from '#domain/put-off.ts';
import { excuse } from '#services/excuse.ts';
import { putOffOccurrence } from '#services/put-off.ts';
import { setAbsence } from '#services/set-absence.ts';
import { setSlots } from '#services/set-slot.ts';
import { settleUncertain } from '#services/settle-uncertain.ts';
import { markMessagesOf } from '#storage/messages.ts';
import { markDone } from '#storage/occurrences.ts';
import { deliveriesNow, type OccurrenceNow, occurrencesNow } from './model-ledger.ts';
import { personOf, reportTo, workspaceId } from './model-people.ts';
import { localDay } from './model-rules.ts';
import {
  anybody,
  anyManager,
  anyNumber,
  anyRep,
  hour,
  minute,
  type Step,
  step,
  type Weighted,
} from './model-step.ts';
import { pause, resume, start } from './model-verbs.ts';
import type { World } from './model-world.ts';

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

/** What people do. */
export const deeds: Weighted = [
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
