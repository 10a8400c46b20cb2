import { randomUUID } from 'node:crypto';
import { openAsBlob } from 'node:fs';
import { PGlite } from '@electric-sql/pglite';
import pg from 'pg';
import { describe, inject } from 'vitest';
import type { Database } from '#storage/database.ts';
import { embeddedDatabase, parsers } from '#storage/embedded.ts';
import { openPostgres } from '#storage/postgres.ts';

export interface TestDatabase extends Database {
  /** Only where several processes or pools can reach it. */
  url: string | undefined;
}

export const databaseKinds = ['embedded', 'postgres'] as const;
export type DatabaseKind = (typeof databaseKinds)[number];

/**
 * For what the main paths, which run on both, have shown already: the embedded one, since it is the stricter. A
 * query outside its transaction waits there for ever.
 */
export const oneDatabase = ['embedded'] as const satisfies readonly DatabaseKind[];

/** For what lives through weeks: a server does its work beside the test, and is sooner through. */
export const quickDatabase = ['postgres'] as const satisfies readonly DatabaseKind[];

/** PostgreSQL hides a query outside its transaction, the single session of the embedded one waits for ever. */
export function onBothDatabases(name: string, tests: (open: () => Promise<TestDatabase>) => void): void {
  describe.each(databaseKinds)(`${name} (%s)`, (kind) => tests(() => openTestDatabase(kind)));
}

export async function openTestDatabase(kind: DatabaseKind): Promise<TestDatabase> {
  return kind === 'embedded' ? openEmbeddedCopy() : openPostgresCopy();
}

async function openEmbeddedCopy(): Promise<TestDatabase> {
  const dump = await openAsBlob(inject('embeddedDump'));
  const pglite = await PGlite.create({ loadDataDir: dump, parsers });
  return { ...embeddedDatabase(pglite), url: undefined };
}

async function openPostgresCopy(): Promise<TestDatabase> {
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  await onServer((server) => server.query(`create database ${name} template sideline_template`));
  const url = urlOf(name);
  const database = openPostgres(url);
  return {
    ...database,
    url,
    async close() {
      await database.close();
      await dropDatabase(name);
    },
  };
}

/** An empty database on the test server, for tests of migrating itself. */
export async function createEmptyPostgres(): Promise<{ url: string; drop: () => Promise<void> }> {
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  await onServer((server) => server.query(`create database ${name}`));
  return {
    url: urlOf(name),
    drop: () => dropDatabase(name),
  };
}

/** Who may not end a superuser's process may not force out the server's own vacuum either: it is soon through. */
const notAllowed = '42501';
const mostTries = 40;

async function dropDatabase(name: string): Promise<void> {
  await onServer(async (server) => {
    for (let tries = 1; ; tries += 1) {
      try {
        await server.query(`drop database ${name} with (force)`);
        return;
      } catch (error) {
        const isVacuumed = error instanceof pg.DatabaseError && error.code === notAllowed;
        if (!isVacuumed || tries === mostTries) throw error;
        await server.query('select pg_sleep(0.25)');
      }
    }
  });
}

function urlOf(name: string): string {
  return inject('postgresUrl').replace(/\/[^/]*$/, `/${name}`);
}

async function onServer(work: (server: pg.Client) => Promise<unknown>): Promise<void> {
  const server = new pg.Client(urlOf('postgres'));
  await server.connect();
  try {
    await work(server);
  } finally {
    await server.end();
  }
}
