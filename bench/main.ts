/** Every part, or those that are named: `npm run bench -- planning idle`. */

import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import path from 'node:path';
import { startBenchServer } from './databases.ts';
import { judge, type Measured, printTable } from './figures.ts';
import { parts } from './parts.ts';

const named = process.argv.slice(2);
const unknown = named.filter((name) => !Object.hasOwn(parts, name));
if (unknown.length > 0) {
  console.error(`There is no ${unknown.join(', ')}. There are ${Object.keys(parts).join(', ')}.`);
  process.exit(2);
}

const load = loadavg();
const figures: Measured[] = [];
const server = await startBenchServer();
try {
  for (const [name, part] of Object.entries(parts)) {
    if (named.length > 0 && !named.includes(name)) continue;
    const began = performance.now();
    for (const figure of await part(server.databases, 'full')) figures.push(judge(name, figure));
    console.error(`${name}: ${Math.round((performance.now() - began) / 1000)} s`);
  }
} finally {
  await server.stop();
  // Also where a part has failed: what was measured before it took minutes.
  printTable(figures);
  keep(figures);
}

function keep(measured: readonly Measured[]): void {
  const machine = {
    cpu: cpus()[0]?.model ?? '',
    cores: cpus().length,
    node: process.version,
    // Of one, five and fifteen minutes: whatever else ran here when it began.
    load,
  };
  const file = path.resolve(import.meta.dirname, '../test-results/bench.json');
  mkdirSync(path.dirname(file), { recursive: true });
  const at = new Date().toISOString();
  writeFileSync(file, `${JSON.stringify({ at, machine, figures: measured }, null, 2)}\n`);
}
