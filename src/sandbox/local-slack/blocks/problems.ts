import type { z } from 'zod';
import { isRecord } from './record.ts';

export type Path = readonly PropertyKey[];

export interface Problem {
  readonly path: Path;
  readonly message: string;
}

type Issue = z.core.$ZodIssue;
type IssueOf<Code extends Issue['code']> = Extract<Issue, { code: Code }>;

export function linesOf(problems: readonly Problem[], root: string): string[] {
  return problems.map(({ path, message }) => `${pathText(path) || root}: ${message}`);
}

/** The schemas must have been run with `reportInput`: "91 characters" needs what was given. */
export function problemsOf(error: z.ZodError): Problem[] {
  return error.issues.map((issue) => ({ path: issue.path, message: describe(issue) }));
}

export function pathText(path: Path): string {
  return path
    .map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`))
    .join('')
    .replace(/^\./, '');
}

export function quoted(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value.length > 40 ? `${value.slice(0, 40)}…` : value);
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object' && value !== null) return 'an object';
  return String(value);
}

function describe(issue: Issue): string {
  switch (issue.code) {
    case 'too_big':
      return `${measured(issue)}, ${issue.inclusive === false ? 'less than' : 'at most'} ${issue.maximum}`;
    case 'too_small':
      return `${measured(issue)}, ${issue.inclusive === false ? 'more than' : 'at least'} ${issue.minimum}`;
    case 'invalid_type':
      return must(issue.input, `be ${KINDS[issue.expected] ?? issue.expected}`);
    case 'invalid_value':
      return must(issue.input, `be ${oneOf(issue.values)}`);
    case 'invalid_format':
      return FORMATS[issue.format] ? must(issue.input, `be ${FORMATS[issue.format]}`) : issue.message;
    case 'unrecognized_keys':
      return `unknown property ${issue.keys.map((key) => quoted(key)).join(', ')}`;
    case 'invalid_union':
      return misplaced(issue);
    default:
      return issue.message;
  }
}

const KINDS: Readonly<Record<string, string>> = {
  string: 'a string',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  object: 'an object',
  array: 'a list',
};

const FORMATS: Readonly<Record<string, string>> = {
  date: 'a date (YYYY-MM-DD)',
  time: 'a time (HH:mm)',
};

function must(input: unknown, rule: string): string {
  return input === undefined ? `missing, must ${rule}` : `${quoted(input)}, must ${rule}`;
}

function oneOf(values: readonly unknown[]): string {
  return values.length === 1 ? String(values[0]) : `one of ${values.join(', ')}`;
}

function measured({ input }: IssueOf<'too_big'> | IssueOf<'too_small'>): string {
  if (typeof input === 'string') return `${input.length} characters`;
  if (Array.isArray(input)) return `${input.length} items`;
  return String(input);
}

function misplaced(issue: IssueOf<'invalid_union'>): string {
  const { discriminator, input, message } = issue;
  const allowed = 'options' in issue && Array.isArray(issue.options) ? issue.options.join(', ') : '';
  if (discriminator === undefined || allowed === '' || !isRecord(input)) return message;
  const given = input[discriminator];
  if (given === undefined) return `missing, must be one of ${allowed}`;
  return `${quoted(given)} is unknown or not allowed here, allowed: ${allowed}`;
}
