import { findWorkspace } from '#storage/workspaces.ts';
import { makeEdits } from './edits.ts';
import { openConversations } from './open-conversations.ts';
import { postDue } from './post-due.ts';
import { reconcile } from './reconcile.ts';
import type { Draining } from './settings.ts';

/**
 * Sends what a workspace has to send now. Edits go first: somebody has just pressed something and looks at
 * it. What was begun and never settled comes next, and only then what is new. Returns how much got on: after
 * nothing, there is no use in draining again before something changes or time passes.
 */
export async function drain(draining: Draining): Promise<number> {
  const { context, workspaceId } = draining;
  const edited = draining.unwatched ? 0 : await makeEdits(draining);
  const settled = edited + (await reconcile(draining));
  const workspace = await context.database.inWorkspace(workspaceId, (trx) => findWorkspace(trx, workspaceId));
  if (workspace === undefined || workspace.startedAt === null || workspace.pausedAt !== null) return settled;
  const opened = await openConversations(draining);
  return settled + opened + (await postDue(draining));
}
