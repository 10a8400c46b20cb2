import type { TravelClock } from '#domain/clock.ts';
import { optionalScopes, scopes } from '#services/register-workspace.ts';
import type { Config } from '../config.ts';
import { enablementChannel, priya, team, teamName } from './team.ts';

const slackApp = {
  appId: 'A0SIDELINE',
  botUserId: 'U0SIDELINE',
  botId: 'B0SIDELINE',
  name: 'Sideline',
  botToken: 'xoxb-sandbox',
  signingSecret: 'sandbox',
  scopes: [...scopes, ...optionalScopes],
  commands: [
    { command: '/coach', description: 'Coach your team, or get ready to be coached', usageHint: 'help' },
  ],
};

/** The local Slack as it is before anybody has said anything. */
export function workspaceOf(clock: TravelClock) {
  return {
    team: { id: 'T0SANDBOX', name: teamName },
    app: slackApp,
    users: team.map((one) => ({
      id: one.id,
      name: one.name.toLowerCase().replaceAll(/[^\p{L}]+/gu, '.'),
      realName: one.name,
      email: `${one.id.slice(2).toLowerCase()}@northwind.example`,
      tz: one.zone,
      title: one.title,
      isAdmin: one.id === priya,
    })),
    // The app is in it, so that a digest can be tried at once.
    channels: [
      {
        id: enablementChannel,
        name: 'sales-enablement',
        members: [...team.map((one) => one.id), slackApp.botUserId],
      },
    ],
    userGroups: [
      {
        id: 'S0REPS',
        name: 'Sales reps',
        handle: 'sales-reps',
        users: team.filter(({ roles }) => roles.includes('rep')).map(({ id }) => id),
      },
    ],
    businessNow: () => clock.now(),
  };
}

/** The application as it runs against the local Slack, which calls it over HTTP. */
export function configOf(config: Config, slackApiUrl: string): Config {
  return {
    ...config,
    slack: { kind: 'http', botToken: slackApp.botToken, signingSecret: slackApp.signingSecret },
    slackApiUrl,
    port: 0,
    host: '127.0.0.1',
  };
}
