import type { DrainQueue, Hint } from '#delivery/queue.ts';

const atOnce = 4;

/**
 * Every hint is followed at once by whoever gives it, whatever the others do: the queue keeps replicas from each
 * other's workspaces, and what is true of a message may not depend on that.
 */
export function drainAtOnce(): DrainQueue {
  const waiting = new Map<string, Hint>();
  let drain: ((hint: Hint) => Promise<void>) | undefined;
  let running = 0;
  const next = (): void => {
    const [first] = waiting;
    if (first === undefined || running === atOnce || drain === undefined) return;
    const [name, hint] = first;
    waiting.delete(name);
    running += 1;
    drain(hint)
      // Told in the log by whoever drains.
      .catch(() => undefined)
      .finally(() => {
        running -= 1;
        next();
      });
    next();
  };
  return {
    start: async () => {},
    stop: async () => {},
    hint: async (hints) => {
      for (const hint of hints) waiting.set(JSON.stringify(hint), hint);
      next();
    },
    work: async (given) => {
      drain = given;
      next();
    },
  };
}
