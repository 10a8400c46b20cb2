import { type TravelClock, travelClock } from '#domain/clock.ts';
import { unlimited } from '#domain/slack-limits.ts';
import { type LocalSlack, startLocalSlack } from '#sandbox/local-slack/local-slack.ts';
import type { AppOptions, TeamOptions } from '#sandbox/local-slack/options.ts';
import { travelTo } from '#sandbox/travel.ts';
import { importPeople } from '#services/import-people.ts';
import { startWorkspace } from '#services/start-workspace.ts';
import { anyPace } from '#slack/pace.ts';
import { type Application, startApplication } from '../src/application.ts';
import { readConfig } from '../src/config.ts';
import { createLog } from '../src/log.ts';
import { type DatabaseKind, openTestDatabase, type TestDatabase } from './database.ts';
import { Person } from './person.ts';
import { type SeveralSlacks, startSeveralSlacks } from './slack/several-slacks.ts';
import { peopleFile, slackApp, slackUser, type TeamMember, userId } from './world.ts';

/**
 * Two workspaces that installed one application by OAuth, with people of the same ids in both:
 *
 *     const { north, south, travelTo, close } = await startTwoWorkspaces({ now: '2026-03-02T14:00:00Z', team });
 *     await north.person('Dana').run('/coach log @Sam');
 *     await south.application.context.database.inWorkspace(south.workspaceId, …);
 *
 * `southTeam` gives the other one people of its own. Nobody is in either before `install` with `installed: false`.
 */
export interface TwoWorkspaces {
  north: Tenant;
  south: Tenant;
  clock: TravelClock;
  database: TestDatabase;
  application: Application;
  several: SeveralSlacks;
  travelTo(instant: string): Promise<void>;
  close(): Promise<void>;
}

/** One of the workspaces. */
export interface Tenant {
  workspaceId: string;
  slack: LocalSlack;
  application: Application;
  person(name: string): Person;
  /** By the addresses that a browser would go through; the page at their end. */
  install(as?: string): Promise<Installing>;
  /** Takes over the people of its team, and begins to ask them. */
  begin(): Promise<void>;
}

export interface Installing {
  status: number;
  html: string;
}

export interface TwoWorkspacesOptions {
  database?: DatabaseKind;
  now: string;
  team: TeamMember[];
  southTeam?: TeamMember[];
  /** False leaves both as they are before anybody has installed the app. */
  installed?: boolean;
  app?: Partial<AppOptions>;
  northTeamInSlack?: Partial<TeamOptions>;
  settings?: Record<string, string>;
  apiUrl?: (direct: string) => Promise<string>;
  log?: Parameters<typeof startApplication>[0]['log'];
}

export const north = 'T0NORTH';
export const south = 'T0SOUTH';

export const oauthSettings = {
  SLACK_CLIENT_ID: '1.2',
  SLACK_CLIENT_SECRET: 'client secret',
  SLACK_STATE_SECRET: 'state secret',
  SLACK_SIGNING_SECRET: slackApp.signingSecret,
  ENCRYPTION_KEYS: `k1:${Buffer.alloc(32, 'k1').toString('base64')}`,
  PORT: '0',
};

export async function startTwoWorkspaces(options: TwoWorkspacesOptions): Promise<TwoWorkspaces> {
  const clock = travelClock(Date.parse(options.now));
  const teams: Record<string, TeamMember[]> = {
    [north]: options.team,
    [south]: options.southTeam ?? options.team,
  };
  const slacks = new Map<string, LocalSlack>();
  for (const [id, people] of Object.entries(teams)) {
    const team = { id, name: `Team ${id.slice(2)}`, ...(id === north ? options.northTeamInSlack : {}) };
    slacks.set(id, await startSlack(team, people, clock, options.app));
  }
  const several = await startSeveralSlacks(slacks);
  const database = await openTestDatabase(options.database ?? 'embedded');
  const apiUrl = (await options.apiUrl?.(several.apiUrl)) ?? several.apiUrl;
  const application = await startApplication({
    config: configFor(apiUrl, options.settings),
    clock,
    database,
    log: options.log ?? createLog(process.env['LOG_LEVEL'] ?? 'silent'),
    limits: unlimited,
    // What a test does in a second, a person does in minutes.
    pace: anyPace,
  });
  const address = `http://127.0.0.1:${application.port}/slack`;
  const tenant = (id: string): Tenant => {
    const slack = slacks.get(id);
    if (slack === undefined) throw new Error(`there is no ${id}`);
    slack.connect({ mode: 'http', url: `${address}/events` });
    slack.setRedirectUrl(`${address}/oauth_redirect`);
    return tenantOf(application, several, { id, slack, team: teams[id] ?? [], address });
  };
  const tenants = { north: tenant(north), south: tenant(south) };
  if (options.installed !== false) {
    for (const one of Object.values(tenants)) {
      const { status, html } = await one.install();
      if (status !== 200) throw new Error(`${one.workspaceId} was not installed: ${html}`);
      await one.begin();
    }
  }
  const traveller = { clock, database, delivery: application.delivery, patience: 60_000 };
  return {
    ...tenants,
    clock,
    database,
    application,
    several,
    travelTo: (instant) => travelTo(traveller, Date.parse(instant)),
    async close() {
      await application.stop();
      await several.close();
      for (const slack of slacks.values()) await slack.close();
      await database.close();
    },
  };
}

function startSlack(
  team: TeamOptions,
  people: TeamMember[],
  clock: TravelClock,
  app: Partial<AppOptions> = {},
): Promise<LocalSlack> {
  const { SLACK_CLIENT_ID: clientId, SLACK_CLIENT_SECRET: clientSecret } = oauthSettings;
  return startLocalSlack({
    team,
    app: { ...slackApp, botToken: `xoxb-${team.id}`, clientId, clientSecret, grants: {}, ...app },
    users: people.map(slackUser),
    businessNow: () => clock.now(),
  });
}

function configFor(apiUrl: string, settings: Record<string, string> = {}) {
  const read = readConfig({ ...oauthSettings, SLACK_API_URL: apiUrl, ...settings });
  if (!read.ok) throw new Error(read.problems.join('\n'));
  return read.config;
}

function tenantOf(
  application: Application,
  several: SeveralSlacks,
  { id, slack, team, address }: { id: string; slack: LocalSlack; team: TeamMember[]; address: string },
): Tenant {
  const { context } = application;
  return {
    workspaceId: id,
    slack,
    application,
    person: (name) => new Person(slack, userId(name)),
    async install(as = team[0]?.name ?? '') {
      const begun = await fetch(`${address}/install`, { redirect: 'manual' });
      const toSlack = several.inWorkspace(begun.headers.get('location') ?? '', id);
      const allowed = await fetch(`${toSlack}&user=${userId(as)}`, { redirect: 'manual' });
      const [cookie = ''] = (begun.headers.get('set-cookie') ?? '').split(';');
      const finished = await fetch(allowed.headers.get('location') ?? '', { headers: { cookie } });
      return { status: finished.status, html: await finished.text() };
    },
    async begin() {
      const client = context.slack.client(id);
      const imported = await importPeople({ ...context, client }, id, peopleFile(team));
      if (!imported.ok) throw new Error(JSON.stringify(imported.problem));
      await startWorkspace(context, id);
    },
  };
}
