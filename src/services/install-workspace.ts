import type { WebClient } from '@slack/web-api';
import type { Logger } from 'pino';
import { done, type Result, refused } from '#domain/result.ts';
import { noteInAudit } from '#storage/audit.ts';
import { saveInstallation } from '#storage/installations.ts';
import type { KeyRing } from '#storage/key-ring.ts';
import { forgetConversations, lockConnection, upsertInstallation } from '#storage/workspaces.ts';
import type { OAuthClient } from '../config.ts';
import type { ServiceContext } from '../context.ts';
import { scopes } from './register-workspace.ts';
import { sealTokens, tokensOf } from './sealed-tokens.ts';
import { slackErrorOf, slackTroubleOf } from './slack-error.ts';
import { type Grant, grantFor } from './slack-grant.ts';

export interface InstallContext extends ServiceContext {
  log: Logger;
  ring: KeyRing;
  oauth: OAuthClient;
  /** A client without a token of its own. */
  slack: WebClient;
}

export interface Installed {
  workspaceId: string;
  name: string;
  appId: string;
  /** None where it was installed for a whole organisation. */
  teamId: string | undefined;
  /** It was here before; what was kept is there again. */
  again: boolean;
}

export type NotInstalled =
  /** The code of the address is used up, too old, or never was one. */
  | { kind: 'code_refused'; answer: string }
  /** Slack does not know this app by its id and secret. */
  | { kind: 'app_refused'; answer: string }
  | { kind: 'no_answer' }
  | { kind: 'no_bot' }
  | { kind: 'no_team' }
  | { kind: 'scopes_missing'; scopes: string[] };

const aboutTheApp = new Set([
  'bad_client_secret',
  'bad_redirect_uri',
  'invalid_client_id',
  'oauth_authorization_url_mismatch',
]);

/** Somebody has agreed in Slack, and brings the code for it: the workspace is installed, or goes on. */
export async function installWorkspace(
  context: InstallContext,
  code: string,
): Promise<Result<Installed, NotInstalled>> {
  const granted = await ask(context, code);
  if (!granted.ok) return granted;
  const grant = granted.value;
  const place = placeOf(grant);
  if (place === undefined) return refused({ kind: 'no_team' });
  const given = new Set(grant.scope.split(','));
  const missing = scopes.filter((scope) => !given.has(scope));
  if (missing.length > 0) return refused({ kind: 'scopes_missing', scopes: missing });
  const again = await save(context, grant, place);
  const { workspaceId, name } = place;
  context.log.info({ workspaceId, again, scopes: [...given] }, 'a workspace was installed');
  context.wake(workspaceId);
  return done({ workspaceId, name, appId: grant.app_id, teamId: grant.team?.id, again });
}

async function ask(
  { slack, oauth, log }: InstallContext,
  code: string,
): Promise<Result<Grant, NotInstalled>> {
  try {
    const grant = await grantFor(slack, oauth, code);
    return grant === undefined ? refused({ kind: 'no_bot' }) : done(grant);
  } catch (error) {
    const answer = slackErrorOf(error);
    log.warn({ answer, trouble: slackTroubleOf(error) }, 'an installation was not granted');
    if (answer !== undefined && /^\w+$/.test(answer)) {
      return refused({ kind: aboutTheApp.has(answer) ? 'app_refused' : 'code_refused', answer });
    }
    if (slackTroubleOf(error) === undefined) throw error;
    return refused({ kind: 'no_answer' });
  }
}

interface Place {
  workspaceId: string;
  teamId: string;
  enterpriseId: string | null;
  name: string;
}

/** Installed for a whole organisation, the organisation is the workspace; Slack names no team then. */
function placeOf({ team, enterprise, is_enterprise_install }: Grant): Place | undefined {
  if (is_enterprise_install) {
    if (enterprise == null) return undefined;
    const { id, name } = enterprise;
    return { workspaceId: id, teamId: team?.id ?? id, enterpriseId: id, name };
  }
  if (team == null) return undefined;
  return { workspaceId: team.id, teamId: team.id, enterpriseId: enterprise?.id ?? null, name: team.name };
}

/** Says whether it was here before. */
async function save({ database, clock, ring }: InstallContext, grant: Grant, place: Place): Promise<boolean> {
  const { workspaceId } = place;
  const at = new Date(clock.now());
  const connectedAt = new Date(clock.machineNow());
  const installedBy = grant.authed_user.id;
  const granted = grant.scope.split(',');
  return database.owner.transaction().execute(async (trx) => {
    const before = await lockConnection(trx, workspaceId);
    const botUserId = grant.bot_user_id;
    await upsertInstallation(trx, { ...place, botUserId, installedAt: at, connectedAt, installedBy });
    await saveInstallation(trx, {
      workspaceId,
      isEnterprise: grant.is_enterprise_install,
      appId: grant.app_id,
      scopes: granted,
      ...sealTokens(ring, workspaceId, tokensOf(grant, connectedAt.getTime())),
      installedBy,
      installedAt: connectedAt,
    });
    // Another bot has conversations of its own.
    if (before !== undefined && before.botUserId !== botUserId) await forgetConversations(trx, workspaceId);
    const again = before !== undefined;
    await noteInAudit(trx, workspaceId, {
      actorId: installedBy,
      what: 'installed',
      detail: { again, scopes: granted },
      at,
    });
    return again;
  });
}
