import { setTimeout as elapsed } from 'node:timers/promises';
import { countedFor, type MethodLimits, slackLimits } from '#domain/slack-limits.ts';
import { allowanceOf, blockMethod } from '#storage/slack-limits.ts';
import type { ServiceContext } from '../context.ts';
import { retryAfterOf } from './slack-error.ts';

/** Whoever calls Slack for more than an answer: an import, a sweep. All of them share what it allows in a minute. */
export type Calling = Pick<ServiceContext, 'database' | 'clock'> & { limits?: MethodLimits | undefined };

/** Counts a call that is going to be made; where there is no room for it, says when there will be. */
export function takeCall(
  { database, clock, limits = slackLimits }: Calling,
  workspaceId: string,
  method: string,
): Promise<Date | undefined> {
  const machine = new Date(clock.machineNow());
  return database.inWorkspace(workspaceId, async (trx) => {
    const room = await allowanceOf(trx, workspaceId, method, limits, machine);
    if (room.calls === 0) return room.again ?? new Date(machine.getTime() + countedFor);
    await room.use(1);
    return undefined;
  });
}

/** Slack wants none of these for a while, whatever was counted here. */
export function holdCalls(
  { database, clock }: Calling,
  workspaceId: string,
  method: string,
  seconds: number,
): Promise<void> {
  const until = new Date(clock.machineNow() + seconds * 1000);
  return database.inWorkspace(workspaceId, (trx) =>
    blockMethod(trx, workspaceId, method, until, 'ratelimited'),
  );
}

/** A call whose answer is worth waiting for: it is made when there is room, and again where Slack wants it later. */
export async function whenThereIsRoom<T>(
  calling: Calling,
  workspaceId: string,
  method: string,
  call: () => Promise<T>,
): Promise<T> {
  for (;;) {
    const again = await takeCall(calling, workspaceId, method);
    if (again !== undefined) {
      await elapsed(Math.max(again.getTime() - calling.clock.machineNow(), atLeast));
      continue;
    }
    try {
      return await call();
    } catch (error) {
      const seconds = retryAfterOf(error);
      if (seconds === undefined || seconds > longestWait) throw error;
      await holdCalls(calling, workspaceId, method, seconds);
    }
  }
}

const longestWait = 90;
/** Timers may be early by a little. */
const atLeast = 10;
