import { findWorkspace } from '#storage/workspaces.ts';
import { makeEdits } from './edits.ts';
import { openConversations } from './open-conversations.ts';
import { postDue } from './post-due.ts';
import { nothing, type Progress, together } from './progress.ts';
import { reconcile } from './reconcile.ts';
import type { Draining } from './settings.ts';

/**
 * The two lanes in which a workspace is drained, each by one process at a time and beside the other: somebody who has
 * pressed something and looks at it does not wait for a wave of messages.
 */
export const lanes = ['edits', 'posts'] as const;
export type Lane = (typeof lanes)[number];

/** Does what there is to do now, or a fair share of it. */
export const drain: Record<Lane, (draining: Draining) => Promise<Progress>> = {
  edits: (draining) => (draining.unwatched ? Promise.resolve(nothing) : makeEdits(draining)),
  // What was begun and never settled comes before what is new.
  posts: async (draining) => {
    const { context, workspaceId } = draining;
    const settled = await reconcile(draining);
    const workspace = await context.database.inWorkspace(workspaceId, (trx) =>
      findWorkspace(trx, workspaceId),
    );
    if (workspace === undefined || workspace.startedAt === null || workspace.pausedAt !== null) {
      return settled;
    }
    const opened = await openConversations(draining);
    return together(settled, opened, await postDue(draining));
  },
};
