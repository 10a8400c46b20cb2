import type { Logger } from 'pino';
import { noteInAudit } from '#storage/audit.ts';
import { removeInstallation } from '#storage/installations.ts';
import { lockConnection, markEnded } from '#storage/workspaces.ts';
import type { ServiceContext } from '../context.ts';

export interface EndingContext extends Pick<ServiceContext, 'database' | 'clock'> {
  log: Logger;
  keepDays: number;
}

const day = 24 * 60 * 60_000;

/**
 * The app was removed, or Slack takes its token no more: from now on nothing is planned, posted or answered for this
 * workspace. Its data stays for a while, for whoever installs the app again; its tokens, which are of no use, go at
 * once. `since` is when it ended, in machine time: what Slack tells late, of an installation before, ends nothing.
 */
export async function endWorkspace(
  { database, clock, log, keepDays }: EndingContext,
  workspaceId: string,
  { reason, since }: { reason: string; since: Date },
): Promise<boolean> {
  const at = new Date(clock.now());
  const deleteAfter = new Date(at.getTime() + keepDays * day);
  const ended = await database.owner.transaction().execute(async (trx) => {
    const connection = await lockConnection(trx, workspaceId);
    if (connection === undefined || connection.ended) return false;
    if (connection.connectedAt !== null && connection.connectedAt > since) return false;
    await markEnded(trx, workspaceId, { at, reason, deleteAfter });
    await removeInstallation(trx, workspaceId);
    await noteInAudit(trx, workspaceId, { actorId: 'slack', what: 'uninstalled', detail: { reason }, at });
    return true;
  });
  if (ended)
    log.warn({ workspaceId, reason, deleteAfter }, 'a workspace has ended: nothing is sent there any more');
  else log.info({ workspaceId, reason }, 'an ending was told that ends nothing: it is of before, or known');
  return ended;
}
