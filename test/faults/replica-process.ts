import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { News, Order } from './messages.ts';

const program = fileURLToPath(new URL('./replica.ts', import.meta.url));

/** A replica from the outside: a process that is killed, frozen and thawed. */
export interface Replica {
  ready: Promise<void>;
  gone: Promise<void>;
  isGone(): boolean;
  /** kill −9. */
  kill(): Promise<void>;
  /** SIGSTOP now and SIGCONT later; at once where it is found between fence and write and `ms` is over `inGap`. */
  freeze(ms: number, inGap: number): Promise<void>;
  /** Has it stop or die by itself at a point; false where it did not come by that point in time. */
  order(order: Order, patience: number): Promise<boolean>;
}

export function startReplica(settings: (gapFile: string) => string): Replica {
  const gapFile = path.join(tmpdir(), `sideline-replica-${randomUUID()}`);
  writeFileSync(gapFile, '0');
  const child = spawn(process.execPath, [program], {
    env: { ...process.env, NODE_OPTIONS: '', FAULTS_REPLICA: settings(gapFile) },
    stdio: ['pipe', 'ignore', 'pipe', 'pipe'],
  });
  const [input, , errors, told] = child.stdio as [Writable, null, Readable, Readable, null];
  // A process that dies leaves its orders unread.
  input.on('error', () => undefined);
  const listeners = new Set<(news: News) => void>();
  const ready = Promise.withResolvers<void>();
  const gone = Promise.withResolvers<void>();
  let isGone = false;
  createInterface(told).on('line', (line) => {
    const news = JSON.parse(line) as News;
    if ('ready' in news) ready.resolve();
    for (const listener of [...listeners]) listener(news);
  });
  let said = '';
  errors.setEncoding('utf8').on('data', (text: string) => {
    if (process.env['LOG_LEVEL'] !== undefined) process.stderr.write(text);
    said = (said + text).slice(-4_000);
  });
  child.on('exit', (code) => {
    // By itself: by a signal it ends without a code.
    if (code !== null) console.error(`A replica ended with ${code}.\n${said}`);
    isGone = true;
    rmSync(gapFile, { force: true });
    gone.resolve();
  });
  const send = (order: Order): void => {
    if (!isGone) input.write(`${JSON.stringify(order)}\n`);
  };
  const next = (wanted: (news: News) => boolean): Promise<News> =>
    new Promise((resolve) => {
      const listener = (news: News): void => {
        if (!wanted(news)) return;
        listeners.delete(listener);
        resolve(news);
      };
      listeners.add(listener);
    });

  return {
    ready: ready.promise,
    gone: gone.promise,
    isGone: () => isGone,
    async kill() {
      child.kill('SIGKILL');
      await gone.promise;
    },
    async freeze(ms, inGap) {
      child.kill('SIGSTOP');
      // The signal has certainly come through by then.
      await pause(30);
      const isInGap = !isGone && readFileSync(gapFile, 'utf8').startsWith('1');
      if (!isInGap || ms <= inGap) await pause(ms - 30);
      child.kill('SIGCONT');
    },
    async order(order, patience) {
      const heard = next((news) => 'frozen' in news || 'dying' in news);
      send(order);
      const news = await Promise.race([heard, gone.promise, pause(patience)]);
      if (news === undefined && !isGone) {
        send({ at: 'nowhere', do: 'freeze', ms: 0 });
        return false;
      }
      if (news === undefined || 'dying' in news) {
        await gone.promise;
        return true;
      }
      if (!('frozen' in news)) return false;
      let isThawed = false;
      const thawed = next((later) => 'thawed' in later).then(() => {
        isThawed = true;
      });
      await pause(news.ms);
      // Again and again, because it may have told before it stood still.
      while (!isThawed && !isGone) {
        child.kill('SIGCONT');
        await Promise.race([thawed, gone.promise, pause(200)]);
      }
      return true;
    },
  };
}
