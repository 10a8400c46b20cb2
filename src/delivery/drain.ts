import { findWorkspace } from '#storage/workspaces.ts';
import { makeEdits } from './edits.ts';
import { openConversations } from './open-conversations.ts';
import { postDue } from './post-due.ts';
import { reconcile } from './reconcile.ts';
import type { Draining } from './settings.ts';

export interface Drained {
  delivered: number;
  uncertain: number;
  reconciled: number;
  edited: number;
}

/**
 * Sends what a workspace has to send now. Edits go first: somebody has just pressed something and looks at
 * it. What was begun and never settled comes next, and only then what is new.
 */
export async function drain(draining: Draining): Promise<Drained> {
  const { context, workspaceId } = draining;
  const edited = await makeEdits(draining);
  const reconciled = await reconcile(draining);
  const workspace = await context.database.inWorkspace(workspaceId, (trx) => findWorkspace(trx, workspaceId));
  if (workspace === undefined || workspace.startedAt === null || workspace.pausedAt !== null) {
    return { delivered: 0, uncertain: 0, reconciled, edited };
  }
  await openConversations(draining);
  const posted = await postDue(draining);
  return { ...posted, reconciled, edited };
}
