import type { AuthTestResponse, WebClient } from '@slack/web-api';
import type { Clock } from '#domain/clock.ts';
import type { Database } from '#storage/database.ts';
import { upsertInstallation } from '#storage/workspaces.ts';
import { slackErrorOf } from './slack-error.ts';

/** What the product calls; the manifests ask for these and no others. */
export const scopes = [
  'commands',
  'chat:write',
  'im:write',
  'im:history',
  'users:read',
  'users:read.email',
] as const;

/** What some of it needs and the rest does without: where one is missing, whoever needs it is told. */
export const optionalScopes = ['files:read', 'files:write', 'usergroups:read', 'users.profile:read'] as const;

export interface RegisteredWorkspace {
  workspaceId: string;
  teamId: string;
  name: string;
  botUserId: string;
}

/** Slack will not have this token, or not for what the product does; the message says what to do. */
export class TokenRefused extends Error {
  override name = 'TokenRefused';
}

export class MissingScopes extends TokenRefused {
  override name = 'MissingScopes';
}

/** Learns from Slack which workspace a bot token belongs to, and whether it may do what the product does. */
export async function registerWorkspace(
  context: { database: Database; clock: Clock },
  client: WebClient,
): Promise<RegisteredWorkspace> {
  const identity = await identify(client);
  const { team_id: teamId, user_id: botUserId, team: name = '' } = identity;
  if (teamId === undefined || botUserId === undefined)
    throw new Error('auth.test named no team or no bot user');
  const enterpriseId = identity.enterprise_id ?? null;
  const workspaceId =
    identity.is_enterprise_install === true && enterpriseId !== null ? enterpriseId : teamId;
  await upsertInstallation(context.database.owner, {
    workspaceId,
    teamId,
    enterpriseId,
    name,
    botUserId,
    installedAt: new Date(context.clock.now()),
    connectedAt: new Date(context.clock.machineNow()),
  });
  return { workspaceId, teamId, name, botUserId };
}

/** Whose token it is; throws what an operator can act on where Slack refuses it or it may do too little. */
export async function identify(client: WebClient): Promise<AuthTestResponse> {
  const identity = await client.auth.test().catch((error: unknown) => {
    const refusal = slackErrorOf(error);
    if (refusal === undefined) throw error;
    throw new TokenRefused(
      `Slack refuses the bot token (${refusal}). Copy it again from "OAuth & Permissions" of the Slack app into ` +
        'SLACK_BOT_TOKEN; if the app was removed from the workspace, install it again first.',
      { cause: error },
    );
  });
  const granted = identity.response_metadata?.scopes;
  const missing = granted === undefined ? [] : scopes.filter((scope) => !granted.includes(scope));
  if (missing.length > 0) {
    throw new MissingScopes(
      `The bot token lacks the scope ${missing.join(', ')}. Add it under "OAuth & Permissions" of the Slack app ` +
        '(or paste slack-manifest.yaml again) and reinstall the app to the workspace.',
    );
  }
  return identity;
}
