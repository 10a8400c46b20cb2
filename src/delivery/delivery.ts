import cron from 'node-cron';
import { workspacesWithWork } from '#storage/deliveries.ts';
import { drain } from './drain.ts';
import { type Planned, plan } from './planner.ts';
import type { DrainQueue } from './queue.ts';
import type { UnfinishedReads } from './read-conversation.ts';
import type { DeliveryContext } from './settings.ts';

/** Planning and sending in this process. */
export interface Delivery {
  start(): Promise<void>;
  /** One tick: plan what is due, then hint at every workspace that has something to send. */
  tick(): Promise<Planned>;
  /** Plans and sends all that is due now, in this process and without the queue: for time that travels. */
  catchUp(how?: { unwatched: boolean }): Promise<void>;
  /** Machine time of the last finished tick; a planner that stands still is not ready. */
  lastTick(): number | undefined;
  /** Nothing new is begun; what is being posted is settled. */
  stop(): Promise<void>;
}

export function createDelivery(context: DeliveryContext, queue: DrainQueue): Delivery {
  let stopping = false;
  let lastTick: number | undefined;
  let running: Promise<Planned> | undefined;
  let timer: ReturnType<typeof cron.schedule> | undefined;
  const unfinishedReads: UnfinishedReads = new Map();
  const draining = new Map<string, Promise<number>>();
  /** One drain of a workspace after the other; the queue sees to that across processes. */
  const drainNow = (workspaceId: string, unwatched = false): Promise<number> => {
    const before = draining.get(workspaceId) ?? Promise.resolve();
    const next = before
      .catch(() => undefined)
      .then(() => drain({ context, workspaceId, unfinishedReads, stopping: () => stopping, unwatched }));
    draining.set(workspaceId, next);
    return next.finally(() => {
      if (draining.get(workspaceId) === next) draining.delete(workspaceId);
    });
  };

  async function runTick(): Promise<Planned> {
    const planned = await plan(context);
    for (const workspaceId of await workspacesToDrain(context)) await queue.hint(workspaceId);
    lastTick = context.clock.machineNow();
    return planned;
  }

  const delivery: Delivery = {
    async start() {
      await queue.work(async (workspaceId) => {
        try {
          await drainNow(workspaceId);
        } catch (error) {
          // The queue keeps the failure to itself, and the next tick hints again.
          context.log.error({ err: error, workspaceId }, 'a drain failed');
          throw error;
        }
      });
      timer = cron.schedule('* * * * *', async () => {
        try {
          await delivery.tick();
        } catch (error) {
          // The next tick does all of it again; readiness falls if none succeeds.
          context.log.error({ err: error }, 'a tick failed');
        }
      });
      await delivery.tick();
    },
    tick() {
      // A slow tick is not overtaken by the next: they would only wait for each other's rows.
      running ??= runTick().finally(() => {
        running = undefined;
      });
      return running;
    },
    async catchUp({ unwatched } = { unwatched: false }) {
      await plan(context);
      // Until a round gets nothing on: what is left waits for Slack, for machine time, or for another process.
      for (let moved = 1; moved > 0 && !stopping; ) {
        moved = 0;
        const workspaces = new Set([
          ...(await workspacesToDrain(context, { unwatched })),
          ...draining.keys(),
        ]);
        for (const workspaceId of workspaces) moved += await drainNow(workspaceId, unwatched);
      }
    },
    lastTick: () => lastTick,
    async stop() {
      stopping = true;
      await timer?.stop();
      await running?.catch(() => undefined);
      await queue.stop();
    },
  };
  return delivery;
}

async function workspacesToDrain(
  { database, clock, quarantine }: Pick<DeliveryContext, 'database' | 'clock' | 'quarantine'>,
  { unwatched } = { unwatched: false },
): Promise<string[]> {
  const machine = clock.machineNow();
  return database.inPlanner((trx) =>
    workspacesWithWork(
      trx,
      { business: new Date(clock.now()), machine: new Date(machine) },
      new Date(machine - quarantine),
      { edits: !unwatched },
    ),
  );
}
