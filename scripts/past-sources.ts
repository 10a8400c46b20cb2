import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const sandbox = path.resolve(import.meta.dirname, '../src/sandbox');

/**
 * What decides which past is lived: the team, what its people do and say and when, and the shape in which the local
 * Slack remembers it. The product is not among it, since most of its changes leave the past as it was; where one
 * does not, the week that the test lives anew tells.
 */
const sources = [
  'chance.ts',
  'conversations.ts',
  'history.ts',
  'local-slack/types.ts',
  'team.ts',
  'workspace.ts',
  ...readdirSync(path.join(sandbox, 'past'))
    .sort()
    .map((name) => `past/${name}`),
];

/** One hash of them all, which is another as soon as one of them is. */
export function hashOfSources(): string {
  const hash = createHash('sha256');
  for (const source of sources) hash.update(`${source}\n`).update(readFileSync(path.join(sandbox, source)));
  return hash.digest('hex');
}
