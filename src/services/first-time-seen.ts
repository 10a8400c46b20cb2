import { forgetEvents, rememberEvent } from '#storage/seen-events.ts';
import type { AppContext } from '../context.ts';

/** Slack repeats an event for an hour, and for a day where an app asks for late ones. */
const repeatedFor = 48 * 60 * 60_000;

/** Whether an event of Slack's is new. Slack sends again what it thinks was lost. */
export async function firstTimeSeen(
  { database, clock }: Pick<AppContext, 'database' | 'clock'>,
  workspaceId: string,
  eventId: string,
): Promise<boolean> {
  const now = clock.machineNow();
  return database.inWorkspace(workspaceId, async (trx) => {
    const isNew = await rememberEvent(trx, workspaceId, eventId, new Date(now));
    if (isNew) await forgetEvents(trx, workspaceId, new Date(now - repeatedFor));
    return isNew;
  });
}
