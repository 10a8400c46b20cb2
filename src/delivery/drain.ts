import { findWorkspace, type Workspace } from '#storage/workspaces.ts';
import { makeEdits } from './edits.ts';
import { openAhead, openConversations } from './open-conversations.ts';
import { postDue } from './post-due.ts';
import { nothing, type Progress, together } from './progress.ts';
import { reconcile } from './reconcile.ts';
import type { Draining } from './settings.ts';

/**
 * The lanes in which a workspace is drained, each by one process at a time and beside the others: somebody who has
 * pressed something and looks at it does not wait for a wave of messages.
 */
export const lanes = ['edits', 'posts'] as const;

/** Nothing is ever due in the last one: there it is made ready what will be. */
export const allLanes = [...lanes, 'ahead'] as const;
export type Lane = (typeof allLanes)[number];

const workspaceOf = ({ context, workspaceId }: Draining): Promise<Workspace | undefined> =>
  context.database.inWorkspace(workspaceId, (trx) => findWorkspace(trx, workspaceId));

/** Of one that has removed the app nothing can be read, edited or posted any more. */
const isConnected = (workspace: Workspace | undefined): workspace is Workspace => workspace?.ended === null;

/** Does what there is to do now, or a fair share of it. */
export const drain: Record<Lane, (draining: Draining) => Promise<Progress>> = {
  edits: async (draining) => {
    if (draining.unwatched) return nothing;
    const workspace = await workspaceOf(draining);
    return isConnected(workspace) ? makeEdits(draining) : nothing;
  },
  // What was begun and never settled comes before what is new.
  posts: async (draining) => {
    const workspace = await workspaceOf(draining);
    if (!isConnected(workspace)) return nothing;
    const settled = await reconcile(draining);
    if (workspace.startedAt === null || workspace.pausedAt !== null) return settled;
    const opened = await openConversations(draining);
    return together(settled, opened, await postDue(draining));
  },
  ahead: async (draining) => (isConnected(await workspaceOf(draining)) ? openAhead(draining) : nothing),
};
