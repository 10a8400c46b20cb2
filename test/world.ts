import type { Logger } from 'pino';
import { type TravelClock, travelClock } from '#domain/clock.ts';
import { type MethodLimits, unlimited } from '#domain/slack-limits.ts';
import type { LocalSlack } from '#sandbox/local-slack/local-slack.ts';
import { startLocalSlack } from '#sandbox/local-slack/local-slack.ts';
import type { UserOptions } from '#sandbox/local-slack/options.ts';
import type { ProfileField } from '#sandbox/local-slack/types.ts';
import { travelTo } from '#sandbox/travel.ts';
import { importPeople } from '#services/import-people.ts';
import { optionalScopes, scopes } from '#services/register-workspace.ts';
import { startWorkspace } from '#services/start-workspace.ts';
import { anyPace, type Pace } from '#slack/pace.ts';
import { type Application, startApplication } from '../src/application.ts';
import { readConfig } from '../src/config.ts';
import { createLog } from '../src/log.ts';
import { type DatabaseKind, openTestDatabase, type TestDatabase } from './database.ts';
import { Person } from './person.ts';

/**
 * The whole product against the local Slack, with a team in it and a clock that the test moves. For several workspaces
 * in one application there is startTwoWorkspaces in two-workspaces.ts.
 */
export interface World {
  slack: LocalSlack;
  clock: TravelClock;
  database: TestDatabase;
  application: Application;
  person(name: string): Person;
  travelTo(instant: string): Promise<void>;
  close(): Promise<void>;
}

export interface TeamMember {
  name: string;
  zone: string;
  role: string;
  manager?: string;
  country?: string;
}

export interface WorldOptions {
  database?: DatabaseKind;
  mode?: 'http' | 'socket';
  now: string;
  team: TeamMember[];
  /** In Slack, but unknown to the product. */
  strangers?: { name: string; zone: string; admin?: boolean }[];
  /** With everybody in them, and the app unless `without`. */
  channels?: { id: string; name: string; without?: boolean }[];
  /** Slack's, of everybody. */
  userGroups?: { id: string; name: string; handle: string; users: string[] }[];
  /** What the workspace has added to profiles. */
  profileFields?: ProfileField[];
  /** What the app was given; everything it can use, where nothing is said. */
  scopes?: string[];
  start?: boolean;
  /** Calls go there instead of straight to the local Slack. */
  apiUrl?: (direct: string) => Promise<string>;
  quarantine?: number;
  /** How often Slack may be called; without, as often as one likes. */
  limits?: MethodLimits;
  /** How often one person may ask; without, as often as a test likes. */
  pace?: Pace;
  /** Where a test reads what is logged. */
  log?: Logger;
}

/** On a busy machine a call may be too slow: a team that travels on meanwhile would live another week. */
const patience = 60_000;

export async function startWorld(options: WorldOptions): Promise<World> {
  const clock = travelClock(Date.parse(options.now));
  const people = [...options.team, ...(options.strangers ?? [])];
  const slack = await startLocalSlack({
    team: { id: 'T0WORLD', name: 'Test team' },
    app: { ...slackApp, scopes: options.scopes ?? slackApp.scopes },
    userGroups: options.userGroups ?? [],
    profileFields: options.profileFields ?? [],
    users: people.map(slackUser),
    channels: (options.channels ?? []).map(({ id, name, without = false }) => ({
      id,
      name,
      members: [...people.map((one) => userId(one.name)), ...(without ? [] : [slackApp.botUserId])],
    })),
    businessNow: () => clock.now(),
  });
  const database = await openTestDatabase(options.database ?? 'postgres');
  const application = await startApplication({
    config: testConfig(options.mode ?? 'http', (await options.apiUrl?.(slack.apiUrl)) ?? slack.apiUrl),
    clock,
    database,
    log: options.log ?? createLog(process.env['LOG_LEVEL'] ?? 'silent'),
    // Time travels here, and weeks of messages go out in seconds.
    limits: options.limits ?? unlimited,
    pace: options.pace ?? anyPace,
    ...(options.quarantine === undefined ? {} : { quarantine: options.quarantine }),
  });
  if (options.mode !== 'socket') {
    slack.connect({ mode: 'http', url: `http://127.0.0.1:${application.port}/slack/events` });
  }
  const { context, workspaceId, delivery } = application;
  const client = context.slack.client(workspaceId);
  if (options.team.length > 0) {
    const imported = await importPeople({ ...context, client }, workspaceId, peopleFile(options.team));
    if (!imported.ok) throw new Error(JSON.stringify(imported.problem));
  }
  if (options.start !== false) await startWorkspace(context, workspaceId);
  return {
    slack,
    clock,
    database,
    application,
    person: (name) => new Person(slack, userId(name)),
    travelTo: (instant) => travelTo({ clock, database, delivery, patience }, Date.parse(instant)),
    async close() {
      await application.stop();
      await slack.close();
      await database.close();
    },
  };
}

export const slackApp = {
  appId: 'A0SIDELINE',
  botUserId: 'U0SIDELINE',
  botId: 'B0SIDELINE',
  name: 'Sideline',
  botToken: 'xoxb-test',
  appToken: 'xapp-test',
  signingSecret: 'test signing secret',
  scopes: [...scopes, ...optionalScopes],
};

export const userId = (name: string): string => `U${name.toUpperCase().replaceAll(/[^A-Z0-9]/g, '')}`;

export function slackUser({
  name,
  zone,
  admin = false,
}: {
  name: string;
  zone: string;
  admin?: boolean;
}): UserOptions {
  const handle = name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '.');
  const email = `${handle}@example.test`;
  return { id: userId(name), name: handle, realName: name, email, tz: zone, isAdmin: admin };
}

export function peopleFile(team: TeamMember[]): string {
  const rows = team.map(
    ({ name, role, manager, country = '' }) =>
      `${userId(name)},,${role},${manager ? userId(manager) : ''},,,,${country}`,
  );
  return ['slack_user_id,email,role,manager,segment,wave,start_date,country', ...rows].join('\n');
}

function testConfig(mode: 'http' | 'socket', apiUrl: string) {
  const read = readConfig({
    SLACK_BOT_TOKEN: slackApp.botToken,
    SLACK_SIGNING_SECRET: slackApp.signingSecret,
    SLACK_APP_TOKEN: mode === 'socket' ? slackApp.appToken : '',
    SLACK_API_URL: apiUrl,
    PORT: '0',
  });
  if (!read.ok) throw new Error(read.problems.join('\n'));
  return read.config;
}
