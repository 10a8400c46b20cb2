import { randomUUID } from 'node:crypto';
import {
  linkSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  unlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { hostname } from 'node:os';
import path from 'node:path';

/**
 * One process at a time in a data directory. The lock is a file that names its holder; it is linked into
 * place, which succeeds for exactly one taker. A holder on this machine is alive if its process is; one on
 * another machine (a shared volume) if it touched the file lately.
 */
export interface DirectoryLock {
  release(): Promise<void>;
}

export class DirectoryInUse extends Error {
  override name = 'DirectoryInUse';
}

const heartbeat = 5_000;
const silentFor = 30_000;
const heldHere = new Set<string>();

interface Holder {
  id: string;
  pid: number;
  host: string;
}

export async function lockDirectory(directory: string): Promise<DirectoryLock> {
  const file = path.resolve(directory, 'lock');
  const holder: Holder = { id: randomUUID(), pid: process.pid, host: hostname() };
  const own = `${file}.${holder.id}`;
  writeFileSync(own, JSON.stringify(holder));
  try {
    take(file, own, directory);
  } finally {
    unlinkSync(own);
  }
  heldHere.add(holder.id);
  const beat = setInterval(() => touch(file), heartbeat);
  beat.unref();
  return {
    async release() {
      clearInterval(beat);
      heldHere.delete(holder.id);
      if (readHolder(file)?.id === holder.id) unlinkSync(file);
    },
  };
}

/** Removes parts of a data directory, as the only one who uses it. */
export async function clearDirectory(directory: string, parts: readonly string[]): Promise<void> {
  mkdirSync(directory, { recursive: true });
  const lock = await lockDirectory(directory);
  try {
    for (const part of parts) rmSync(path.join(directory, part), { recursive: true, force: true });
  } finally {
    await lock.release();
  }
}

function take(file: string, own: string, directory: string): void {
  for (let attempt = 0; attempt < 3; attempt += 1) {
    if (link(own, file)) return;
    const current = readHolder(file);
    if (current !== undefined && isAlive(current, file)) {
      throw new DirectoryInUse(
        `${directory} is in use by process ${current.pid} on ${current.host}. Stop it, or choose another directory; ` +
          'two processes on one embedded database would destroy data. Several processes need DATABASE_URL.',
      );
    }
    clearAway(file, current);
  }
  throw new DirectoryInUse(
    `${directory} is being taken by several processes at once. Start one of them again.`,
  );
}

function link(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if (isCode(error, 'EEXIST')) return false;
    throw error;
  }
}

/** Two takers may find the same dead lock: it is moved aside first, and put back if it was not the dead one. */
function clearAway(file: string, dead: Holder | undefined): void {
  const aside = `${file}.${randomUUID()}`;
  try {
    renameSync(file, aside);
  } catch (error) {
    if (isCode(error, 'ENOENT')) return;
    throw error;
  }
  if (readHolder(aside)?.id !== dead?.id) link(aside, file);
  unlinkSync(aside);
}

function isAlive(holder: Holder, file: string): boolean {
  if (holder.host !== hostname()) return Date.now() - statSync(file).mtimeMs < silentFor;
  // A container's process often has the number its predecessor had.
  if (holder.pid === process.pid) return heldHere.has(holder.id);
  try {
    process.kill(holder.pid, 0);
    return true;
  } catch (error) {
    return isCode(error, 'EPERM');
  }
}

function readHolder(file: string): Holder | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Holder;
  } catch (error) {
    if (isCode(error, 'ENOENT') || error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function touch(file: string): void {
  const now = new Date();
  try {
    utimesSync(file, now, now);
  } catch (error) {
    // Somebody deleted the data directory under us; the database will say so better than a timer can.
    if (!isCode(error, 'ENOENT')) throw error;
  }
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
