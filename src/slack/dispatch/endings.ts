import type { App } from '@slack/bolt';
import type { KnownWorkspaces, RequestOrigin } from '#services/known-workspaces.ts';

/** How it is known which workspace something comes from, and said that one has ended. */
export interface Workspaces extends Pick<KnownWorkspaces, 'find'> {
  ended(workspaceId: string, ending: { reason: string; since: Date }): Promise<void>;
}

interface Envelope {
  team_id?: string;
  enterprise_id?: string;
  event_time?: number;
  authorizations?: {
    team_id?: string | null;
    enterprise_id?: string | null;
    is_enterprise_install?: boolean;
  }[];
}

/**
 * Slack tells that the app was removed, by two events in any order, and repeats them for an hour if need be. Bolt asks
 * nobody whose they are: there is no token any more.
 */
export function dispatchEndings(app: App, workspaces: Workspaces): void {
  const end = async (body: Envelope, reason: string): Promise<void> => {
    const workspace = await workspaces.find(originOf(body));
    if (workspace === undefined) return;
    // Slack tells the second in which it was: to its end.
    const since = new Date(((body.event_time ?? 0) + 1) * 1000 - 1);
    await workspaces.ended(workspace.workspaceId, { reason, since });
  };
  app.event('app_uninstalled', async ({ body }) => end(body as Envelope, 'app_uninstalled'));
  app.event('tokens_revoked', async ({ event, body }) => {
    // Those of people who once allowed something for themselves are no concern of ours.
    if ((event.tokens.bot ?? []).length > 0) await end(body as Envelope, 'tokens_revoked');
  });
}

function originOf({ team_id, enterprise_id, authorizations }: Envelope): RequestOrigin {
  const [first] = authorizations ?? [];
  return {
    teamId: first?.team_id ?? team_id,
    enterpriseId: first?.enterprise_id ?? enterprise_id,
    isEnterpriseInstall: first?.is_enterprise_install === true,
  };
}
