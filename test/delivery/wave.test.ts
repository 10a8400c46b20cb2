import { pino } from 'pino';
import { expect, test } from 'vitest';
import { drain } from '#delivery/drain.ts';
import { createQueue } from '#delivery/queue.ts';
import { markDone } from '#storage/occurrences.ts';
import { databaseKinds, openTestDatabase } from '#test/database.ts';
import { startManySlacks } from '#test/faults/many-slacks.ts';
import { settle, teamsOf, tokenOf } from '#test/faults/teams.ts';
import { singleWorkspaceApi } from '../../src/web-api.ts';
import { testClock } from './clock.ts';
import { asked, createEngine, tuesday, weekly } from './engine.ts';
import { due, occurrences } from './ledger.ts';
import { stages } from './stages.ts';

const setStage = stages();

/** More than one batch of them, which all are due at once; the first have nothing to be asked about any more. */
test.each(databaseKinds)('one drain sends a whole wave, however long (%s)', async (database) => {
  const early = Array.from({ length: 20 }, (_, number) => ({
    manager: `early${number}`,
    rep: `earlyrep${number}`,
  }));
  const later = Array.from({ length: 45 }, (_, number) => ({
    manager: `late${number}`,
    rep: `laterep${number}`,
  }));
  const stage = await setStage({
    database,
    pairs: [
      ...early.map((pair) => ({ ...pair, rule: weekly(4, '15:00') })),
      ...later.map((pair) => ({ ...pair, rule: weekly(4, '16:00') })),
    ],
  });
  const { slack, engine, clock } = stage;
  await engine.delivery.tick();
  const logged = (await occurrences(stage)).filter(({ about }) => about.startsWith('early'));
  await stage.database.inWorkspace(slack.workspaceId, async (trx) => {
    for (const { occurrence_id: id } of logged)
      await markDone(trx, slack.workspaceId, id, new Date(clock.now()));
  });

  await engine.travelTo('2026-03-05T15:29:59Z');
  engine.jumpTo(asked);
  await engine.drainOnce();
  const rows = await due(stage);
  expect(rows.filter(({ state }) => state === 'dropped')).toHaveLength(20);
  expect(rows.filter(({ state }) => state === 'delivered')).toHaveLength(45);
  expect([...slack.faulty.copiesByKey().values()]).toEqual(new Array(45).fill(1));
});

test('beside a large workspace that has used up what Slack allows, a small one is through before it is half-way', {
  timeout: 120_000,
}, async () => {
  const [large, small] = ['TF001', 'TF002'] as const;
  const [many, few] = [202, 4];
  // So much a minute, and more than half of the large one's.
  const limit = 110;
  const teams = teamsOf({ workspaces: 2, managers: many, minutes: 1 });
  teams[1]?.pairs.splice(few);
  const slacks = await startManySlacks(teams, 1, {});
  const database = await openTestDatabase('postgres');
  const clock = testClock(tuesday);
  await settle(database, teams);
  const queue = createQueue(database.boss, pino({ level: 'silent' }));
  await queue.start();
  const { context, delivery } = createEngine({
    clock,
    database,
    slack: { workspaceId: large, token: tokenOf(large), faulty: slacks.faulty },
    queue,
    settings: { limits: { 'chat.postMessage': limit } },
  });
  const apiOf = (id: string) => singleWorkspaceApi(slacks.faulty.apiUrl, tokenOf(id));
  context.slack = {
    ...context.slack,
    client: (id) => apiOf(id).client(id),
    token: (id) => apiOf(id).token(id),
  };
  await delivery.tick();
  for (const workspaceId of [large, small]) {
    const draining = {
      context,
      workspaceId,
      unfinishedReads: new Map(),
      stopping: () => false,
      unwatched: false,
    };
    while ((await drain.ahead(draining)).moved > 0);
  }

  clock.travelTo(Date.parse(asked));
  // The small one waits behind the large one, as long as that is being drained.
  await queue.hint([large, small].map((workspaceId) => ({ workspaceId, lane: 'posts' })));
  await delivery.start();
  const posts = () => slacks.faulty.accepted('chat.postMessage').map(({ token }) => token);
  await expect.poll(() => posts().length, { timeout: 60_000 }).toBe(limit + few);
  const order = posts();
  const lastOfSmall = order.lastIndexOf(tokenOf(small));
  expect(order.slice(0, lastOfSmall).filter((token) => token === tokenOf(large)).length).toBeLessThan(
    many / 2,
  );
  expect(order.filter((token) => token === tokenOf(small))).toHaveLength(few);
  await delivery.stop();
  await slacks.close();
  await database.close();
});
