import { parseArgs } from 'node:util';
import { pino } from 'pino';
import type { Config } from '../config.ts';
import { startSandbox as start } from './sandbox.ts';

/** `npm start` without Slack settings. */
export async function startSandbox(config: Config, args: string[]): Promise<() => Promise<void>> {
  const options = parseArgs({
    args,
    options: { reset: { type: 'boolean', default: false }, port: { type: 'string' }, seed: { type: 'string' } },
  }).values;
  const sandbox = await start({
    config,
    log: pino({ level: process.env['LOG_LEVEL'] === undefined ? 'warn' : config.logLevel }),
    port: options.port === undefined ? config.port : Number(options.port),
    dataDirectory: config.dataDirectory,
    seed: Number(options.seed ?? 1),
    reset: options.reset,
  });
  console.log(`Sideline sandbox: ${sandbox.slack.url}`);
  return () => sandbox.stop();
}
