import { type ChildProcess, spawn } from 'node:child_process';
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { DirectoryInUse, type DirectoryLock, lockDirectory } from '#storage/directory-lock.ts';
import { openEmbedded } from '#storage/embedded.ts';

let directory: string;
let children: ChildProcess[];
let held: DirectoryLock[];
beforeEach(() => {
  directory = mkdtempSync(path.join(tmpdir(), 'sideline-lock-'));
  children = [];
  held = [];
});
afterEach(async () => {
  for (const lock of held) await lock.release();
  for (const child of children) child.kill('SIGKILL');
  rmSync(directory, { recursive: true, force: true });
});

const lockFile = (): string => path.join(directory, 'lock');

async function take(): Promise<DirectoryLock> {
  const lock = await lockDirectory(directory);
  held.push(lock);
  return lock;
}

/** Another process that tries to take the lock, and what it says. */
async function another(): Promise<{ child: ChildProcess; says: string }> {
  const program = fileURLToPath(new URL('./hold-lock.ts', import.meta.url));
  const child = spawn(process.execPath, [program, directory], { stdio: ['pipe', 'pipe', 'inherit'] });
  children.push(child);
  const says = await new Promise<string>((resolve) =>
    child.stdout?.once('data', (data) => resolve(String(data).trim())),
  );
  return { child, says };
}

const ended = (child: ChildProcess): Promise<void> =>
  new Promise((resolve) => (child.exitCode !== null ? resolve() : child.once('exit', () => resolve())));

function leave(holder: { id?: string; pid: number; host?: string }, secondsAgo = 0): void {
  writeFileSync(lockFile(), JSON.stringify({ id: 'somebody', host: hostname(), ...holder }));
  const at = new Date(Date.now() - secondsAgo * 1000);
  utimesSync(lockFile(), at, at);
}

describe('a directory in use', () => {
  test('is refused to a second process, which learns whose it is and what to do', async () => {
    await take();
    const { says } = await another();
    expect(says).toContain(
      `DirectoryInUse: ${directory} is in use by process ${process.pid} on ${hostname()}.`,
    );
    expect(says).toContain('Stop it, or choose another directory');
  });

  test('is refused to the same process, too', async () => {
    await take();
    await expect(lockDirectory(directory)).rejects.toThrow(DirectoryInUse);
  });

  test('is free again once its holder has released it, and leaves nothing behind', async () => {
    const lock = await take();
    await lock.release();
    expect(readdirSync(directory)).toEqual([]);
    const { says, child } = await another();
    expect(says).toBe('held');
    child.stdin?.end();
    await ended(child);
    expect(readdirSync(directory)).toEqual([]);
  });

  test('holds up the embedded database, which is not even made', async () => {
    await take();
    await expect(openEmbedded(directory)).rejects.toThrow(DirectoryInUse);
    expect(readdirSync(directory)).toEqual(['lock']);
  });
});

describe('a lock that is left behind', () => {
  test('by a process that was killed is taken over', async () => {
    const { child, says } = await another();
    expect(says).toBe('held');
    await expect(take()).rejects.toThrow(`process ${child.pid}`);
    child.kill('SIGKILL');
    await ended(child);
    expect(existsSync(lockFile())).toBe(true);
    await take();
    expect(JSON.parse(readFileSync(lockFile(), 'utf8'))).toMatchObject({ pid: process.pid });
  });

  test('is taken over by exactly one of several that find it', async () => {
    const gone = (await another()).child;
    gone.kill('SIGKILL');
    await ended(gone);
    const takers = await Promise.all([another(), another(), another(), another()]);
    expect(takers.filter(({ says }) => says === 'held')).toHaveLength(1);
    expect(readdirSync(directory)).toEqual(['lock']);
  });

  test('under our own number, as in a container that was started anew, is taken over', async () => {
    leave({ pid: process.pid });
    await take();
  });

  test('on another machine is left alone while its holder shows signs of life, and taken over after', async () => {
    leave({ pid: 1, host: 'another-machine' });
    await expect(take()).rejects.toThrow('process 1 on another-machine');
    leave({ pid: 1, host: 'another-machine' }, 29);
    await expect(take()).rejects.toThrow(DirectoryInUse);
    leave({ pid: 1, host: 'another-machine' }, 31);
    await take();
  });

  test('half written is taken over', async () => {
    writeFileSync(lockFile(), '{"id":"some');
    await take();
  });

  test('of somebody who took it over from us is not ours to release', async () => {
    const lock = await take();
    leave({ id: 'another', pid: process.pid });
    await lock.release();
    expect(existsSync(lockFile())).toBe(true);
  });
});
