import { type ConstructorOptions, PgBoss } from 'pg-boss';
import type { Logger } from 'pino';

/**
 * pg-boss decides which process drains which workspace; it never holds the truth about a message. These
 * options were found by trying: `exclusive` loses a hint that comes while a drain runs, `singleton` and
 * `stately` starve other workspaces, and a job that waits for later would swallow one for now.
 */
const queue = 'drain';

export interface DrainQueue {
  start(): Promise<void>;
  /** A hint that a workspace has something to send. Lost or repeated, it does no harm. */
  hint(workspaceId: string): Promise<void>;
  work(drain: (workspaceId: string) => Promise<void>): Promise<void>;
  /** Waits for running drains; a hard limit is the caller's. */
  stop(): Promise<void>;
}

const workers = 4;

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
      await boss.createQueue(queue, { ...options, deleteAfterSeconds: 3600, retentionSeconds: 3600 });
      // Inside a transaction of the single embedded session nothing else can be asked: the queue's own
      // settings, read once here, are then in memory.
      await boss.getQueue(queue);
    },
    async hint(workspaceId) {
      await boss.send(queue, { workspaceId }, { singletonKey: workspaceId, group: { id: workspaceId } });
    },
    async work(drain) {
      const options = {
        batchSize: 1,
        groupConcurrency: 1,
        localConcurrency: workers,
        pollingIntervalSeconds: 1,
        notifyPollingIntervalSeconds: 5,
      };
      await boss.work<{ workspaceId: string }>(queue, options, async (jobs) => {
        for (const job of jobs) await drain(job.data.workspaceId);
      });
    },
    stop: () => boss.stop({ graceful: true, timeout: 8_000, close: true }),
  };
}
