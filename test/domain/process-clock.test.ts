import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { z } from 'zod';

const run = promisify(execFile);
const script = fileURLToPath(new URL('./process-clock.ts', import.meta.url));
const answerSchema = z.object({ here: z.string(), ours: z.string(), luxons: z.string() });

const processes = [
  ['UTC', '2026-07-01'],
  ['UTC', '2026-12-01'],
  ['America/New_York', '2026-03-08'],
  ['Pacific/Kiritimati', '1999-12-31'],
  ['Africa/Casablanca', '2038-01-19'],
] as const;

it('the answers depend neither on the time zone nor on the date of the process', async () => {
  const answers = [];
  for (const [zone, date] of processes) answers.push(await answerOf(zone, date));
  expect(answers.map(({ here }) => here)).toEqual(processes.map((place) => place.join(' ')));
  // Control: what follows the process's clock does differ here, or the test would show nothing.
  expect(new Set(answers.map(({ luxons }) => luxons)).size).toBeGreaterThan(1);
  expect(new Set(answers.map(({ ours }) => ours)).size).toBe(1);
});

async function answerOf(zone: string, date: string) {
  const env = { ...process.env, TZ: zone, SAMPLE_NOW: String(Date.parse(`${date}T12:00Z`)) };
  const { stdout } = await run(process.execPath, [script], { env });
  return answerSchema.parse(JSON.parse(stdout));
}
