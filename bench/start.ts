import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { startLocalSlack } from '#sandbox/local-slack/local-slack.ts';
import { scopes } from '#services/register-workspace.ts';
import { freePort, startPostgresServer } from '#test/postgres-server.ts';

/**
 * How long the application takes until /readyz says yes, and what it holds when idle, as a process of its own
 * against a local Slack. The aims: under 2 s on a second start; under 500 MB with the embedded database, under
 * 180 MB with PostgreSQL.
 */
const idleFor = 5_000;
const root = path.resolve(import.meta.dirname, '..');

const slack = await startLocalSlack({
  team: { id: 'T0BENCH', name: 'Bench' },
  app: {
    appId: 'A0BENCH',
    botUserId: 'U0BENCH',
    botId: 'B0BENCH',
    name: 'Sideline',
    botToken: 'xoxb-bench',
    signingSecret: 'bench',
    scopes: [...scopes],
  },
  users: [],
});
const directory = mkdtempSync(path.join(tmpdir(), 'sideline-bench-'));
const postgres = await startPostgres();

const rows = [
  { case: 'embedded, first start', ...(await measure({})) },
  { case: 'embedded, second start', ...(await measure({})) },
  { case: 'PostgreSQL, first start', ...(await measure({ DATABASE_URL: postgres.url })) },
  { case: 'PostgreSQL, second start', ...(await measure({ DATABASE_URL: postgres.url })) },
  { case: 'sandbox, first start', ...(await measureSandbox()) },
  { case: 'sandbox, second start', ...(await measureSandbox()) },
  { case: 'node alone, for comparison', ...(await measureBareNode()) },
];
console.table(rows);

await postgres.stop();
await slack.close();
rmSync(directory, { recursive: true, force: true });

interface Measured {
  'ready after ms': number | string;
  'idle RSS MB': number;
}

async function measure(settings: Record<string, string>): Promise<Measured> {
  const port = await freePort();
  const began = performance.now();
  const child = spawn(process.execPath, [path.join(root, 'src/main.ts')], {
    cwd: directory,
    stdio: ['ignore', 'ignore', 'inherit'],
    env: {
      PATH: process.env['PATH'],
      SLACK_BOT_TOKEN: 'xoxb-bench',
      SLACK_SIGNING_SECRET: 'bench',
      SLACK_API_URL: slack.apiUrl,
      PORT: String(port),
      LOG_LEVEL: 'warn',
      ...settings,
    },
  });
  await untilReady(child, `http://127.0.0.1:${port}/readyz`);
  const ready = Math.round(performance.now() - began);
  const idle = await idleMemory(child);
  return { 'ready after ms': ready, 'idle RSS MB': idle };
}

/** The first start puts four months in place; its aim is 15 s. */
async function measureSandbox(): Promise<Measured> {
  const began = performance.now();
  const child = spawn(process.execPath, [path.join(root, 'src/main.ts'), '--port', '0'], {
    cwd: directory,
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { PATH: process.env['PATH'] },
  });
  await new Promise<void>((resolve) => {
    child.stdout.on('data', (said: Buffer) => {
      if (said.includes('Ready.')) resolve();
    });
  });
  const ready = Math.round(performance.now() - began);
  return { 'ready after ms': ready, 'idle RSS MB': await idleMemory(child) };
}

async function measureBareNode(): Promise<Measured> {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
  return { 'ready after ms': '', 'idle RSS MB': await idleMemory(child) };
}

async function idleMemory(child: ChildProcess): Promise<number> {
  await pause(idleFor);
  const kilobytes = Number(execFileSync('ps', ['-o', 'rss=', '-p', String(child.pid)], { encoding: 'utf8' }));
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  await gone;
  return Math.round(kilobytes / 1024);
}

async function untilReady(child: ChildProcess, url: string): Promise<void> {
  while (child.exitCode === null) {
    const ready = await fetch(url).then(
      (response) => response.ok,
      // Not listening yet.
      () => false,
    );
    if (ready) return;
    await pause(5);
  }
  throw new Error(`the application ended with ${child.exitCode} before it was ready`);
}

async function startPostgres(): Promise<{ url: string; stop: () => Promise<void> }> {
  const server = await startPostgresServer(directory, []);
  const admin = new pg.Client(server.url('postgres'));
  await admin.connect();
  await admin.query('create database sideline');
  await admin.end();
  return { url: server.url('sideline'), stop: () => server.stop() };
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
