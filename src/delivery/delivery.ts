import { workspacesWithEdits, workspacesWithPosts } from '#storage/deliveries.ts';
import { drain, lanes } from './drain.ts';
import { everyMinute } from './every-minute.ts';
import { meterOf } from './meter.ts';
import { type Planned, plan } from './planner.ts';
import { nothing, type Progress } from './progress.ts';
import type { DrainQueue, Hint } from './queue.ts';
import type { UnfinishedReads } from './read-conversation.ts';
import type { DeliveryContext } from './settings.ts';

/** Planning and sending in this process. */
export interface Delivery {
  start(): Promise<void>;
  /** One tick: plan what is due, then hint at every workspace that has something to send. */
  tick(): Promise<Planned>;
  /** Plans and sends all that is due now, in this process and without the queue: for time that travels. */
  catchUp(how?: { unwatched: boolean }): Promise<void>;
  /** Monotonic time of the last finished tick; a planner that stands still is not ready. */
  lastTick(): number | undefined;
  /** Nothing new is begun; what is being posted is settled. */
  stop(): Promise<void>;
}

export function createDelivery(context: DeliveryContext, queue: DrainQueue): Delivery {
  let stopping = false;
  let lastTick: number | undefined;
  let running: Promise<Planned> | undefined;
  let timer: ReturnType<typeof everyMinute> | undefined;
  const unfinishedReads: UnfinishedReads = new Map();
  const draining = new Map<string, { hint: Hint; progress: Promise<Progress> }>();
  const wakers = new Map<string, ReturnType<typeof setTimeout>>();
  /** One drain of a workspace and lane after the other; the queue sees to that across processes. */
  const drainNow = (one: Hint, unwatched = false): Promise<Progress> => {
    const { workspaceId, lane } = one;
    const name = nameOf(one);
    const before = draining.get(name)?.progress ?? Promise.resolve(nothing);
    const next = before
      .catch(() => undefined)
      .then(() =>
        drain[lane]({ context, workspaceId, unfinishedReads, stopping: () => stopping, unwatched }),
      );
    draining.set(name, { hint: one, progress: next });
    return next.finally(() => {
      if (draining.get(name)?.progress === next) draining.delete(name);
    });
  };
  const hint = (hints: Hint[]): void => {
    queue.hint(hints).catch((error: unknown) => {
      context.log.warn({ err: error, hints }, 'a hint was lost; the next tick repeats it');
    });
  };
  /** Where the moment of more work is known, nobody need wait for the next tick. */
  const wakeAt = (one: Hint, again: number): void => {
    const wait = again - context.clock.machineNow();
    if (wait > longestTimer) return;
    if (wait <= 0) {
      hint([one]);
      return;
    }
    clearTimeout(wakers.get(nameOf(one)));
    const waker = setTimeout(() => {
      wakers.delete(nameOf(one));
      hint([one]);
    }, wait);
    wakers.set(nameOf(one), waker);
  };

  async function runTick(): Promise<Planned> {
    const { counts, toOpenIn } = await plan(context);
    meterOf(context).planned(counts);
    const ahead = [...toOpenIn].map((workspaceId): Hint => ({ workspaceId, lane: 'ahead' }));
    await queue.hint([...(await whatToDrain(context)), ...ahead]);
    lastTick = context.clock.monotonic();
    return counts;
  }

  const delivery: Delivery = {
    async start() {
      await queue.work(async (one) => {
        try {
          const { again } = await drainNow(one);
          if (again !== undefined && !stopping) wakeAt(one, again);
        } catch (error) {
          // The queue keeps the failure to itself, and the next tick hints again.
          context.log.error({ err: error, ...one }, 'a drain failed');
          throw error;
        }
      });
      timer = everyMinute(context.clock, () => {
        delivery.tick().catch((error: unknown) => {
          // The next tick does all of it again; readiness falls if none succeeds.
          context.log.error({ err: error }, 'a tick failed');
        });
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
      meterOf(context).planned((await plan(context)).counts);
      // Until a round gets nothing on: what is left waits for Slack, for machine time, or for another process.
      for (let moved = 1; moved > 0 && !stopping; ) {
        moved = 0;
        const todo = await whatToDrain(context, { unwatched });
        const known = new Set(todo.map(nameOf));
        const running = [...draining.values()]
          .map((one) => one.hint)
          .filter((one) => !known.has(nameOf(one)));
        for (const one of [...todo, ...running]) moved += (await drainNow(one, unwatched)).moved;
      }
    },
    lastTick: () => lastTick,
    async stop() {
      stopping = true;
      for (const waker of wakers.values()) clearTimeout(waker);
      timer?.stop();
      await running?.catch(() => undefined);
      await queue.stop();
    },
  };
  return delivery;
}

/** A later moment is found by the tick. */
const longestTimer = 10 * 60_000;

const nameOf = ({ workspaceId, lane }: Hint): string => `${lane} ${workspaceId}`;

async function whatToDrain(
  { database, clock, quarantine }: Pick<DeliveryContext, 'database' | 'clock' | 'quarantine'>,
  { unwatched } = { unwatched: false },
): Promise<Hint[]> {
  const machine = new Date(clock.machineNow());
  const now = { business: new Date(clock.now()), machine };
  const quarantineOver = new Date(machine.getTime() - quarantine);
  const work = await database.inPlanner(async (trx) => ({
    edits: unwatched ? [] : await workspacesWithEdits(trx, machine),
    posts: await workspacesWithPosts(trx, now, quarantineOver),
  }));
  // In the order of the lanes: what people look at comes first.
  return lanes.flatMap((lane) => work[lane].map((workspaceId) => ({ workspaceId, lane })));
}
