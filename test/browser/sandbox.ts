import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pino } from 'pino';
import { type Sandbox, startSandbox } from '#sandbox/sandbox.ts';
import { sandboxPage } from '#sandbox/sandbox-page.ts';
import { readConfig } from '../../src/config.ts';

export interface OwnSandbox {
  sandbox: Sandbox;
  url: string;
  dataDirectory: string;
  stop(): Promise<void>;
}

/** The sandbox that a visitor starts, on a directory of its own; with a past already lived where one is given. */
export async function startOwnSandbox(past?: string, { empty = false } = {}): Promise<OwnSandbox> {
  const read = readConfig({});
  if (!read.ok) throw new Error(read.problems.join('\n'));
  const dataDirectory = mkdtempSync(path.join(tmpdir(), 'sideline-browser-'));
  if (past !== undefined) cpSync(past, dataDirectory, { recursive: true });
  let running: Sandbox | undefined;
  const sandbox = await startSandbox({
    config: { ...read.config, dataDirectory },
    log: pino({ level: 'silent' }),
    port: 0,
    dataDirectory,
    seed: 1,
    reset: false,
    empty,
    handler: sandboxPage(() => running, { empty }),
  });
  running = sandbox;
  return {
    sandbox,
    url: sandbox.slack.url,
    dataDirectory,
    async stop() {
      await sandbox.stop();
      rmSync(dataDirectory, { recursive: true, force: true });
    },
  };
}
