import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Logger } from 'pino';
import { type TravelClock, travelClock } from '#domain/clock.ts';
import { scopes } from '#services/register-workspace.ts';
import { clearDirectory } from '#storage/directory-lock.ts';
import { openDatabase } from '#storage/open.ts';
import { type Application, startApplication } from '../application.ts';
import type { Config } from '../config.ts';
import { historyStart, liveThroughHistory } from './history.ts';
import { type LocalSlack, startLocalSlack } from './local-slack/local-slack.ts';
import { type StateFile, stateFile } from './state-file.ts';
import { enablementChannel, team, teamName } from './team.ts';
import { travelTo, travelToNextMessage } from './travel.ts';

/** A workspace to try the product in: the real application against the local Slack, on a clock that travels. */
export interface Sandbox {
  slack: LocalSlack;
  application: Application;
  clock: TravelClock;
  /** Lives the time up to an instant; journeys asked for at once are made one after the other. */
  travelTo(instant: number): Promise<void>;
  /** Up to the next message to anybody, within a month; the instant arrived at. */
  travelToNextMessage(): Promise<number>;
  stop(): Promise<void>;
}

export interface SandboxOptions {
  config: Config;
  log: Logger;
  port: number;
  dataDirectory: string;
  /** Chooses among the made-up conversations of the past. */
  seed: number;
  reset: boolean;
  /** Serves the page; answers false to leave a request to the local Slack. */
  handler?: (request: IncomingMessage, response: ServerResponse) => boolean;
  /** Called once the page can be reached; a new sandbox still has to live its past then. */
  onListening?: (url: string, isNew: boolean) => void;
}

const slackApp = {
  appId: 'A0SIDELINE',
  botUserId: 'U0SIDELINE',
  botId: 'B0SIDELINE',
  name: 'Sideline',
  botToken: 'xoxb-sandbox',
  signingSecret: 'sandbox',
  scopes: [...scopes],
  commands: [
    { command: '/coach', description: 'Coach your team, or get ready to be coached', usageHint: 'help' },
  ],
};

export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const file = stateFile(options.dataDirectory);
  const before = options.reset ? undefined : file.read();
  const clock = travelClock(before?.businessNow ?? historyStart);
  // First of all, since a port in use is no reason to touch any data; and a visitor need not wait for a page.
  const slack = await startLocalSlack({
    ...workspaceOf(clock),
    port: options.port,
    ...(before === undefined ? {} : { snapshot: before.slack }),
    ...(options.handler === undefined ? {} : { handler: options.handler }),
  });
  try {
    options.onListening?.(slack.url, before === undefined);
    return await startProduct(options, { file, slack, clock, isNew: before === undefined });
  } catch (error) {
    await slack.close();
    throw error;
  }
}

function workspaceOf(clock: TravelClock) {
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
    })),
    // The app is in it, so that a digest can be tried at once.
    channels: [
      {
        id: enablementChannel,
        name: 'sales-enablement',
        members: [...team.map((one) => one.id), slackApp.botUserId],
      },
    ],
    businessNow: () => clock.now(),
  };
}

interface Beginnings {
  file: StateFile;
  slack: LocalSlack;
  clock: TravelClock;
  isNew: boolean;
}

async function startProduct(
  options: SandboxOptions,
  { file, slack, clock, isNew }: Beginnings,
): Promise<Sandbox> {
  const { dataDirectory, log } = options;
  // A past that was not lived to its end has left a database without a state file: it begins anew, too.
  if (isNew) await clearDirectory(dataDirectory, ['database', 'sandbox.json']);
  const database = await openDatabase({ databaseUrl: undefined, dataDirectory });
  const config = sandboxConfig(options.config, slack.apiUrl);
  const application = await startApplication({ config, clock, database, log });
  slack.connect({ mode: 'http', url: `http://127.0.0.1:${application.port}/slack/events` });

  const traveller = { clock, database, slack, delivery: application.delivery };
  if (isNew) await liveThroughHistory({ ...traveller, application }, { seed: options.seed });
  const saving = keepSaved(file, slack, clock);
  saving.now();
  const inTurn = oneAfterTheOther();
  return {
    slack,
    application,
    clock,
    travelTo: (instant) => inTurn(() => travelTo(traveller, instant)),
    travelToNextMessage: () => inTurn(() => travelToNextMessage(traveller)),
    async stop() {
      await application.stop();
      saving.stop();
      await slack.close();
      await database.close();
    },
  };
}

function sandboxConfig(config: Config, slackApiUrl: string): Config {
  return {
    ...config,
    slack: { kind: 'http', botToken: slackApp.botToken, signingSecret: slackApp.signingSecret },
    slackApiUrl,
    port: 0,
    host: '127.0.0.1',
  };
}

const savedWithin = 500;

/** Changes come in bursts; each burst is written once, shortly after its first. */
function keepSaved(file: StateFile, slack: LocalSlack, clock: TravelClock): { now(): void; stop(): void } {
  let timer: NodeJS.Timeout | undefined;
  const now = (): void => {
    clearTimeout(timer);
    timer = undefined;
    file.write({ businessNow: clock.now(), slack: slack.snapshot() });
  };
  const forget = slack.onChange(() => {
    timer ??= setTimeout(now, savedWithin);
  });
  return {
    now,
    stop() {
      forget();
      now();
    },
  };
}

function oneAfterTheOther(): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const next = last.catch(() => undefined).then(work);
    last = next;
    return next;
  };
}
