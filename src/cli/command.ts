import type { ConfigResult } from '../config.ts';

/** One word after `npm run cli --`. Registered in commands.ts. */
export interface Command {
  /** What it does, in one line of the list. */
  summary: string;
  /** What stands after its name. */
  usage: string;
  /** More of what its own --help says. */
  about?: string;
  /** Whether it takes --workspace. */
  ofWorkspace: boolean;
  /** Whether it takes --pilot. */
  hasPilot?: true;
  /** Whether it takes --since and --until. */
  hasPeriod?: true;
  /** Whether it takes --to. */
  hasTarget?: true;
  /** Whether it takes --person, --out and --formal-request. */
  hasPerson?: true;
  /** Whether it only shows what it would do until --yes is added. */
  hasYes?: true;
  /** Whether it takes --preview. */
  hasPreview?: true;
  /** Whether it takes --again. */
  hasAgain?: true;
  /** Throws Misused for what cannot be meant, Refused for what is not to be done. */
  run(invocation: Invocation): Promise<Outcome>;
}

export interface Invocation {
  /** What was typed after the command, without options. */
  words: string[];
  workspace: string | undefined;
  /** People, as they were typed. */
  pilot: string | undefined;
  /** Dates, as they were typed. */
  since: string | undefined;
  until: string | undefined;
  /** The address of a database, as it was typed. */
  to: string | undefined;
  /** Slack id or e-mail address, as it was typed, and the folder to write to. */
  person: string | undefined;
  out: string | undefined;
  formalRequest: boolean;
  yes: boolean;
  /** Only what would happen is wanted. */
  preview: boolean;
  /** People who were erased are taken in as if they were new. */
  again: boolean;
  config: ConfigResult;
}

/** What it tells: lines for a person, the same as data for --json. */
export interface Outcome {
  /** False where what was looked for is not in order: exit status 1. */
  ok: boolean;
  lines: string[];
  data: object;
}

/** Exit status 2: it is not known what to do. */
export class Misused extends Error {
  override name = 'Misused';
}

/** Exit status 1: known, and not done; with what was wrong, what was kept and what to do, a line each. */
export class Refused extends Error {
  override name = 'Refused';
  readonly problems: readonly string[];

  constructor(problems: string | readonly string[], options: ErrorOptions = {}) {
    const lines = typeof problems === 'string' ? [problems] : problems;
    super(lines.join('\n'), options);
    this.problems = lines;
  }
}
