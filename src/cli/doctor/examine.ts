import { clockStartingAt, systemClock } from '#domain/clock.ts';
import { DirectoryInUse } from '#storage/directory-lock.ts';
import type { Config, ConfigResult } from '../../config.ts';
import { asRefused } from '../trouble.ts';
import { hasDatabase, withAnyDatabase } from '../with-database.ts';
import type { Check } from './check.ts';
import { checkDatabase } from './database.ts';
import { checkSlack } from './slack.ts';
import { checkWorkspaces } from './workspaces.ts';

/** Everything that can be looked at with what there is; one thing that is wrong hides no other. */
export async function examine(read: ConfigResult): Promise<Check[]> {
  if (!read.ok) return [{ name: 'settings', state: 'wrong', found: 'not usable', todo: read.problems }];
  const { config } = read;
  return [settings(config), ...(await databaseChecks(config)), await checkSlack(config)];
}

function settings(config: Config): Check {
  const { slack, role, startAt } = config;
  const how = {
    none: 'no Slack settings: npm start runs the sandbox',
    http: 'Slack over HTTP',
    socket: 'Slack in Socket Mode',
    oauth: 'workspaces by installation (OAuth)',
  };
  const found = `${how[slack.kind]}; ${config.databaseUrl === undefined ? `embedded database in ${config.dataDirectory}` : 'PostgreSQL'}; role ${role}`;
  if (startAt === undefined) return { name: 'settings', state: 'ok', found };
  return {
    name: 'settings',
    state: 'note',
    found: `${found}; SIDELINE_NOW moves the clock to ${new Date(startAt).toISOString()}`,
  };
}

async function databaseChecks(config: Config): Promise<Check[]> {
  if (!hasDatabase(config)) return [noDatabase(config)];
  const clock = config.startAt === undefined ? systemClock : clockStartingAt(config.startAt);
  try {
    return await withAnyDatabase(config, async (database) => {
      const checks = await checkDatabase(database, clock);
      const isUsable = checks.every(({ name, state }) => name !== 'migrations' || state !== 'wrong');
      return isUsable ? [...checks, ...(await checkWorkspaces(database, config))] : checks;
    });
  } catch (error) {
    if (error instanceof DirectoryInUse) {
      const todo = [
        'If that is Sideline itself: its /readyz tells how it is. To look inside, stop it, run doctor, start it again.',
      ];
      return [{ name: 'database', state: 'wrong', found: `not looked at: ${error.message}`, todo }];
    }
    const [found = '', ...todo] = asRefused(error).problems;
    return [{ name: 'database', state: 'wrong', found, todo }];
  }
}

function noDatabase({ slack, dataDirectory }: Config): Check {
  const found = `there is none in ${dataDirectory} yet`;
  if (slack.kind === 'none') {
    return { name: 'database', state: 'note', found: `${found}; the sandbox keeps data of its own` };
  }
  const todo = ['npm start makes it, or `npm run cli -- migrate`.'];
  return { name: 'database', state: 'wrong', found, todo };
}
