import { keepResponseUrl } from '#storage/messages.ts';
import type { AppContext } from '../context.ts';

/** Slack takes edits through it for half an hour; a little less, so that the last one is not too late. */
const goodFor = 28 * 60_000;

/** Remembers through which address a pressed message can be edited. */
export async function keepPressed(
  { database, clock }: Pick<AppContext, 'database' | 'clock'>,
  workspaceId: string,
  message: { channel: string; ts: string },
  responseUrl: string,
): Promise<void> {
  const until = new Date(clock.machineNow() + goodFor);
  await database.inWorkspace(workspaceId, (trx) =>
    keepResponseUrl(trx, workspaceId, message, responseUrl, until),
  );
}
