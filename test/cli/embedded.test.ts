import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { cli, cliJson } from './cli.ts';

let directory: string;
let holder: ChildProcess | undefined;
beforeEach(() => {
  directory = mkdtempSync(path.join(tmpdir(), 'sideline-cli-'));
});
afterEach(() => {
  holder?.kill('SIGKILL');
  rmSync(directory, { recursive: true, force: true });
});

/** Another process that has the directory, as a running Sideline does. */
async function inUse(): Promise<number> {
  const data = path.join(directory, '.data');
  mkdirSync(path.join(data, 'database'), { recursive: true });
  writeFileSync(path.join(data, 'database', 'PG_VERSION'), '18\n');
  const program = fileURLToPath(new URL('../storage/hold-lock.ts', import.meta.url));
  const child = spawn(process.execPath, [program, data], { stdio: ['pipe', 'pipe', 'inherit'] });
  holder = child;
  await new Promise((resolve) => child.stdout.once('data', resolve));
  return child.pid ?? 0;
}

describe('while Sideline runs on the embedded database', () => {
  test('a command says whose it is and what to do', async () => {
    const pid = await inUse();
    const { status, out, errors } = await cli(['pause'], {}, directory);
    expect([status, out]).toEqual([1, '']);
    expect(errors).toContain(`.data is in use by process ${pid} on`);
    expect(errors).toContain(
      'stop it, run this again, then start it again. With DATABASE_URL (PostgreSQL) both',
    );
  });

  test('doctor says so, and looks at what else there is', async () => {
    const pid = await inUse();
    const { status, json } = await cliJson(['doctor'], {}, directory);
    expect(status).toBe(1);
    expect(json).toMatchObject({
      ok: false,
      checks: [
        { name: 'settings', state: 'ok' },
        { name: 'database', state: 'wrong', found: expect.stringContaining(`process ${pid}`) },
        { name: 'Slack', state: 'ok' },
      ],
    });
  });
});

test('before there is an embedded database, doctor says how to make one, and makes none', async () => {
  const sandbox = await cli(['doctor'], {}, directory);
  expect(sandbox.status).toBe(0);
  expect(sandbox.out).toContain(
    'note   database: there is none in .data yet; the sandbox keeps data of its own',
  );

  const settings = {
    SLACK_BOT_TOKEN: 'xoxb-1',
    SLACK_SIGNING_SECRET: 's',
    SLACK_API_URL: 'http://127.0.0.1:9/',
  };
  const real = await cli(['doctor'], settings, directory);
  expect(real.status).toBe(1);
  expect(real.out).toContain('WRONG  database: there is none in .data yet\n       npm start makes it');
  expect(readdirSync(directory)).toEqual([]);
});

test('an embedded database is made by migrate and found in order by doctor', async () => {
  expect(await cliJson(['migrate'], {}, directory)).toMatchObject({ status: 0, json: { ok: true } });
  const after = await cli(['doctor'], {}, directory);
  expect(after.status).toBe(0);
  expect(after.out).not.toContain('WRONG');
  expect(after.out).toContain('ok     roles: sideline_app and sideline_planner can be set');
});
