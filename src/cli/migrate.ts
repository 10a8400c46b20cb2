import type { Database } from '#storage/database.ts';
import { migrate, migrationState } from '#storage/migrate.ts';
import { missingRolesSql, statementRoles } from '#storage/statement-roles.ts';
import { type Command, Misused, type Outcome, Refused } from './command.ts';
import { configOf, withAnyDatabase } from './with-database.ts';

export const migrateDatabase: Command = {
  summary: 'bring the database up to this version (npm start does it, too)',
  usage: '',
  ofWorkspace: false,
  async run({ words, config }) {
    if (words.length > 0) throw new Misused('migrate takes nothing but options.');
    return withAnyDatabase(configOf(config), bringUpToDate);
  },
};

export async function bringUpToDate(database: Database): Promise<Outcome> {
  // Asked before, because the first migration fails without them and says so in the database's own words.
  const { applied, pending } = await migrationState(database.owner);
  const roles = await statementRoles(database.owner);
  if (applied.length === 0 && pending.length > 0 && !roles.mayCreateRoles) {
    const sql = missingRolesSql(roles);
    if (sql.length > 0) {
      throw new Refused([
        `The database user ${roles.login} may not create the two roles that Sideline's statements run as. Nothing ` +
          'was changed. Let a superuser run this, then migrate again:',
        ...sql,
      ]);
    }
  }
  const made = await migrate(database.owner);
  return {
    ok: true,
    lines:
      made.length === 0
        ? ['The database was up to date; nothing was changed.']
        : [...made.map((name) => `Made ${name}.`), 'The database is up to date.'],
    data: { migrated: made },
  };
}
