import { pino } from 'pino';
import { afterEach, describe, expect, test } from 'vitest';
import type { Delivery } from '#delivery/delivery.ts';
import { createQueue } from '#delivery/queue.ts';
import { shutDatabase } from '#test/storage/outage.ts';
import { createEngine, type Engine, quarantine, type Stage } from './engine.ts';
import { due } from './ledger.ts';
import { stages } from './stages.ts';

const setStage = stages();

const post = 'chat.postMessage';
const managers = ['ann', 'ben', 'cem', 'dan'];
const pairs = managers.map((manager) => ({ manager, rep: `${manager}sen` }));
const before = '2026-03-05T16:29:59Z';
const asked = '2026-03-05T16:30:00Z';

const running: Delivery[] = [];
// Before the database is emptied: what still runs would wait for its tables.
afterEach(() => Promise.all(running.splice(0).map((delivery) => delivery.stop())));

async function expectOneEach(stage: Stage): Promise<void> {
  for (const manager of managers) expect(await stage.slack.messagesTo(manager)).toHaveLength(1);
  expect(await due(stage)).toMatchObject(managers.map(() => ({ state: 'delivered' })));
}

describe('while the database is away', () => {
  /** As in production, with the real queue; `troubles` resolves when it has failed so often by itself. */
  async function run(stage: Stage): Promise<{
    engine: Engine;
    troubles(count: number): Promise<void>;
    drainHasFailed: Promise<void>;
  }> {
    let failures = 0;
    const waiting: (() => void)[] = [];
    const write = (): void => {
      failures += 1;
      for (const look of waiting) look();
    };
    const queue = createQueue(stage.database.boss, pino({ level: 'error' }, { write }));
    await queue.start();
    const drain = Promise.withResolvers<void>();
    const toldOfDrain = (line: string): void => {
      if (line.includes('a drain failed')) drain.resolve();
    };
    const engine = createEngine({ ...stage, queue, log: pino({ level: 'error' }, { write: toldOfDrain }) });
    running.push(engine.delivery);
    await engine.delivery.start();
    return {
      engine,
      drainHasFailed: drain.promise,
      troubles: (count) =>
        new Promise((resolve) => {
          const look = (): void => {
            if (failures >= count) resolve();
          };
          waiting.push(look);
          look();
        }),
    };
  }

  const url = (stage: Stage): string => stage.database.url ?? '';
  const postsBegun = (stage: Stage) =>
    stage.slack.faulty.requests.filter(({ method }) => method === post).length;

  test('ticks fail and nothing else; once it is back, what is due goes out by itself, once', async () => {
    const stage = await setStage({ pairs });
    await stage.engine.travelTo(before);
    const { engine, troubles } = await run(stage);
    const comeBack = await shutDatabase(url(stage));
    engine.jumpTo(asked);
    await expect(engine.delivery.tick()).rejects.toThrow();
    // The queue asks every second or two: this is a while.
    await troubles(8);
    await expect(engine.delivery.tick()).rejects.toThrow();
    expect(postsBegun(stage)).toBe(0);

    await comeBack();
    await engine.delivery.tick();
    await stage.slack.faulty.untilRequest(() => postsBegun(stage) === managers.length, { withinMs: 60_000 });
    await engine.delivery.stop();
    await expectOneEach(stage);
  });

  test('what was being posted is found afterwards, and what was not yet is posted', async () => {
    const stage = await setStage({ pairs });
    await stage.engine.travelTo(before);
    const { engine, drainHasFailed } = await run(stage);
    const hold = stage.slack.faulty.hold(post, 'answer');
    engine.jumpTo(asked);
    await engine.delivery.tick();
    await hold.untilHeld();
    const comeBack = await shutDatabase(url(stage));
    hold.release();
    // What Slack has answered could not be written down.
    await drainHasFailed;
    await comeBack();
    expect((await due(stage)).map(({ state }) => state)).toContain('posting');

    stage.clock.pass(quarantine);
    await engine.delivery.tick();
    await stage.slack.faulty.untilRequest(() => postsBegun(stage) >= managers.length, { withinMs: 60_000 });
    await engine.delivery.stop();
    await stage.engine.catchUp();
    await expectOneEach(stage);
  });
});

describe('while Slack is away for an hour', () => {
  test.each(['closed', 'refusing'] as const)(
    '(%s): asked now and then, and everybody is asked once when it is back',
    async (how) => {
      const stage = await setStage({ pairs });
      await stage.engine.travelTo(before);
      await stage.slack.faulty.leave(how);
      const minute = 60_000;
      for (let minutes = 0; minutes < 60; minutes += 5) {
        stage.clock.travelTo(stage.clock.now() + 5 * minute);
        stage.clock.pass(5 * minute);
        await stage.engine.delivery.tick();
        await stage.engine.drainOnce();
      }
      for (const manager of managers) expect(await stage.slack.messagesTo(manager)).toEqual([]);

      await stage.slack.faulty.comeBack();
      // The longest that anything waits after so many tries in vain.
      stage.clock.pass(10 * minute);
      await stage.engine.catchUp();
      await expectOneEach(stage);
    },
  );
});
