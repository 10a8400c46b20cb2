import { type ConstructorOptions, PgBoss } from 'pg-boss';
import type { Logger } from 'pino';
import { allLanes, type Lane } from './drain.ts';

/**
 * pg-boss decides which process drains which workspace; it never holds the truth about a message. These
 * options were found by trying: `exclusive` loses a hint that comes while a drain runs, `singleton` and
 * `stately` starve other workspaces, and a job that waits for later would swallow one for now.
 */
const queueOf: Record<Lane, string> = { edits: 'edit', posts: 'drain', ahead: 'ahead' };

/** How many workspaces one process drains at a time. */
const workers: Record<Lane, number> = { edits: 2, posts: 4, ahead: 1 };

/** A workspace that has something to do in a lane. */
export interface Hint {
  workspaceId: string;
  lane: Lane;
}

export interface DrainQueue {
  start(): Promise<void>;
  /** Lost or repeated, a hint does no harm. Those of one lane are taken in the order in which they came. */
  hint(hints: readonly Hint[]): Promise<void>;
  work(drain: (hint: Hint) => Promise<void>): Promise<void>;
  /** Waits for running drains; a hard limit is the caller's. */
  stop(): Promise<void>;
}

/** So many in one statement. */
const batch = 1_000;

export function createQueue(connection: ConstructorOptions, log: Logger): DrainQueue {
  const boss = new PgBoss({
    ...connection,
    schema: 'pgboss',
    schedule: false,
    monitorIntervalSeconds: 2,
    superviseIntervalSeconds: 2,
    useListenNotify: true,
  });
  boss.on('error', (error) => log.error({ err: error }, 'the queue reported an error'));
  boss.on('warning', (warning) => log.debug({ warning }, 'the queue reported a warning'));
  return {
    async start() {
      await boss.start();
      const options = { policy: 'short', retryLimit: 0, heartbeatSeconds: 10, notify: true } as const;
      for (const queue of Object.values(queueOf)) {
        await boss.createQueue(queue, { ...options, deleteAfterSeconds: 3600, retentionSeconds: 3600 });
        // Inside a transaction of the single embedded session nothing else can be asked: the queue's own
        // settings, read once here, are then in memory.
        await boss.getQueue(queue);
      }
    },
    async hint(hints) {
      for (const lane of allLanes) {
        const jobs = hints
          .filter((one) => one.lane === lane)
          .map(({ workspaceId }) => ({
            data: { workspaceId },
            singletonKey: workspaceId,
            group: { id: workspaceId },
          }));
        for (let from = 0; from < jobs.length; from += batch) {
          await boss.insert(queueOf[lane], jobs.slice(from, from + batch));
        }
      }
    },
    async work(drain) {
      const options = {
        batchSize: 1,
        groupConcurrency: 1,
        pollingIntervalSeconds: 1,
        notifyPollingIntervalSeconds: 5,
      };
      for (const lane of allLanes) {
        for (let worker = 0; worker < workers[lane]; worker += 1) {
          let id = '';
          id = await boss.work<{ workspaceId: string }>(queueOf[lane], options, async (jobs) => {
            for (const job of jobs) await drain({ workspaceId: job.data.workspaceId, lane });
            // It would rest now until the next hint, for up to five seconds, however many workspaces are waiting.
            boss.notifyWorker(id);
          });
        }
      }
    },
    stop: () => boss.stop({ graceful: true, timeout: 8_000, close: true }),
  };
}
