import { WebClient } from '@slack/web-api';
import { identify, scopes, TokenRefused } from '#services/register-workspace.ts';
import { slackErrorOf, slackTroubleOf } from '#services/slack-error.ts';
import type { Config } from '../../config.ts';
import { clientOptions, singleWorkspaceApi } from '../../web-api.ts';
import type { Check } from './check.ts';

const name = 'Slack';

export async function checkSlack({ slack, slackApiUrl }: Config): Promise<Check> {
  if (slack.kind === 'oauth') return aboutConnecting(slackApiUrl, slack.appToken);
  if (slack.kind === 'none') return { name, state: 'ok', found: 'not asked: there are no settings for it' };
  try {
    const { team } = await identify(singleWorkspaceApi(slackApiUrl, slack.botToken).client(''));
    if (slack.kind === 'socket') {
      const appToken = await aboutAppToken(slackApiUrl, slack.appToken);
      if (appToken !== undefined) return { name, state: 'wrong', found: appToken, todo: appTokenTodo };
    }
    return {
      name,
      state: 'ok',
      found: `the token is of ${team ?? 'a workspace'} and has all ${scopes.length} scopes`,
    };
  } catch (error) {
    if (error instanceof TokenRefused) return { name, state: 'wrong', found: error.message };
    const trouble = slackTroubleOf(error);
    if (trouble === undefined) throw error;
    const todo = [
      'Is there a way out to the Internet from here, and is SLACK_API_URL right? Try again in a minute.',
    ];
    return { name, state: 'wrong', found: trouble, todo };
  }
}

/** Of the workspaces' own tokens the database is asked: see workspaces.ts. */
async function aboutConnecting(slackApiUrl: string, appToken: string | undefined): Promise<Check> {
  const how = 'how requests come';
  if (appToken === undefined) return { name: how, state: 'ok', found: 'over HTTP, signed' };
  const trouble = await aboutAppToken(slackApiUrl, appToken);
  if (trouble === undefined) return { name: how, state: 'ok', found: 'over Socket Mode' };
  return { name: how, state: 'wrong', found: trouble, todo: appTokenTodo };
}

const appTokenTodo = [
  'Make an app-level token with connections:write under "Basic Information" of the Slack app, and put it into ' +
    'SLACK_APP_TOKEN.',
];

/** Asking for a connection opens none. */
async function aboutAppToken(apiUrl: string, appToken: string): Promise<string | undefined> {
  try {
    await new WebClient(appToken, clientOptions(apiUrl)).apps.connections.open({});
    return undefined;
  } catch (error) {
    const refusal = slackErrorOf(error);
    if (refusal === undefined) throw error;
    return `Slack refuses the app token (${refusal})`;
  }
}
