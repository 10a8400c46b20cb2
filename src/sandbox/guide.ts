import type { Sandbox } from './sandbox.ts';
import { dana, sam } from './team.ts';

/** How far a visitor has come on the first minute's path, as the product's own records tell it. */
export interface GuideState {
  /** The 1:1 that has just ended is logged. */
  logged: boolean;
  /** Somebody has looked at the app as Sam since. */
  seenAsSam: boolean;
  /** What was agreed in it has been talked about in a later one. */
  closed: boolean;
}

/** Logs that were made in the past have views of the past; a visitor's log comes from a modal. */
const visitorsView = 'V%';

export async function guideState(sandbox: Sandbox): Promise<GuideState> {
  const { context, workspaceId } = sandbox.application;
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
    if (logged === undefined) return { logged: false, seenAsSam: false, closed: false };
    const closed = await trx
      .selectFrom('commitment')
      .select('commitment_id')
      .where('workspace_id', '=', workspaceId)
      .where('log_id', '=', logged.log_id)
      .where('state', '=', 'closed')
      .executeTakeFirst();
    return { logged: true, seenAsSam: seenAsSam(sandbox), closed: closed !== undefined };
  });
}

const seen = new WeakSet<Sandbox>();

/** Opening the app's Home or its messages tells the app so; the log of calls says who did. */
function seenAsSam(sandbox: Sandbox): boolean {
  const opened = sandbox.slack.calls.list().some(({ kind, method, request }) => {
    const event = (request as { event?: { user?: unknown } }).event;
    return kind === 'event' && method === 'app_home_opened' && event?.user === sam;
  });
  // The log of calls forgets its oldest; what was seen stays seen.
  if (opened) seen.add(sandbox);
  return seen.has(sandbox);
}
