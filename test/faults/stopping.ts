import { openSync, writeSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { mayStillPost } from '#domain/delivery.ts';
import type { Database } from '#storage/database.ts';
import type { News, Order, ReplicaSettings, Stop } from './messages.ts';

/** Written at once, so that it has left before this process stands still. */
export function tell(news: News): void {
  writeSync(3, `${JSON.stringify(news)}\n`);
}

export interface Stopping {
  database(database: Database): Database;
  mayStillPost: typeof mayStillPost;
}

/**
 * Between fence and write a post may be frozen only for as long as Slack's latest acceptance leaves of the
 * quarantine: beyond that nobody promises anything.
 */
const oldestWrite = 0.6;

/** Makes this process stand still, or die, at a point of its work when it is told to. */
export function takeOrders({ gapFile, quarantine, control }: ReplicaSettings): Stopping {
  let order: Order | undefined;
  const gap = openSync(gapFile, 'w');
  createInterface(process.stdin)
    .on('line', (line) => {
      order = JSON.parse(line) as Order;
    })
    // Whoever started this process has gone.
    .on('close', () => process.exit(1));

  const reach = (stop: Stop, longest = Number.POSITIVE_INFINITY): void => {
    if (order?.at !== stop) return;
    const { ms, do: what } = order;
    order = undefined;
    if (what === 'die') {
      tell({ dying: stop });
      process.kill(process.pid, 'SIGKILL');
    }
    if (longest <= 0) return;
    tell({ frozen: stop, ms: Math.min(ms, longest) });
    process.kill(process.pid, 'SIGSTOP');
    tell({ thawed: stop });
  };

  return {
    database: (database) => ({
      ...database,
      async inWorkspace(workspaceId, work) {
        reach('before_transaction');
        const result = await database.inWorkspace(workspaceId, async (trx) => {
          const done = await work(trx);
          reach('in_transaction');
          return done;
        });
        reach('after_commit');
        return result;
      },
      inPlanner: (work) =>
        database.inPlanner(async (trx) => {
          const done = await work(trx);
          reach('planning');
          return done;
        }),
    }),
    mayStillPost(intent) {
      reach('before_fence');
      const now = { machine: Date.now(), monotonic: performance.now() };
      if (!mayStillPost(intent, now, quarantine)) return false;
      writeSync(gap, '1', 0);
      if (control === 'frozen_after_fence') reach('between_fence_and_write');
      else {
        reach('between_fence_and_write', quarantine * oldestWrite - (now.machine - intent.machine));
        // Thawed too late by a busy machine, it must not write: that is the one freeze that is excluded.
        if (Date.now() - intent.machine > quarantine * 0.7) process.kill(process.pid, 'SIGKILL');
      }
      // After this turn of the event loop, in which the request goes to the socket.
      setImmediate(() => {
        writeSync(gap, '0', 0);
        reach('after_write');
      });
      return true;
    },
  };
}
