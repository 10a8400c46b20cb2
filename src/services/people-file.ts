import { parse } from 'csv-parse/sync';
import { z } from 'zod';
import { type Role, roles, type Segment, segments } from '#domain/people.ts';

/** The people file as an operator writes it. Any bad row refuses the whole file, with its line and reason. */
export const peopleColumns = [
  'slack_user_id',
  'email',
  'role',
  'manager',
  'segment',
  'wave',
  'start_date',
  'country',
] as const;

export interface PersonRow {
  line: number;
  slackUserId: string | undefined;
  email: string | undefined;
  roles: Role[];
  /** Id or email of the manager, as written. */
  manager: string | undefined;
  segment: Segment | undefined;
  wave: number | undefined;
  startDate: string | undefined;
  country: string | undefined;
}

export interface FileProblem {
  line: number;
  reason: string;
}

const empty = z.literal('').transform(() => undefined);

const Row = z.object({
  slack_user_id: empty.or(z.string().regex(/^[UW][A-Z0-9]{2,}$/, 'slack_user_id must look like U0123ABCD')),
  email: empty.or(z.email('email is not an address')),
  role: z
    .string()
    .min(1, `role is empty: give one of ${roles.join(', ')}, several joined by +`)
    .transform((text, check) => {
      const given = [...new Set(text.split('+').map((one) => one.trim().toLowerCase()))];
      const unknown = given.filter((one) => !isRole(one));
      if (unknown.length > 0) {
        check.addIssue(`role "${unknown.join('+')}" is not known: use ${roles.join(', ')}, several joined by +`);
      }
      return given.filter(isRole);
    }),
  manager: empty.or(z.string()),
  segment: empty.or(z.enum(segments, { error: `segment must be one of ${segments.join(', ')} or empty` })),
  wave: empty.or(
    z
      .string()
      .regex(/^[1-4]$/, 'wave must be 1, 2, 3, 4 or empty')
      .transform(Number),
  ),
  start_date: empty.or(z.iso.date('start_date must be a date such as 2026-03-02, or empty')),
  country: empty.or(z.string().regex(/^[A-Z]{2}$/, 'country must be two capital letters such as DE, or empty')),
});

function isRole(text: string): text is Role {
  return (roles as readonly string[]).includes(text);
}

const options = { bom: true, info: true, trim: true, skip_empty_lines: true, relax_column_count: true } as const;

export function readPeopleFile(text: string): { rows: PersonRow[]; problems: FileProblem[] } {
  let records: { record: string[]; info: { lines: number } }[];
  try {
    // The library's types do not follow `info`, which wraps every record together with its line.
    records = parse(text, options) as unknown as typeof records;
  } catch (error) {
    const line = error instanceof Error && 'lines' in error ? Number(error.lines) : 1;
    return { rows: [], problems: [{ line, reason: `not readable as CSV: ${(error as Error).message}` }] };
  }
  const header = records[0]?.record.map((name) => name.toLowerCase()) ?? [];
  const headerProblem = aboutHeader(header);
  if (headerProblem !== undefined) return { rows: [], problems: [{ line: 1, reason: headerProblem }] };
  if (records.length === 1) return { rows: [], problems: [{ line: 1, reason: 'the file names nobody' }] };

  const rows: PersonRow[] = [];
  const problems: FileProblem[] = [];
  for (const { record, info } of records.slice(1)) {
    const line = info.lines;
    if (record.length !== header.length) {
      problems.push({ line, reason: `has ${record.length} columns, the header has ${header.length}` });
      continue;
    }
    const named = Object.fromEntries(peopleColumns.map((name) => [name, record[header.indexOf(name)] ?? '']));
    const parsed = Row.safeParse(named);
    if (!parsed.success) {
      problems.push(...parsed.error.issues.map((issue) => ({ line, reason: innermost(issue) })));
      continue;
    }
    const row = parsed.data;
    if (row.slack_user_id === undefined && row.email === undefined) {
      problems.push({ line, reason: 'needs slack_user_id or email to say who it is' });
      continue;
    }
    rows.push({
      line,
      slackUserId: row.slack_user_id,
      email: row.email?.toLowerCase(),
      roles: row.role,
      manager: row.manager,
      segment: row.segment,
      wave: row.wave,
      startDate: row.start_date,
      country: row.country,
    });
  }
  return { rows, problems };
}

function aboutHeader(header: string[]): string | undefined {
  const unknown = header.filter((name) => !(peopleColumns as readonly string[]).includes(name));
  const twice = header.filter((name, index) => header.indexOf(name) !== index);
  const missing = !header.includes('role') || !(header.includes('slack_user_id') || header.includes('email'));
  if (unknown.length > 0) return `unknown column ${unknown.join(', ')}; the columns are ${peopleColumns.join(',')}`;
  if (twice.length > 0) return `column ${twice.join(', ')} stands twice`;
  if (missing) return `the first line must name the columns: ${peopleColumns.join(',')}`;
  return undefined;
}

/** Of "empty or something", only what is wrong with the something is worth saying. */
function innermost(issue: z.core.$ZodIssue): string {
  if (issue.code !== 'invalid_union') return issue.message;
  const last = issue.errors.at(-1)?.[0];
  return last === undefined ? issue.message : innermost(last);
}
