import { TokenRefused } from '#services/register-workspace.ts';
import { slackTroubleOf } from '#services/slack-error.ts';
import { DirectoryInUse } from '#storage/directory-lock.ts';
import { DatabaseTooNew } from '#storage/migrate.ts';
import { DatabaseMoved } from '#storage/move/moved-mark.ts';
import { Refused } from './command.ts';

/** Whatever went wrong, as lines an operator can act on. */
export function asRefused(error: unknown): Refused {
  if (error instanceof Refused) return error;
  if (error instanceof DirectoryInUse) return new Refused(directoryInUse(error), { cause: error });
  if (error instanceof DatabaseTooNew || error instanceof TokenRefused || error instanceof DatabaseMoved)
    return new Refused(error.message, { cause: error });
  const database = databaseTrouble(error);
  if (database !== undefined) return new Refused(database, { cause: error });
  const slack = slackTroubleOf(error);
  if (slack !== undefined)
    return new Refused(`${slack}. Nothing was changed. Try again in a minute.`, { cause: error });
  return new Refused(
    `Something went wrong that should not: ${error instanceof Error ? error.message : String(error)}. ` +
      'Run `npm run cli -- doctor`; if that finds nothing, please report this.',
    { cause: error },
  );
}

export function directoryInUse({ message }: DirectoryInUse): string[] {
  return [
    message,
    'Nothing was changed. If that process is Sideline itself: stop it, run this again, then start it again. With ' +
      'DATABASE_URL (PostgreSQL) both can work at the same time.',
  ];
}

const unreachable = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EHOSTUNREACH',
  'ENOTFOUND',
  'ETIMEDOUT',
  'EAI_AGAIN',
]);

/** Of PostgreSQL's codes, those that setting up goes wrong with. */
const refusals: Record<string, string> = {
  '28000': 'The database refuses this user. Check the user in DATABASE_URL, and pg_hba.conf on the server.',
  '28P01': 'The database refuses the password. Check DATABASE_URL.',
  '3D000': 'There is no database of that name. Create it, or correct the name in DATABASE_URL.',
  '53300': 'The database has no connection left. Try again in a minute, or raise max_connections.',
  '55000': 'The database takes no connections at present. Ask whoever runs it; nothing was changed.',
  '55P03':
    'Something else is at work in the database. Nothing was changed. Stop Sideline there, and try again.',
  '57P03': 'The database is starting or stopping. Try again in a minute.',
};

/** Undefined where the error is not about reaching the database. */
export function databaseTrouble(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  const code = codeOf(error);
  if (code !== undefined && unreachable.has(code)) {
    return `The database cannot be reached (${code}). Nothing was changed. Check DATABASE_URL, and whether the server runs.`;
  }
  if (error.message.includes('timeout exceeded when trying to connect')) {
    return 'The database does not answer. Nothing was changed. Check DATABASE_URL, and whether the server runs.';
  }
  return code === undefined ? undefined : refusals[code];
}

/** A host with several addresses fails with one error for each; the first tells enough. */
function codeOf(error: Error): string | undefined {
  const first: unknown = error instanceof AggregateError ? error.errors[0] : error;
  return first instanceof Error && 'code' in first && typeof first.code === 'string' ? first.code : undefined;
}
