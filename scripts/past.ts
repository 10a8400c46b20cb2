import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pino } from 'pino';
import { usualSeed } from '#sandbox/history.ts';
import { writeKeptPast } from '#sandbox/kept-past/kept-past.ts';
import { livePast } from '#sandbox/kept-past/live.ts';
import { migrationState } from '#storage/migrate.ts';
import { openPostgres } from '#storage/postgres.ts';
import { startPostgresServer } from '#test/postgres-server.ts';
import { readConfig } from '../src/config.ts';
import { hashOfSources } from './past-sources.ts';

/**
 * `npm run sandbox:past`: lives the sandbox's past by the product's own services and keeps it, for the first start
 * of everybody else. On a server, which is through sooner than the embedded database.
 */
const read = readConfig({});
if (!read.ok) throw new Error(read.problems.join('\n'));
const { config } = read;
const sources = hashOfSources();
const directory = mkdtempSync(path.join(tmpdir(), 'sideline-past-'));
const server = await startPostgresServer(directory, []);
const database = openPostgres(server.url('postgres'));
const said: string[] = [];
const log = pino({ level: 'warn' }, { write: (line: string) => said.push(line) });
const began = performance.now();

try {
  const { state, rows } = await livePast({ config, log, database });
  // A call that was too slow for its time limit, say: what it was about has then come at another hour. That the time
  // zones of the server are older is none of it.
  const troubles = said.filter((line) => line.includes('workspaceId'));
  if (troubles.length > 0) throw new Error(`Not kept, since not all went well:\n${troubles.join('')}`);
  console.log(`Lived in ${Math.round((performance.now() - began) / 1000)} s.`);
  const { applied: migrations } = await migrationState(database.owner);
  const bytes = writeKeptPast({ sources, seed: usualSeed, migrations, state, rows });
  console.log(`Kept in ${Math.round(bytes / 1000)} kB.`);
} finally {
  await database.close();
  await server.stop();
  rmSync(directory, { recursive: true, force: true });
}
