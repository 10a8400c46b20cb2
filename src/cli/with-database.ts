import { existsSync } from 'node:fs';
import path from 'node:path';
import { clockStartingAt, systemClock } from '#domain/clock.ts';
import type { Database } from '#storage/database.ts';
import { migrationState } from '#storage/migrate.ts';
import { openDatabase } from '#storage/open.ts';
import type { Config, ConfigResult } from '../config.ts';
import type { ServiceContext } from '../context.ts';
import { Refused } from './command.ts';

export function configOf(read: ConfigResult): Config {
  if (read.ok) return read.config;
  throw new Refused([...read.problems, 'Nothing was changed. Correct the settings above.']);
}

/** A database that is there and up to date, closed again afterwards. */
export async function withDatabase<T>(config: Config, work: (database: Database) => Promise<T>): Promise<T> {
  if (!hasDatabase(config)) {
    throw new Refused([
      `There is no database in ${config.dataDirectory} yet. Start Sideline once (npm start), or make one with ` +
        '`npm run cli -- migrate`; or set DATABASE_URL.',
      ...(config.slack.kind === 'none'
        ? [
            'Without Slack settings npm start runs the sandbox, which keeps data of its own: commands are not for it.',
          ]
        : []),
    ]);
  }
  return withAnyDatabase(config, async (database) => {
    const { pending, unknown } = await migrationState(database.owner);
    if (unknown.length > 0) {
      throw new Refused(
        `The database is newer than this version of Sideline (it has ${unknown.join(', ')}). Nothing was changed. Use ` +
          'the newer version.',
      );
    }
    if (pending.length > 0) {
      throw new Refused(
        `The database is not up to date: ${pending.length} of its migrations are still to be made. Nothing was ` +
          'changed. Run `npm run cli -- migrate` first.',
      );
    }
    return work(database);
  });
}

/** As it is, made anew if need be. */
export async function withAnyDatabase<T>(
  config: Config,
  work: (database: Database) => Promise<T>,
): Promise<T> {
  const database = await openDatabase(config);
  try {
    return await work(database);
  } finally {
    await database.close();
  }
}

/** Whether there is anything to open: the embedded database would be made by opening it. */
export function hasDatabase({ databaseUrl, dataDirectory }: Config): boolean {
  return databaseUrl !== undefined || existsSync(path.join(dataDirectory, 'database', 'PG_VERSION'));
}

/** What services need. Nobody is woken from here: the application looks every minute for what there is to do. */
export function serviceContext(config: Config, database: Database): ServiceContext {
  const clock = config.startAt === undefined ? systemClock : clockStartingAt(config.startAt);
  return { clock, database, wake: () => {} };
}
