import type { Command } from './command.ts';
import { commands } from './commands.ts';

const common = ['  --json     the answer as one line of JSON', '  --help     this'];
const ofWorkspace = '  --workspace <id>  which one, where the database holds several';

export function helpOfAll(): string {
  const width = Math.max(...[...commands].map(([name, { usage }]) => `${name} ${usage}`.length));
  return [
    'npm run cli -- <command>',
    '',
    ...[...commands].map(
      ([name, { usage, summary }]) => `  ${`${name} ${usage}`.trim().padEnd(width)}  ${summary}`,
    ),
    '',
    ...common,
    '',
    'Settings are those of the environment, the same that the application reads. Exit status: 0 done,',
    '1 refused or not in order (with reasons), 2 misused. With --json use `npm run -s cli`, so that npm is silent.',
  ].join('\n');
}

export function helpOf(
  name: string,
  { usage, summary, about, ofWorkspace: takesWorkspace }: Command,
): string {
  return [
    `npm run cli -- ${name} ${usage}`.trim(),
    '',
    summary,
    ...(about === undefined ? [] : ['', about]),
    '',
    ...common,
    ...(takesWorkspace ? [ofWorkspace] : []),
  ].join('\n');
}
