import { sql } from 'kysely';
import type { Database } from '#storage/database.ts';
import { everyTable } from '#storage/every-table.ts';
import { migrationState } from '#storage/migrate.ts';
import type { TableComparison } from '#storage/move/compare-rows.ts';
import { firstWithRows, type Moved, moveData } from '#storage/move/move-data.ts';
import { markAsMoved } from '#storage/move/moved-mark.ts';
import { openPostgres } from '#storage/postgres.ts';
import type { Config } from '../config.ts';
import { type Command, Misused, type Outcome, Refused } from './command.ts';
import { bringUpToDate } from './migrate.ts';
import { configOf, hasDatabase, serviceContext, withAnyDatabase } from './with-database.ts';

export const move: Command = {
  summary: 'take the embedded database to PostgreSQL, compared row by row',
  usage: '[--to <address>]',
  about: [
    'From .data/ to DATABASE_URL, or to what --to says. Stop Sideline first. PostgreSQL must hold no workspace yet.',
    'Everything is copied and compared in one transaction: it comes about as a whole or not at all. Afterwards .data/',
    'is marked, so that nothing starts on it by mistake.',
  ].join('\n'),
  ofWorkspace: false,
  hasTarget: true,
  async run({ words, to, config: read }) {
    if (words.length > 0) throw new Misused('move takes nothing but options.');
    const config = configOf(read);
    const url = to ?? config.databaseUrl;
    if (url === undefined) {
      throw new Misused('Say where to: set DATABASE_URL, or move --to postgresql://user:password@host/name');
    }
    if (!/^postgres(ql)?:$/.test(URL.parse(url)?.protocol ?? '')) {
      throw new Misused('--to must start with postgres:// or postgresql://');
    }
    const embedded = { ...config, databaseUrl: undefined };
    if (!hasDatabase(embedded)) {
      throw new Refused(`There is no database in ${config.dataDirectory}, so there is nothing to move.`);
    }
    return withAnyDatabase(embedded, async (source) => {
      await refuseOtherVersion(source, config);
      return moveTo(url, source, config);
    });
  },
};

async function refuseOtherVersion({ owner }: Database, { dataDirectory }: Config): Promise<void> {
  const { pending, unknown } = await migrationState(owner);
  if (unknown.length > 0) {
    throw new Refused(
      `${dataDirectory} is of a newer version of Sideline (it has ${unknown.join(', ')}). Nothing was changed. Move with ` +
        'that version.',
    );
  }
  if (pending.length > 0) {
    // With DATABASE_URL it would be the other database that is brought up to date.
    throw new Refused(
      `${dataDirectory} is of an earlier version of Sideline: ${pending.length} of its migrations are still to be made. ` +
        'Nothing was changed. Run `npm run cli -- migrate` without DATABASE_URL, then move.',
    );
  }
}

async function moveTo(url: string, source: Database, config: Config): Promise<Outcome> {
  const { host, pathname } = new URL(url);
  const place = `${host}${pathname}`;
  const target = openPostgres(url);
  try {
    await makeReady(target, place);
    const moved = await moveData(source.owner, target.owner);
    if (moved.kind === 'moved' || moved.kind === 'was_there') {
      // Still under the lock of the directory: nothing has started on it in between.
      const at = new Date(serviceContext(config, source).clock.machineNow()).toISOString();
      markAsMoved(config.dataDirectory, { to: place, at });
      await sql`analyze`.execute(target.owner);
    }
    return tell(moved, place, config);
  } finally {
    await target.close();
  }
}

/** What can be seen to be wrong is refused before anything is changed there, its schema included. */
async function makeReady(target: Database, place: string): Promise<void> {
  const { rows } = await sql<{ encoding: string }>`
    select current_setting('server_encoding') as encoding`.execute(target.owner);
  for (const { encoding } of rows) {
    if (encoding === 'UTF8') continue;
    throw new Refused(
      `${place} keeps text as ${encoding}, which cannot hold every name. Nothing was changed. Make a database with ` +
        'encoding UTF8.',
    );
  }
  const { applied, pending, unknown } = await migrationState(target.owner);
  if (unknown.length > 0) {
    throw new Refused(
      `${place} is of a newer version of Sideline (it has ${unknown.join(', ')}). Nothing was changed. Move with that ` +
        'version, or to an empty database.',
    );
  }
  if (pending.length === 0) return;
  if (applied.length > 0) {
    const tables = (await everyTable(target.owner)).map((name) => ({ name }));
    const filled = await firstWithRows(target.owner, tables);
    if (filled !== undefined) throw new Refused(notEmpty(place, filled));
  }
  await bringUpToDate(target);
}

const notEmpty = (place: string, table: string): string =>
  `${place} holds data already (in ${table}), and they are not those of here. Nothing was changed. Move to an empty ` +
  'database.';

function tell(moved: Moved, place: string, { dataDirectory }: Config): Outcome {
  switch (moved.kind) {
    case 'not_empty':
      throw new Refused(notEmpty(place, moved.table));
    case 'other_shape':
      throw new Refused(
        `The table ${moved.table} is not the same in ${dataDirectory} and in ${place}, though both are of this version. ` +
          'Nothing was moved. Move to an empty database.',
      );
    case 'differs':
      return {
        ok: false,
        lines: [
          ...tableOf(moved.tables),
          '',
          ...moved.tables.filter(({ differing }) => differing > 0).map(differenceOf),
          `What arrived in ${place} is not what was sent, so the copy was undone: nothing is kept there but empty ` +
            `tables, and ${dataDirectory} is as it was. Look for triggers or rules of your own on those tables.`,
        ],
        data: { moved: false, to: place, tables: moved.tables },
      };
    default:
      return {
        ok: true,
        lines: [
          ...tableOf(moved.tables),
          '',
          'Compared: every row as a whole, as PostgreSQL writes it, by its SHA-256 on either side. All are the same.',
          ...(moved.kind === 'was_there'
            ? ['They had arrived by an earlier move; only the mark was missing.']
            : []),
          `${dataDirectory} is marked as moved, and Sideline starts on it no more. Set DATABASE_URL to ${place}, keep ` +
            'the other settings, ENCRYPTION_KEYS above all, and start.',
        ],
        data: { moved: true, to: place, tables: moved.tables },
      };
  }
}

function tableOf(tables: readonly TableComparison[]): string[] {
  const sum = (count: (one: TableComparison) => number) => tables.reduce((all, one) => all + count(one), 0);
  const all = {
    table: `${tables.length} tables`,
    before: sum(({ before }) => before),
    after: sum(({ after }) => after),
    differing: sum(({ differing }) => differing),
  };
  const width = Math.max(...[...tables, all].map(({ table }) => table.length));
  const line = (name: string, ...cells: (string | number)[]): string =>
    [name.padEnd(width), ...cells.map((cell) => String(cell).padStart(10))].join('  ');
  return [
    line('', 'here', 'there', 'differ'),
    ...tables.map(({ table, before, after, differing }) => line(table, before, after, differing)),
    line(all.table, all.before, all.after, all.differing),
  ];
}

const differenceOf = ({ table, differing, examples }: TableComparison): string =>
  `${table}: ${differing} not the same, among them ${examples.join(' ')}`;
