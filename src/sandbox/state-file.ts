import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { SlackState } from './local-slack/types.ts';

/** What of the sandbox is not in the database: the local Slack, and where business time stands. */
export interface SandboxState {
  businessNow: number;
  slack: SlackState;
}

export interface StateFile {
  read(): SandboxState | undefined;
  write(state: SandboxState): void;
}

export function stateFile(dataDirectory: string): StateFile {
  const file = path.join(dataDirectory, 'sandbox.json');
  return {
    read: () => (existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as SandboxState) : undefined),
    write(state) {
      // Written aside and moved into place: a crash leaves the old one, never half of a new one.
      writeFileSync(`${file}.new`, JSON.stringify(state));
      renameSync(`${file}.new`, file);
    },
  };
}
