import type { Sandbox } from './sandbox.ts';
import { dana, sam } from './team.ts';

/** How far a visitor has come on the first minute's path, as the product's own records tell it. */
export interface GuideState {
  /** The 1:1 that has just ended is logged. */
  logged: boolean;
  /** What was agreed in it has been talked about in a later one. */
  closed: boolean;
}

/** Logs that were made in the past have views of the past; a visitor's log comes from a modal. */
const visitorsView = 'V%';

export async function guideState({ application }: Sandbox): Promise<GuideState> {
  const { context, workspaceId } = application;
  return context.database.inWorkspace(workspaceId, async (trx) => {
    const logged = await trx
      .selectFrom('one_on_one_log')
      .select('log_id')
      .where('workspace_id', '=', workspaceId)
      .where('manager_id', '=', dana)
      .where('rep_id', '=', sam)
      .where('view_id', 'like', visitorsView)
      .orderBy('logged_at')
      .executeTakeFirst();
    if (logged === undefined) return { logged: false, closed: false };
    const closed = await trx
      .selectFrom('commitment')
      .select('commitment_id')
      .where('workspace_id', '=', workspaceId)
      .where('log_id', '=', logged.log_id)
      .where('state', '=', 'closed')
      .executeTakeFirst();
    return { logged: true, closed: closed !== undefined };
  });
}
