import { pino } from 'pino';
import { afterEach, describe, expect, test } from 'vitest';
import { createQueue, type DrainQueue, type Hint } from '#delivery/queue.ts';
import { onBothDatabases, openTestDatabase, type TestDatabase } from '#test/database.ts';

const log = pino({ level: 'silent' });

const queues: DrainQueue[] = [];
const databases: TestDatabase[] = [];
afterEach(async () => {
  await Promise.all(queues.splice(0).map((queue) => queue.stop()));
  await Promise.all(databases.splice(0).map((database) => database.close()));
});

async function startQueue(database: TestDatabase): Promise<DrainQueue> {
  const queue = createQueue(database.boss, log);
  await queue.start();
  queues.push(queue);
  return queue;
}

/** Drains that last as long as the test wants, and what is known of them. */
function watchDrains() {
  const begun: string[] = [];
  const running = new Map<string, number>();
  const most = { ofOne: 0, atOnce: 0 };
  const watchers = new Set<() => void>();
  const tell = (): void => {
    for (const watch of [...watchers]) watch();
  };
  return {
    begun,
    most,
    /** To be given to the queue; `last` says how long a drain goes on. */
    drain:
      (last: (workspaceId: string, number: number) => Promise<void>) =>
      async ({ workspaceId, lane }: Hint): Promise<void> => {
        if (lane === 'edits') return;
        begun.push(workspaceId);
        const number = begun.filter((one) => one === workspaceId).length;
        running.set(workspaceId, (running.get(workspaceId) ?? 0) + 1);
        most.ofOne = Math.max(most.ofOne, running.get(workspaceId) ?? 0);
        most.atOnce = Math.max(
          most.atOnce,
          [...running.values()].reduce((sum, one) => sum + one, 0),
        );
        tell();
        try {
          await last(workspaceId, number);
        } finally {
          running.set(workspaceId, (running.get(workspaceId) ?? 0) - 1);
          tell();
        }
      },
    until: (look: () => boolean): Promise<void> =>
      new Promise((resolve) => {
        const watch = (): void => {
          if (!look()) return;
          watchers.delete(watch);
          resolve();
        };
        watchers.add(watch);
        watch();
      }),
  };
}

onBothDatabases('the queue', (open) => {
  async function opened(): Promise<TestDatabase> {
    const database = await open();
    databases.push(database);
    return database;
  }

  test('a hint that comes while its workspace is drained leads to another drain', async () => {
    const queue = await startQueue(await opened());
    const drains = watchDrains();
    const gate = Promise.withResolvers<void>();
    await queue.work(drains.drain((_, number) => (number === 1 ? gate.promise : Promise.resolve())));
    await queue.hint([{ workspaceId: 'T1', lane: 'posts' }]);
    await drains.until(() => drains.begun.length === 1);
    await queue.hint([{ workspaceId: 'T1', lane: 'posts' }]);
    gate.resolve();
    await drains.until(() => drains.begun.length === 2);
    expect(drains.most.ofOne).toBe(1);
  });

  test('many hints while a workspace is drained are one more drain, not many', async () => {
    const queue = await startQueue(await opened());
    const drains = watchDrains();
    const gate = Promise.withResolvers<void>();
    await queue.work(
      drains.drain((workspaceId, number) =>
        workspaceId === 'T1' && number === 1 ? gate.promise : Promise.resolve(),
      ),
    );
    await queue.hint([{ workspaceId: 'T1', lane: 'posts' }]);
    await drains.until(() => drains.begun.length === 1);
    for (let hint = 0; hint < 10; hint += 1) await queue.hint([{ workspaceId: 'T1', lane: 'posts' }]);
    gate.resolve();
    await drains.until(() => drains.begun.length === 2);
    // What comes later in the queue is drained, so nothing of T1 was left before it.
    await queue.hint([{ workspaceId: 'T2', lane: 'posts' }]);
    await drains.until(() => drains.begun.includes('T2'));
    expect(drains.begun).toEqual(['T1', 'T1', 'T2']);
  });

  test('a workspace that asks for more all the time does not starve the others', async () => {
    const queue = await startQueue(await opened());
    const drains = watchDrains();
    const others = ['T1', 'T2', 'T3', 'T4', 'T5', 'T6'];
    const isDone = (): boolean => others.every((one) => drains.begun.includes(one));
    await queue.work(
      drains.drain(async (workspaceId) => {
        // Re-armed while it is active, again and again.
        if (workspaceId === 'GREEDY' && !isDone())
          await queue.hint([{ workspaceId: 'GREEDY', lane: 'posts' }]);
      }),
    );
    await queue.hint([{ workspaceId: 'GREEDY', lane: 'posts' }]);
    await drains.until(() => drains.begun.length >= 2);
    for (const workspaceId of others) await queue.hint([{ workspaceId: workspaceId, lane: 'posts' }]);
    await drains.until(isDone);
    const greedy = drains.begun.filter((one) => one === 'GREEDY').length;
    expect(greedy).toBeGreaterThan(1);
    expect(greedy).toBeLessThan(50);
  });

  test('several workspaces are drained at once, each by one worker', async () => {
    const queue = await startQueue(await opened());
    const drains = watchDrains();
    const gate = Promise.withResolvers<void>();
    await queue.work(drains.drain(() => gate.promise));
    for (const workspaceId of ['T1', 'T2', 'T3'])
      await queue.hint([{ workspaceId: workspaceId, lane: 'posts' }]);
    await drains.until(() => new Set(drains.begun).size === 3);
    // Were T1 taken by the free worker as well, then before T4, which waits behind it.
    await queue.hint([{ workspaceId: 'T1', lane: 'posts' }]);
    await queue.hint([{ workspaceId: 'T4', lane: 'posts' }]);
    await drains.until(() => drains.begun.includes('T4'));
    expect(drains.most).toEqual({ ofOne: 1, atOnce: 4 });
    gate.resolve();
    await drains.until(() => drains.begun.length === 5);
  });

  test('a drain that fails costs nothing: the next hint leads to a drain again', async () => {
    const queue = await startQueue(await opened());
    const drains = watchDrains();
    await queue.work(
      drains.drain(async (_, number) => {
        if (number === 1) throw new Error('failed');
      }),
    );
    await queue.hint([{ workspaceId: 'T1', lane: 'posts' }]);
    await drains.until(() => drains.begun.length === 1);
    await queue.hint([{ workspaceId: 'T1', lane: 'posts' }]);
    await drains.until(() => drains.begun.length === 2);
  });

  test('stopping waits for the drain that runs', async () => {
    const queue = await startQueue(await opened());
    const drains = watchDrains();
    const gate = Promise.withResolvers<void>();
    const order: string[] = [];
    await queue.work(
      drains.drain(async () => {
        await gate.promise;
        order.push('drained');
      }),
    );
    await queue.hint([{ workspaceId: 'T1', lane: 'posts' }]);
    await drains.until(() => drains.begun.length === 1);
    const stopped = queue.stop().then(() => order.push('stopped'));
    gate.resolve();
    await stopped;
    expect(order).toEqual(['drained', 'stopped']);
  });
});

test('a worker that is through with one workspace takes the next at once', { timeout: 40_000 }, async () => {
  const database = await openTestDatabase('postgres');
  databases.push(database);
  const queue = await startQueue(database);
  const drains = watchDrains();
  const hints = Array.from(
    { length: 80 },
    (_, number): Hint => ({ workspaceId: `T${number}`, lane: 'posts' }),
  );
  // All of them before anybody works, so that no hint wakes a worker later; each would rest five seconds in between.
  await queue.hint(hints);
  await queue.work(drains.drain(() => Promise.resolve()));
  await drains.until(() => drains.begun.length === hints.length);
  expect(new Set(drains.begun).size).toBe(hints.length);
});

describe('two processes on one PostgreSQL', () => {
  test('never drain one workspace at once, and share the work', async () => {
    const database = await openTestDatabase('postgres');
    databases.push(database);
    const [first, second] = [await startQueue(database), await startQueue(database)];
    const drains = watchDrains();
    const byProcess = [0, 0];
    const rounds = 12;
    const workspaces = ['T1', 'T2', 'T3'];
    const drainIn = (process: 0 | 1) =>
      drains.drain(async (workspaceId, number) => {
        byProcess[process] = (byProcess[process] ?? 0) + 1;
        // Re-armed from both sides while it is drained.
        if (number < rounds)
          await Promise.all([
            first.hint([{ workspaceId: workspaceId, lane: 'posts' }]),
            second.hint([{ workspaceId: workspaceId, lane: 'posts' }]),
          ]);
      });
    await first.work(drainIn(0));
    await second.work(drainIn(1));
    for (const workspaceId of workspaces) await first.hint([{ workspaceId: workspaceId, lane: 'posts' }]);
    await drains.until(() =>
      workspaces.every((workspaceId) => drains.begun.filter((one) => one === workspaceId).length >= rounds),
    );
    expect(drains.most.ofOne).toBe(1);
    expect(byProcess.every((count) => count > 0)).toBe(true);
  });

  test('what one that is gone had left is drained by the other', async () => {
    const database = await openTestDatabase('postgres');
    databases.push(database);
    const [first, second] = [await startQueue(database), await startQueue(database)];
    await first.hint([{ workspaceId: 'T1', lane: 'posts' }]);
    await first.stop();
    const drains = watchDrains();
    await second.work(drains.drain(() => Promise.resolve()));
    await drains.until(() => drains.begun.length === 1);
  });
});
