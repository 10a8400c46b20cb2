import { parseArgs } from 'node:util';
import { nearestWord } from '#domain/nearest.ts';
import type { ConfigResult } from '../config.ts';
import { type Command, Misused, type Outcome } from './command.ts';
import { commands } from './commands.ts';
import { harmless, harmlessJson } from './harmless.ts';
import { helpOf, helpOfAll } from './help.ts';
import { asRefused } from './trouble.ts';

export interface Cli {
  args: string[];
  config: ConfigResult;
  tell(text: string): void;
  complain(text: string): void;
}

const options = {
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
  workspace: { type: 'string' },
  pilot: { type: 'string' },
  since: { type: 'string' },
  until: { type: 'string' },
  to: { type: 'string' },
  person: { type: 'string' },
  out: { type: 'string' },
  'formal-request': { type: 'boolean', default: false },
  yes: { type: 'boolean', default: false },
  preview: { type: 'boolean', default: false },
  again: { type: 'boolean', default: false },
} as const;

/** Runs one command and answers with the exit status: 0 done, 1 refused or not in order, 2 misused. */
export async function runCli(cli: Cli): Promise<0 | 1 | 2> {
  // Known before anything is parsed, so that a misuse is told in the form that was asked for.
  const asJson = cli.args.includes('--json');
  try {
    const outcome = await perform(cli);
    cli.tell(asJson ? harmlessJson({ ok: outcome.ok, ...outcome.data }) : harmless(outcome.lines.join('\n')));
    return outcome.ok ? 0 : 1;
  } catch (error) {
    if (error instanceof Misused) {
      if (asJson) cli.tell(harmlessJson({ ok: false, misused: error.message }));
      else cli.complain(harmless(error.message));
      return 2;
    }
    const { problems } = asRefused(error);
    if (asJson) cli.tell(harmlessJson({ ok: false, problems }));
    else cli.complain(harmless(problems.join('\n')));
    return 1;
  }
}

async function perform(cli: Cli): Promise<Outcome> {
  const [name, ...rest] = cli.args;
  if (name === undefined) throw new Misused(helpOfAll());
  if (name === '--help' || name === '-h' || name === 'help') return told(helpOfAll());
  const command = commands.get(name);
  if (command === undefined) throw new Misused(unknownCommand(name));
  const { values, positionals } = parsed(name, command, rest);
  if (values.help) return told(helpOf(name, command));
  if (values.workspace !== undefined && !command.ofWorkspace) {
    throw new Misused(`${name} takes no --workspace: it is about the whole database.`);
  }
  if (values.pilot !== undefined && command.hasPilot !== true) {
    throw new Misused(`${name} takes no --pilot.`);
  }
  const { workspace, pilot, since, until, to } = values;
  if ((since !== undefined || until !== undefined) && command.hasPeriod !== true) {
    throw new Misused(`${name} takes neither --since nor --until.`);
  }
  if (to !== undefined && command.hasTarget !== true) throw new Misused(`${name} takes no --to.`);
  const { person, out, 'formal-request': formalRequest, yes, preview, again } = values;
  if ((person !== undefined || out !== undefined || formalRequest) && command.hasPerson !== true) {
    throw new Misused(`${name} takes neither --person nor --out nor --formal-request.`);
  }
  if (yes && command.hasYes !== true) throw new Misused(`${name} takes no --yes.`);
  if (preview && command.hasPreview !== true) throw new Misused(`${name} takes no --preview.`);
  if (again && command.hasAgain !== true) throw new Misused(`${name} takes no --again.`);
  return command.run({
    words: positionals,
    workspace,
    pilot,
    since,
    until,
    to,
    person,
    out,
    formalRequest,
    yes,
    preview,
    again,
    config: cli.config,
  });
}

function parsed(name: string, command: Command, args: string[]) {
  try {
    return parseArgs({ args, options, allowPositionals: true, strict: true });
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new Misused(`${error.message.split('. ')[0]}.\n\n${helpOf(name, command)}`);
  }
}

function told(text: string): Outcome {
  return { ok: true, lines: [text], data: { help: text } };
}

function unknownCommand(name: string): string {
  const near = nearestWord(name, [...commands.keys()]);
  const meant = near === undefined ? '' : ` Did you mean ${near}?`;
  return `There is no command ${name}.${meant} There are ${[...commands.keys()].join(', ')}.`;
}
