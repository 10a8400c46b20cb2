import type { Logger } from 'pino';
import { createDelivery, type Delivery } from '#delivery/delivery.ts';
import { lanes } from '#delivery/drain.ts';
import { everyMinute } from '#delivery/every-minute.ts';
import { sparingly } from '#delivery/hints.ts';
import { createPeopleSweep, type PeopleSweep } from '#delivery/people-sweep.ts';
import { createQueue } from '#delivery/queue.ts';
import type { Clock } from '#domain/clock.ts';
import { defaultQuarantine } from '#domain/delivery.ts';
import type { MethodLimits } from '#domain/slack-limits.ts';
import { noteTimeZones } from '#services/compare-time-zones.ts';
import { deleteEnded } from '#services/delete-ended.ts';
import { followZoneData } from '#services/follow-zone-data.ts';
import { createSlackApp } from '#slack/app.ts';
import { composers, features } from '#slack/features.ts';
import type { Pace } from '#slack/pace.ts';
import { receiveFromSlack } from '#slack/requests.ts';
import { createSignatureCheck } from '#slack/signature.ts';
import { type Backlog, backlogOf } from '#storage/backlog.ts';
import type { Database } from '#storage/database.ts';
import { migrate, migrationState } from '#storage/migrate.ts';
import type { Config, SlackSettings } from './config.ts';
import { type Connections, connectByOAuth, connectByToken } from './connections.ts';
import type { AppContext } from './context.ts';
import { createMetrics } from './metrics.ts';
import { type Readiness, startServer } from './server.ts';

export interface ApplicationOptions {
  config: Config;
  clock: Clock;
  database: Database;
  log: Logger;
  quarantine?: number;
  /** How often Slack may be called; as Slack says, where nothing else is said. */
  limits?: MethodLimits;
  /** How often one person may ask; as people do, where nothing else is said. */
  pace?: Pace;
}

/** The running product: requests from Slack in, messages out. */
export interface Application {
  context: AppContext;
  /** The one there is a token for. Where workspaces come by installation there is none, and asking throws. */
  readonly workspaceId: string;
  port: number;
  delivery: Delivery;
  /** Looks people up in Slack every night. */
  peopleSweep: PeopleSweep;
  /** What is done once a minute beside planning: workspaces that ended long enough ago are deleted. */
  tidy(): Promise<void>;
  stop(): Promise<void>;
}

export async function startApplication(options: ApplicationOptions): Promise<Application> {
  const { config, clock, database, log } = options;
  if (config.slack.kind === 'none') throw new Error('the application needs Slack settings');
  await migrate(database.owner);

  const queue = createQueue(database.boss, log);
  const given = {
    clock,
    database,
    log,
    wake: sparingly((workspaceId) => {
      const hints = lanes.map((lane) => ({ workspaceId, lane }));
      queue.hint(hints).catch((error: unknown) => {
        log.warn({ err: error, workspaceId }, 'a hint was lost; the next tick repeats it');
      });
    }),
  };
  const [connections] = await Promise.all([connect(given, config), queue.start()]);
  const { slack, only, workspaces, install } = connections;
  const context: AppContext = { ...given, slack };

  const works = config.role !== 'web';
  const metrics = createMetrics({
    secondsSinceTick: () => secondsSince(clock, delivery.lastTick()),
    backlog: () => backlog(options),
  });
  const delivery: Delivery = createDelivery(
    {
      ...context,
      composers,
      meter: metrics.meter,
      quarantine: options.quarantine ?? defaultQuarantine,
      callTimeout: 10_000,
      limits: options.limits,
    },
    queue,
  );
  const { appToken, signingSecret } = waysIn(config.slack);
  const app = await createSlackApp({
    context,
    features,
    workspaces,
    socket: appToken === undefined ? undefined : { appToken },
    pace: options.pace,
  });
  const server = await startServer({
    port: config.port,
    host: config.host,
    log,
    metrics,
    readiness: () => readiness(options, delivery),
    install: config.role === 'worker' ? undefined : install,
    slack:
      signingSecret !== undefined && config.role !== 'worker'
        ? receiveFromSlack(
            createSignatureCheck(signingSecret, () => clock.machineNow()),
            app.handle,
            log,
          )
        : undefined,
  });
  const peopleSweep = createPeopleSweep(context);
  const tidy = async (): Promise<void> => void (await deleteEnded(context));
  let tidying: { stop(): void } | undefined;
  if (works) {
    await followZoneData(context);
    await delivery.start();
    peopleSweep.start();
    tidying = everyMinute(clock, () => {
      tidy().catch((error: unknown) =>
        log.error({ err: error }, 'what is to be tidied was not; it is in a minute'),
      );
    });
  }
  if (config.role !== 'worker') await app.start();
  const workspace = only?.name ?? 'those that install it';
  log.info({ port: server.port, workspace, role: config.role }, 'Sideline is running');
  // What it finds is worth a line in the log, not a later start: the embedded database does one thing at a time.
  const noting = setTimeout(() => void noteTimeZones(context), 10_000).unref();

  return {
    context,
    get workspaceId() {
      if (only === undefined) throw new Error('workspaces come by installation: there is not the one');
      return only.workspaceId;
    },
    port: server.port,
    delivery,
    peopleSweep,
    tidy,
    async stop() {
      clearTimeout(noting);
      tidying?.stop();
      // Nothing new is begun from here on: no post, and no request. Those under way are answered, and settled.
      const settled = delivery.stop();
      await server.stop();
      await Promise.all([app.stop(), settled, peopleSweep.stop()]);
    },
  };
}

function connect(
  given: Parameters<typeof connectByOAuth>[0],
  config: Config,
): Promise<Connections> | Connections {
  const { slack } = config;
  if (slack.kind === 'none') throw new Error('the application needs Slack settings');
  return slack.kind === 'oauth'
    ? connectByOAuth(given, config, slack)
    : connectByToken(given, config, slack.botToken);
}

/** Over Socket Mode where there is an app token, else over HTTP. */
function waysIn(slack: SlackSettings): { appToken?: string; signingSecret?: string } {
  if (slack.kind === 'none') return {};
  if ('appToken' in slack && slack.appToken !== undefined) return { appToken: slack.appToken };
  return 'signingSecret' in slack && slack.signingSecret !== undefined
    ? { signingSecret: slack.signingSecret }
    : {};
}

/** A planner that has not finished for this long stands still. */
const staleAfter = 180;

async function readiness(
  { database, clock, config }: ApplicationOptions,
  delivery: Delivery,
): Promise<Readiness> {
  const checks: Record<string, string> = {};
  try {
    const { pending, unknown } = await migrationState(database.owner);
    checks['database'] = 'ok';
    checks['migrations'] = pending.length + unknown.length === 0 ? 'ok' : 'not those of this version';
  } catch {
    // What exactly is wrong is in the log of whoever asks the database next; a probe needs yes or no.
    checks['database'] = 'not reachable';
  }
  if (config.role !== 'web') {
    const seconds = secondsSince(clock, delivery.lastTick());
    checks['planner'] = seconds !== undefined && seconds < staleAfter ? 'ok' : 'has not planned lately';
  }
  return { ready: Object.values(checks).every((state) => state === 'ok'), checks };
}

/** A database that is away makes the metrics shorter, not absent. */
async function backlog({ database, clock, log }: ApplicationOptions): Promise<Backlog | undefined> {
  try {
    return await database.inPlanner((trx) => backlogOf(trx, new Date(clock.now())));
  } catch (error) {
    log.warn({ err: error }, 'what waits in the database could not be counted');
    return undefined;
  }
}

function secondsSince(clock: Clock, monotonic: number | undefined): number | undefined {
  return monotonic === undefined ? undefined : (clock.monotonic() - monotonic) / 1000;
}
