import { type CompiledQuery, Kysely, PostgresDialect, sql } from 'kysely';
import pg from 'pg';
import {
  type Database,
  type Question,
  type Scope,
  scoped,
  settingsOf,
  type Transact,
  type Trx,
} from './database.ts';
import type { Tables } from './schema/index.ts';

const { escapeLiteral, Pool, types } = pg;

const poolTypes: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') => {
    // Dates are calendar days here, never instants in whatever zone the machine has.
    if (oid === types.builtins.DATE) return (text: string) => text;
    if (oid === types.builtins.INT8) return Number;
    return format === 'binary' ? types.getTypeParser(oid, 'binary') : types.getTypeParser(oid, 'text');
  }) as pg.CustomTypesConfig['getTypeParser'],
};

export interface PostgresOptions {
  maxConnections?: number;
  onIdleError?: (error: Error) => void;
}

export function openPostgres(connectionString: string, options: PostgresOptions = {}): Database {
  const pool = new Pool({
    connectionString,
    max: options.maxConnections ?? 10,
    types: poolTypes,
    application_name: 'sideline',
    // A modal has three seconds in all: rather an error it can show than a wait it cannot survive.
    connectionTimeoutMillis: 1_500,
    statement_timeout: 30_000,
    // Of a process that is frozen between two statements, or whose machine is gone, the locks are given back.
    idle_in_transaction_session_timeout: 30_000,
    keepAlive: true,
  });
  // Without listeners a connection that the server ends would end the process: the pool tells of idle ones, and
  // one that is in use but between two statements tells only itself. Whoever uses it learns of it in any case.
  pool.on('error', (error) => options.onIdleError?.(error));
  pool.on('connect', (client) => client.on('error', () => {}));
  const owner = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
  return {
    kind: 'postgres',
    ...scoped(owner, begunAtOnce(owner)),
    askInWorkspace: askedAtOnce(owner, pool),
    boss: { connectionString, max: 3 },
    close: () => owner.destroy(),
  };
}

/** The statement that sets what holds for a transaction, without parameters. */
function setting(scope: Scope): string {
  const settings = settingsOf(scope).map(
    ([name, value]) => `set_config(${escapeLiteral(name)}, ${escapeLiteral(value)}, true)`,
  );
  return `select ${settings.join(', ')}`;
}

/**
 * Several statements in one message are one transaction by themselves: the settings hold until its end, and after an
 * error nothing of it is left on the connection.
 */
function askedAtOnce(owner: Kysely<Tables>, pool: pg.Pool): Database['askInWorkspace'] {
  return async <Row>(workspaceId: string, question: Question<Row>) => {
    const asked = withoutParameters(question(owner).compile());
    const results: unknown = await pool.query(`${setting({ role: 'sideline_app', workspaceId })}; ${asked}`);
    return (results as pg.QueryResult[]).at(-1)?.rows as Row[];
  };
}

/** A message of several statements takes no parameters: PostgreSQL's own quoting puts them in their places. */
function withoutParameters({ sql: text, parameters }: CompiledQuery): string {
  return text.replaceAll(/\$(\d+)/g, (_, place: string) => {
    const value = parameters[Number(place) - 1];
    if (typeof value !== 'string') throw new TypeError('only text is asked for at once');
    return escapeLiteral(value);
  });
}

/**
 * A transaction begins and gets its settings in one trip to the server instead of two: every command, form and batch
 * pays for it. Without parameters PostgreSQL takes two statements at once.
 */
function begunAtOnce(owner: Kysely<Tables>): Transact {
  return (scope, work) =>
    owner.connection().execute(async (connection) => {
      const done = await sql
        .raw(`begin; ${setting(scope)}`)
        .execute(connection)
        // On this one connection everything is inside the transaction that has just begun.
        .then(() => work(connection as Trx))
        .catch(async (error: unknown) => {
          // Where the connection is gone the transaction is, too: what went wrong first is what is to be known.
          await sql`rollback`.execute(connection).catch(() => undefined);
          throw error;
        });
      await sql`commit`.execute(connection);
      return done;
    });
}
