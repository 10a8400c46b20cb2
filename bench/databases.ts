import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { migrate } from '#storage/migrate.ts';
import { openPostgres } from '#storage/postgres.ts';
import { startPostgresServer } from '#test/postgres-server.ts';

/** Databases on one server; what is loaded once is copied for each run. */
export interface Databases {
  /** Migrated, and empty but for what `fill` puts into it. */
  create(name: string, fill: (url: string) => Promise<void>): Promise<string>;
  /** `template` must have no connections. */
  copy(template: string, name: string): Promise<string>;
  drop(name: string): Promise<void>;
  urlOf(name: string): string;
  /** Foreign keys are not looked up while this connection loads millions of rows; where that is allowed. */
  trustRows(client: pg.Client): Promise<void>;
}

/** On a server that is there, reached by a role that may create databases. */
export function databasesOn(anyUrl: string, { mayTrust = false } = {}): Databases {
  const urlOf = (name: string): string => anyUrl.replace(/\/[^/]*$/, `/${name}`);
  const onServer = (statement: string): Promise<void> =>
    withClient(urlOf('postgres'), async (client) => void (await client.query(statement)));
  const drop = (name: string): Promise<void> => onServer(`drop database if exists ${name} with (force)`);
  return {
    async create(name, fill) {
      await drop(name);
      await onServer(`create database ${name}`);
      const database = openPostgres(urlOf(name));
      await migrate(database.owner);
      await database.close();
      await fill(urlOf(name));
      return urlOf(name);
    },
    async copy(template, name) {
      await drop(name);
      await onServer(`create database ${name} template ${template}`);
      return urlOf(name);
    },
    drop,
    urlOf,
    async trustRows(client) {
      if (mayTrust) await client.query('set session_replication_role = replica');
    },
  };
}

export async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/**
 * A server of its own for the benchmarks, as it comes but for two things that would strike one run and not the next:
 * checkpoints are put off, and nothing is vacuumed by itself.
 */
export async function startBenchServer(): Promise<{ databases: Databases; stop: () => Promise<void> }> {
  const directory = mkdtempSync(path.join(tmpdir(), 'sideline-bench-'));
  const flags = ['autovacuum=off', 'checkpoint_timeout=1d', 'max_wal_size=20GB', 'shared_buffers=512MB'];
  const server = await startPostgresServer(directory, flags);
  // The product's role is no superuser, so that row-level security costs what it costs.
  await withClient(server.url('postgres'), async (admin) => {
    await admin.query(`create role sideline login password 'sideline' createrole createdb`);
    await admin.query('grant set on parameter session_replication_role to sideline');
  });
  const url = server.url('postgres').replace('postgres:postgres@', 'sideline:sideline@');
  return {
    databases: databasesOn(url, { mayTrust: true }),
    async stop() {
      await server.stop();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}
