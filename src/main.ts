import { asRefused } from '#cli/trouble.ts';
import { clockStartingAt, systemClock } from '#domain/clock.ts';
import { openDatabase } from '#storage/open.ts';
import { startApplication } from './application.ts';
import { type Config, readConfig } from './config.ts';
import { createLog } from './log.ts';
import { StartRefused } from './start-refused.ts';

/** Composition root: settings → context → surfaces → delivery; and the way back on SIGTERM. */
const read = readConfig(process.env);
if (!read.ok) {
  for (const problem of read.problems) console.error(problem);
  process.exit(1);
}

try {
  const stop =
    read.config.slack.kind === 'none' ? await startSandboxed(read.config) : await startReal(read.config);
  stopOnSignal(stop);
} catch (error) {
  for (const line of linesAbout(error)) console.error(line);
  process.exit(1);
}

function linesAbout(error: unknown): readonly string[] {
  if (error instanceof StartRefused) return [error.message];
  if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') {
    return [
      'The port is in use, perhaps by a Sideline that runs already. Stop that, or choose another with PORT.',
    ];
  }
  return asRefused(error).problems;
}

async function startReal(config: Config): Promise<() => Promise<void>> {
  if (process.argv.length > 2) {
    throw new StartRefused(
      `${process.argv.slice(2).join(' ')}: options belong to the sandbox, and Slack settings are given, so this is ` +
        'the real thing. Nothing was started. Unset them for the sandbox, or leave the options out.',
    );
  }
  const log = createLog(config.logLevel);
  const clock = config.startAt === undefined ? systemClock : clockStartingAt(config.startAt);
  if (config.startAt !== undefined) {
    log.warn(
      `SIDELINE_NOW is set: business time starts at ${new Date(config.startAt).toISOString()}, not now`,
    );
  }
  const database = await openDatabase({
    ...config,
    onIdleError: (error) => log.warn({ err: error }, 'the database ended an idle connection'),
  });
  const application = await startApplication({ config, clock, database, log });
  return async () => {
    await application.stop();
    await database.close();
  };
}

/** Loaded only where it is wanted: a production process carries nothing of the sandbox. */
async function startSandboxed(config: Config): Promise<() => Promise<void>> {
  if (config.production) {
    throw new StartRefused(
      'SLACK_BOT_TOKEN is missing. Without it the sandbox would start, which NODE_ENV=production refuses. ' +
        'Set the token (or SLACK_CLIENT_ID, for many workspaces), or leave NODE_ENV out to try the sandbox.',
    );
  }
  const { startSandbox } = await import('#sandbox/start.ts');
  return startSandbox(config, process.argv.slice(2));
}

function stopOnSignal(stop: () => Promise<void>): void {
  let stopping = false;
  const onSignal = (): void => {
    if (stopping) return;
    stopping = true;
    // Whatever hangs, the process is gone before the ten seconds of an orchestrator are over.
    setTimeout(() => process.exit(1), 9_500).unref();
    stop().then(
      () => process.exit(0),
      (error: unknown) => {
        console.error(error);
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', onSignal);
  process.on('SIGINT', onSignal);
}
