import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';

const directory = mkdtempSync(path.join(tmpdir(), 'sideline-start-'));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const program = path.resolve(import.meta.dirname, '../../src/main.ts');

/** Runs it until it ends by itself. */
function run(
  args: string[],
  settings: Record<string, string> = {},
): Promise<{ status: number | null; said: string }> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [program, ...args], {
      cwd: directory,
      env: { PATH: process.env['PATH'], ...settings },
    });
    let said = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk: Buffer) => {
        said += chunk.toString();
      });
    }
    child.on('exit', (status) => resolve({ status, said }));
  });
}

test('a port that is no port is refused in words', async () => {
  const { status, said } = await run(['--port', 'eighty']);
  expect(status).toBe(1);
  expect(said).toBe('--port must be a whole number from 0 to 65535, not "eighty"\n');
});

test('an option it does not know is refused, with what there is', async () => {
  const { status, said } = await run(['--sed', '3']);
  expect(status).toBe(1);
  expect(said).toContain('Usage: npm start -- [--port N] [--seed N] [--reset]');
});

test('the sandbox’s options are refused together with real Slack settings, before anything starts', async () => {
  const { status, said } = await run(['--reset'], { SLACK_BOT_TOKEN: 'xoxb-1', SLACK_SIGNING_SECRET: 's' });
  expect(status).toBe(1);
  expect(said).toContain('Nothing was started.');
});

test('in production a missing token is no reason to start a sandbox instead', async () => {
  const { status, said } = await run([], { NODE_ENV: 'production' });
  expect(status).toBe(1);
  expect(said).toContain('SLACK_BOT_TOKEN is missing');
});

test('a port in use is said to be in use', async () => {
  const taken = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => taken.once('listening', resolve));
  const address = taken.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const { status, said } = await run(['--port', String(port)]);
  taken.close();
  expect(status).toBe(1);
  expect(said).toContain('The port is in use');
});
