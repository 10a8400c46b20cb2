import { noteCalls } from '#storage/slack-limits.ts';
import type { ServiceContext } from '../context.ts';

/** An answer to a person waits for no limit, but what is scheduled has to leave room for it. */
export function countPost({ clock, database }: ServiceContext, workspaceId: string): Promise<void> {
  return database.inWorkspace(workspaceId, (trx) =>
    noteCalls(trx, workspaceId, 'chat.postMessage', 1, new Date(clock.machineNow())),
  );
}
