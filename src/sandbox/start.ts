import path from 'node:path';
import { parseArgs } from 'node:util';
import type { Config } from '../config.ts';
import { createLog } from '../log.ts';
import { StartRefused } from '../start-refused.ts';
import { usualSeed } from './history.ts';
import { type Sandbox, startSandbox as start } from './sandbox.ts';
import { sandboxPage } from './sandbox-page.ts';

/** `npm start` without Slack settings. */
export async function startSandbox(config: Config, args: string[]): Promise<() => Promise<void>> {
  const { port, seed, reset, empty } = readArguments(config, args);
  let running: Sandbox | undefined;
  running = await start({
    config,
    // The requests of a demonstration are no news; what goes wrong is.
    log: createLog(config.logLevel === 'info' ? 'warn' : config.logLevel),
    port,
    // Apart from a real installation's data, which --reset must never touch, and from each other.
    dataDirectory: path.join(config.dataDirectory, empty ? 'sandbox-empty' : 'sandbox'),
    seed,
    reset,
    empty,
    handler: sandboxPage(() => running, { empty }),
    onListening(url, past) {
      console.log(`Sideline sandbox: ${url}`);
      if (past === 'kept' || past === 'lived') console.log(firstStart[past]);
    },
  });
  console.log('Ready. Stop with Ctrl-C; `npm start -- --reset` begins anew.');
  const { stop } = running;
  return stop;
}

const firstStart = {
  kept: 'Putting four months of a sales team in place first; this takes some seconds.',
  lived: 'Living through four months of a sales team first; this takes a minute or two.',
};

function readArguments(
  config: Config,
  args: string[],
): { port: number; seed: number; reset: boolean; empty: boolean } {
  const given = parse(args);
  return {
    port: given.port === undefined ? config.port : wholeNumber('--port', given.port, 65_535),
    seed: given.seed === undefined ? usualSeed : wholeNumber('--seed', given.seed, 2 ** 31),
    reset: given.reset,
    empty: given.empty,
  };
}

function parse(args: string[]): {
  port?: string | undefined;
  seed?: string | undefined;
  reset: boolean;
  empty: boolean;
} {
  try {
    return parseArgs({
      args,
      options: {
        reset: { type: 'boolean', default: false },
        empty: { type: 'boolean', default: false },
        port: { type: 'string' },
        seed: { type: 'string' },
      },
    }).values;
  } catch (cause) {
    const what = cause instanceof Error ? cause.message : String(cause);
    throw new StartRefused(`${what}\nUsage: npm start -- [--port N] [--seed N] [--reset] [--empty]`, {
      cause,
    });
  }
}

function wholeNumber(name: string, text: string, most: number): number {
  const number = Number(text);
  if (/^\d+$/.test(text) && number <= most) return number;
  throw new StartRefused(`${name} must be a whole number from 0 to ${most}, not "${text}"`);
}
