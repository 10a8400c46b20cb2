import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** Left in a data directory whose data went on elsewhere: two databases that both go on would message people twice. */
export class DatabaseMoved extends Error {
  override name = 'DatabaseMoved';
}

interface Mark {
  to: string;
  at: string;
}

const fileIn = (dataDirectory: string): string => path.join(dataDirectory, 'moved.json');

export function markAsMoved(dataDirectory: string, mark: Mark): void {
  writeFileSync(fileIn(dataDirectory), `${JSON.stringify(mark)}\n`, { flush: true });
}

export function refuseMoved(dataDirectory: string): void {
  const file = fileIn(dataDirectory);
  if (!existsSync(file)) return;
  const { to, at } = JSON.parse(readFileSync(file, 'utf8')) as Mark;
  throw new DatabaseMoved(
    `The data in ${dataDirectory} were moved to PostgreSQL (${to}) on ${at}, and go on there: set DATABASE_URL. ` +
      `To go back to the data as they were then, stop Sideline everywhere and delete ${file}; what happened since is ` +
      'not in them, and what was sent since may be sent again.',
  );
}
