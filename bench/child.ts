import { type ChildProcess, fork } from 'node:child_process';
import path from 'node:path';

/** A program of the benchmarks in a process of its own; it ends with ours. */
export function start(program: string, ...args: string[]): ChildProcess {
  return fork(path.resolve(import.meta.dirname, 'programs', program), args, {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
}

/** The first message from it that has this field. */
export function said<T>(child: ChildProcess, field: string): Promise<T> {
  return new Promise((resolve, reject) => {
    if (child.exitCode !== null) reject(new Error(`the program ended with ${child.exitCode}`));
    const onExit = (code: number | null): void => reject(new Error(`the program ended with ${code}`));
    const onMessage = (message: unknown): void => {
      if (typeof message !== 'object' || message === null || !(field in message)) return;
      child.off('message', onMessage);
      child.off('exit', onExit);
      resolve((message as Record<string, T>)[field] as T);
    };
    child.on('message', onMessage);
    child.once('exit', onExit);
  });
}

export async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.disconnect();
  await gone;
}
