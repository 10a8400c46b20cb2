import type { WebClient } from '@slack/web-api';
import { registerWorkspace } from '#services/register-workspace.ts';
import type { Database } from '#storage/database.ts';
import type { Config } from '../config.ts';
import { connectByOAuth } from '../connections.ts';
import { createLog } from '../log.ts';
import { singleWorkspaceApi } from '../web-api.ts';
import { chooseWorkspace } from './choose-workspace.ts';
import { Refused } from './command.ts';
import { serviceContext } from './with-database.ts';

export interface Reached {
  workspaceId: string;
  name: string;
  client: WebClient;
}

/** Slack as the workspace a command is about: the one of the token, or the one named of those that were installed. */
export async function reachWorkspace(
  config: Config,
  database: Database,
  named: string | undefined,
): Promise<Reached> {
  const { slack, slackApiUrl } = config;
  const context = serviceContext(config, database);
  if (slack.kind === 'none') throw new Refused('This needs Slack, and there are no settings for it.');
  if (slack.kind === 'oauth') {
    const { id, name, ended } = await chooseWorkspace(database, named);
    if (ended !== null) {
      throw new Refused(
        `${name} (${id}) removed the app (${ended.reason}). Nothing was changed. Install it there again: /slack/install.`,
      );
    }
    // What is worth a log line here comes as a refusal too, in words.
    const connections = connectByOAuth({ ...context, log: createLog('silent') }, config, slack);
    return { workspaceId: id, name, client: connections.slack.client(id) };
  }
  const client = singleWorkspaceApi(slackApiUrl, slack.botToken).client('');
  const { workspaceId, name } = await registerWorkspace(context, client);
  if (named !== undefined && named !== workspaceId) {
    throw new Refused(
      `The bot token belongs to workspace ${workspaceId} (${name}), not to ${named}. Nothing was changed.`,
    );
  }
  return { workspaceId, name, client };
}
