import { pino } from 'pino';
import { afterEach, expect, test } from 'vitest';
import type { Delivery } from '#delivery/delivery.ts';
import { createQueue } from '#delivery/queue.ts';
import { databaseKinds } from '#test/database.ts';
import { asked, createEngine, type Engine, type Stage } from './engine.ts';
import { due } from './ledger.ts';
import { stages } from './stages.ts';

const setStage = stages();

const post = 'chat.postMessage';
const managers = ['ann', 'ben', 'cem'];
const pairs = managers.map((manager) => ({ manager, rep: `${manager}sen` }));

const running: Delivery[] = [];
// Before the database is emptied: what still runs would wait for its tables.
afterEach(() => Promise.all(running.splice(0).map((delivery) => delivery.stop())));

/** The same with the real queue, as it runs in production; at the time when messages are due. */
async function run(stage: Stage): Promise<Engine> {
  await stage.engine.travelTo('2026-03-05T16:29:59Z');
  const queue = createQueue(stage.database.boss, pino({ level: 'silent' }));
  await queue.start();
  const engine = createEngine({ ...stage, queue });
  running.push(engine.delivery);
  await engine.delivery.start();
  engine.jumpTo(asked);
  return engine;
}

test.each(databaseKinds)('what is due goes out through the queue after a tick (%s)', async (database) => {
  const stage = await setStage({ database, pairs });
  const engine = await run(stage);
  await engine.delivery.tick();
  for (const manager of managers) {
    await stage.slack.faulty.untilRequest(
      ({ method, answer, body }) =>
        method === post && answer !== undefined && JSON.stringify(body).includes(manager),
    );
  }
  await engine.delivery.stop();
  expect(await due(stage)).toMatchObject(new Array(3).fill({ state: 'delivered' }));
});

test.each(databaseKinds)(
  'stopping settles the post that is under way and begins no other (%s)',
  async (database) => {
    const stage = await setStage({ database, pairs });
    const engine = await run(stage);
    const hold = stage.slack.faulty.hold(post, 'answer');
    await engine.delivery.tick();
    await hold.untilHeld();
    const stopped = engine.delivery.stop();
    hold.release();
    await stopped;
    const answers = (await due(stage)).map(({ state, last_answer }) => `${state} ${last_answer}`).sort();
    expect(answers).toEqual(['delivered ok', 'pending released', 'pending released']);
    expect(stage.slack.faulty.accepted(post)).toHaveLength(1);

    // Another process takes over at once: what was released is in no quarantine.
    await createEngine({ ...stage, clock: engine.clock }).catchUp();
    for (const manager of managers) expect(await stage.slack.messagesTo(manager)).toHaveLength(1);
  },
);

test('a drain that fails is told in the log, and the next tick does it again', async () => {
  const stage = await setStage({ pairs });
  await stage.engine.travelTo('2026-03-05T16:29:59Z');
  const told = Promise.withResolvers<unknown>();
  const queue = createQueue(stage.database.boss, pino({ level: 'silent' }));
  await queue.start();
  let broken = false;
  const { database } = stage;
  const engine = createEngine({
    ...stage,
    queue,
    database: {
      ...database,
      inWorkspace: (workspaceId, work) =>
        broken ? Promise.reject(new Error('away for a moment')) : database.inWorkspace(workspaceId, work),
    },
  });
  engine.context.log = pino({ level: 'error' }, { write: (line: string) => told.resolve(JSON.parse(line)) });
  running.push(engine.delivery);
  await engine.delivery.start();
  engine.jumpTo(asked);
  broken = true;
  await engine.delivery.tick();
  expect(await told.promise).toMatchObject({ msg: 'a drain failed', workspaceId: stage.slack.workspaceId });

  broken = false;
  await engine.delivery.tick();
  await stage.slack.faulty.untilRequest(({ method, answer }) => method === post && answer !== undefined);
  await engine.delivery.stop();
  const delivered = (await due(stage)).filter(({ state }) => state === 'delivered');
  expect(delivered.length).toBeGreaterThan(0);
});
