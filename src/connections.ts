import { WebClient } from '@slack/web-api';
import { type BotTokens, botTokens } from '#services/bot-tokens.ts';
import { endWorkspace } from '#services/end-workspace.ts';
import { installWorkspace } from '#services/install-workspace.ts';
import { type KnownWorkspaces, knownWorkspaces } from '#services/known-workspaces.ts';
import { registerWorkspace } from '#services/register-workspace.ts';
import { type InstallOptions, installRequests } from '#slack/install/requests.ts';
import { installStates } from '#slack/install/state.ts';
import { keyRing } from '#storage/key-ring.ts';
import type { Config, SlackSettings } from './config.ts';
import type { AppContext } from './context.ts';
import { installedApi } from './installed-api.ts';
import { clientOptions, singleWorkspaceApi, type WebApi } from './web-api.ts';

type Given = Omit<AppContext, 'slack'>;
type OAuth = Extract<SlackSettings, { kind: 'oauth' }>;

/** The workspaces this process works for, and how they are reached. */
export interface Connections {
  slack: WebApi;
  /** The only one there is a token for; undefined where they come by installation. */
  only: { workspaceId: string; teamId: string; name: string } | undefined;
  workspaces: {
    find: KnownWorkspaces['find'];
    ended(workspaceId: string, ending: { reason: string; since: Date }): Promise<void>;
  };
  install: ReturnType<typeof installRequests> | undefined;
}

/** One workspace by the token of the environment. */
export async function connectByToken(given: Given, config: Config, botToken: string): Promise<Connections> {
  const slack = singleWorkspaceApi(config.slackApiUrl, botToken);
  const only = await registerWorkspace(given, slack.client(''));
  const { workspaceId, teamId } = only;
  const known = knownWorkspaces(given, workspaceId);
  // So that not even the first request waits for it.
  await known.find({ teamId, enterpriseId: workspaceId, isEnterpriseInstall: false });
  return {
    slack,
    only,
    workspaces: {
      find: known.find,
      async ended(id, ending) {
        await endWorkspace({ ...given, keepDays: config.keepDays }, id, ending);
        known.forget();
      },
    },
    install: undefined,
  };
}

/** Any number of workspaces, none to begin with, each by its own installation. */
export function connectByOAuth(given: Given, config: Config, oauth: OAuth): Connections {
  const withoutToken = new WebClient(undefined, clientOptions(config.slackApiUrl));
  const granting = { ...given, ring: keyRing(config.encryptionKeys), oauth, slack: withoutToken };
  const known = knownWorkspaces(given);
  const ended: Connections['workspaces']['ended'] = async (workspaceId, ending) => {
    await endWorkspace({ ...given, keepDays: config.keepDays }, workspaceId, ending);
    known.forget();
    tokens.forget(workspaceId);
  };
  const tokens: BotTokens = botTokens({ ...granting, ended });
  const install: InstallOptions['install'] = async (code) => {
    const installed = await installWorkspace(granting, code);
    known.forget();
    if (installed.ok) tokens.forget(installed.value.workspaceId);
    return installed;
  };
  return {
    slack: installedApi(config.slackApiUrl, tokens),
    only: undefined,
    workspaces: { find: known.find, ended },
    install: installRequests({
      clientId: oauth.clientId,
      slackApiUrl: config.slackApiUrl,
      states: installStates(oauth.stateSecret, () => given.clock.machineNow()),
      install,
      log: given.log,
    }),
  };
}
