import type { Clock } from '#domain/clock.ts';
import { compareTimeZones } from '#services/compare-time-zones.ts';
import type { Database } from '#storage/database.ts';
import { countLeftBehind, countUnclosed, countUnsettled, countWithoutPlace } from '#storage/ledger-health.ts';
import { migrationState } from '#storage/migrate.ts';
import { missingRolesSql, statementRoles } from '#storage/statement-roles.ts';
import type { Check } from './check.ts';

export async function checkDatabase(database: Database, clock: Clock): Promise<Check[]> {
  const migrations = await checkMigrations(database);
  const roles = await checkRoles(database);
  const before: Check[] = [
    { name: 'database', state: 'ok', found: `${database.kind}, reachable` },
    migrations,
    roles,
  ];
  // Tables that are not there, or not as this version has them, or out of reach, cannot be looked into.
  if (migrations.state === 'wrong' || roles.state === 'wrong') return before;
  return [
    ...before,
    await checkTimeZones(database, clock),
    await checkOccurrences(database, clock),
    await checkDeliveries(database, clock),
    await checkLeftBehind(database, clock),
    await checkPlaces(database),
  ];
}

async function checkMigrations({ owner }: Database): Promise<Check> {
  const name = 'migrations';
  const { applied, pending, unknown } = await migrationState(owner);
  if (unknown.length > 0) {
    return {
      name,
      state: 'wrong',
      found: `the database is newer than this version (it has ${unknown.join(', ')})`,
      todo: ['Run the newer version, or restore a back-up from before it. This one would misread it.'],
    };
  }
  if (pending.length > 0) {
    return {
      name,
      state: 'wrong',
      found: `${pending.length} still to be made (${pending.join(', ')})`,
      todo: ['npm start makes them, or `npm run cli -- migrate`.'],
    };
  }
  return { name, state: 'ok', found: `all ${applied.length} made` };
}

async function checkRoles({ owner }: Database): Promise<Check> {
  const name = 'roles';
  const found = await statementRoles(owner);
  const sql = missingRolesSql(found);
  if (sql.length === 0) {
    return { name, state: 'ok', found: `${found.roles.map((role) => role.name).join(' and ')} can be set` };
  }
  if (found.mayCreateRoles && found.roles.every((role) => !role.exists)) {
    return { name, state: 'note', found: 'not there yet; migrating makes them' };
  }
  return {
    name,
    state: 'wrong',
    found: `the database user ${found.login} lacks what Sideline's statements run as`,
    todo: ['Let a superuser run:', ...sql],
  };
}

async function checkTimeZones(database: Database, clock: Clock): Promise<Check> {
  const name = 'time zones';
  const { nodeVersion, zones, differing } = await compareTimeZones(
    { database, clock },
    { withMembers: true },
  );
  if (differing.length === 0) {
    return { name, state: 'ok', found: `Node (${nodeVersion}) and the database agree in ${zones} zones` };
  }
  const shown = differing.map(({ zone, from }) => `${zone} from ${from.toISOString().slice(0, 10)}`);
  return {
    name,
    state: 'note',
    found: `Node (${nodeVersion}) and the database differ: ${shown.join(', ')}`,
    todo: [
      "Node's rules are the ones that count; only whoever reads local times with SQL sees others. Update the one " +
        'that is older.',
    ],
  };
}

/** The planner closes every minute; this long after, nobody has. */
const closedWithin = 5 * 60_000;

async function checkOccurrences(database: Database, clock: Clock): Promise<Check> {
  const name = 'occurrences';
  const before = new Date(clock.now() - closedWithin);
  const { count, oldest } = await database.inPlanner((trx) => countUnclosed(trx, before));
  if (count === 0) return { name, state: 'ok', found: 'each whose time is over has its end' };
  return {
    name,
    state: 'wrong',
    found: `${count} without an end though their time is over, the oldest since ${oldest?.toISOString()}`,
    todo: [
      'Is Sideline running, with SIDELINE_ROLE all or worker? Its next round ends them; look at /readyz and its log.',
    ],
  };
}

const settledWithin = 60 * 60_000;

async function checkDeliveries(database: Database, clock: Clock): Promise<Check> {
  const name = 'deliveries';
  const before = new Date(clock.machineNow() - settledWithin);
  const { count, oldest } = await database.inPlanner((trx) => countUnsettled(trx, before));
  if (count === 0) return { name, state: 'ok', found: 'none is unclear for longer than an hour' };
  return {
    name,
    state: 'wrong',
    found: `${count} unclear for longer than an hour, the oldest since ${oldest?.toISOString()}`,
    todo: ['`npm run cli -- uncertain` lists them and says how to settle one.'],
  };
}

async function checkLeftBehind(database: Database, clock: Clock): Promise<Check> {
  const name = 'messages due';
  const before = new Date(clock.now() - settledWithin);
  const machine = new Date(clock.machineNow());
  const { count, oldest } = await database.inPlanner((trx) => countLeftBehind(trx, before, machine));
  if (count === 0) return { name, state: 'ok', found: 'none is left behind' };
  return {
    name,
    state: 'wrong',
    found: `${count} have been due for more than an hour and wait for nothing, the oldest since ${oldest?.toISOString()}`,
    todo: [
      'Is Sideline running, with SIDELINE_ROLE all or worker? Its next round sends them, or what is still open of them.',
    ],
  };
}

async function checkPlaces(database: Database): Promise<Check> {
  const name = 'messages sent';
  const count = await database.inPlanner(countWithoutPlace);
  if (count === 0) return { name, state: 'ok', found: 'each has its place in Slack' };
  return {
    name,
    state: 'wrong',
    found: `${count} of which the place in Slack is not known, though nobody settled them by hand`,
    todo: [
      'They will not be edited any more. Something else has written to this database; restore a back-up if you can.',
    ],
  };
}
