import { lookersAmong, noteLooker } from '#storage/home-lookers.ts';
import type { ServiceContext } from '../context.ts';

/**
 * Slack tells when a Home is opened and never when it is left. For as long as this it may still be before somebody's
 * eyes; after it, the next opening makes it anew.
 */
const mayBeOpenFor = 24 * 60 * 60_000;

type Context = Pick<ServiceContext, 'database' | 'clock'>;

/**
 * Somebody looks at their Home. To be noted before it is made: who changes something meanwhile then either finds them
 * here, or was early enough to be seen on it.
 */
export async function noteHomeOpened(
  { database, clock }: Context,
  workspaceId: string,
  userId: string,
): Promise<void> {
  const at = new Date(clock.machineNow());
  await database.inWorkspace(workspaceId, (trx) => noteLooker(trx, workspaceId, userId, at));
}

/** Who of these people may have their Home before their eyes. */
export async function homeLookers(
  { database, clock }: Context,
  workspaceId: string,
  userIds: readonly string[],
): Promise<string[]> {
  if (userIds.length === 0) return [];
  const since = new Date(clock.machineNow() - mayBeOpenFor);
  const found = await database.askInWorkspace(workspaceId, lookersAmong(workspaceId, userIds, since));
  return found.map((row) => row.user_id);
}
