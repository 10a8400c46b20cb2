import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Logger } from 'pino';
import { type TravelClock, travelClock } from '#domain/clock.ts';
import { unlimited } from '#domain/slack-limits.ts';
import { anyPace } from '#slack/pace.ts';
import { clearDirectory } from '#storage/directory-lock.ts';
import { openDatabase } from '#storage/open.ts';
import { type Application, type ApplicationOptions, startApplication } from '../application.ts';
import type { Config } from '../config.ts';
import { historyStart, liveThroughHistory, usualSeed } from './history.ts';
import { canBeLoaded, type KeptPast, loadKeptPast, readKeptPast } from './kept-past/kept-past.ts';
import { type LocalSlack, startLocalSlack } from './local-slack/local-slack.ts';
import { type StateFile, stateFile } from './state-file.ts';
import { travelTo, travelToNextMessage } from './travel.ts';
import { configOf, workspaceOf } from './workspace.ts';

/** Where a sandbox has its past from: a visit before, what is kept, or it is lived anew; an empty one has none. */
export type PastFrom = 'before' | 'kept' | 'lived' | 'none';

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
  /** Chooses among the made-up conversations of the past; the past that is kept has the usual one. */
  seed: number;
  reset: boolean;
  /** As Sideline is found right after it was installed: the people are in Slack, and nobody in Sideline. */
  empty?: boolean;
  /** Serves the page; answers false to leave a request to the local Slack. */
  handler?: (request: IncomingMessage, response: ServerResponse) => boolean;
  /** Called once the page can be reached; a new sandbox still has to get its past then. */
  onListening?: (url: string, past: PastFrom) => void;
}

export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const file = stateFile(options.dataDirectory);
  const before = options.reset ? undefined : file.read();
  const kept = before === undefined && !options.empty ? keptPastFor(options) : undefined;
  const state = before ?? kept?.state;
  const clock = travelClock(state?.businessNow ?? historyStart);
  // First of all, since a port in use is no reason to touch any data; and a visitor need not wait for a page.
  const slack = await startLocalSlack({
    ...workspaceOf(clock),
    port: options.port,
    ...(state === undefined ? {} : { snapshot: state.slack }),
    ...(options.handler === undefined ? {} : { handler: options.handler }),
  });
  const pastFrom =
    before !== undefined ? 'before' : options.empty ? 'none' : kept !== undefined ? 'kept' : 'lived';
  try {
    options.onListening?.(slack.url, pastFrom);
    return await startProduct(options, { file, slack, clock, pastFrom, kept });
  } catch (error) {
    await slack.close();
    throw error;
  }
}

function keptPastFor({ seed }: SandboxOptions): KeptPast | undefined {
  if (seed !== usualSeed) return undefined;
  const kept = readKeptPast();
  return canBeLoaded(kept) ? kept : undefined;
}

interface Beginnings {
  file: StateFile;
  slack: LocalSlack;
  clock: TravelClock;
  pastFrom: PastFrom;
  kept: KeptPast | undefined;
}

async function startProduct(
  options: SandboxOptions,
  { file, slack, clock, pastFrom, kept }: Beginnings,
): Promise<Sandbox> {
  const { dataDirectory, log } = options;
  // A past that was not there to its end has left a database without a state file: it begins anew, too.
  if (pastFrom !== 'before') await clearDirectory(dataDirectory, ['database', 'sandbox.json']);
  const database = await openDatabase({ databaseUrl: undefined, dataDirectory });
  if (kept !== undefined) await loadKeptPast(database.owner, kept);
  const application = await startOn(slack, { config: options.config, clock, database, log });
  const traveller = { clock, database, slack, delivery: application.delivery, patience: 60_000 };
  if (pastFrom === 'lived') await liveThroughHistory({ ...traveller, application }, { seed: options.seed });
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

/** The product, with a local Slack in the place of the real one. */
export async function startOn(slack: LocalSlack, options: ApplicationOptions): Promise<Application> {
  const config = configOf(options.config, slack.apiUrl);
  const application = await startApplication({ ...options, config, limits: unlimited, pace: anyPace });
  slack.connect({ mode: 'http', url: `http://127.0.0.1:${application.port}/slack/events` });
  return application;
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
