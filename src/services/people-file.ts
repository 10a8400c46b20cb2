import { Readable } from 'node:stream';
import { setImmediate as turnIsOver } from 'node:timers/promises';
import { CsvError, parse } from 'csv-parse';
import { type PersonRow, RowSchema, rowProblem } from './people-row.ts';

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
export type PeopleColumn = (typeof peopleColumns)[number];

export interface FileProblem {
  line: number;
  reason: string;
}

export interface PeopleFile {
  /** What a column says that is not there is not "empty": it is left as it is known. */
  columns: ReadonlySet<PeopleColumn>;
  rows: PersonRow[];
  problems: FileProblem[];
}

/** As many people as one workspace may have here. */
const mostRows = 50_000;

const lower = (text: string): string => text.toLowerCase();

const options = {
  bom: true,
  info: true,
  trim: true,
  skip_empty_lines: true,
  // Spreadsheets leave rows of commas behind.
  skip_records_with_empty_values: true,
  relax_column_count: true,
} as const;

/** More bytes than these in one turn would keep others waiting: about a thousand rows. */
const bytesInATurn = 64 * 1024;

async function* inSlices(text: string): AsyncGenerator<Buffer> {
  const bytes = Buffer.from(text);
  for (let from = 0; from < bytes.length; from += bytesInATurn) {
    yield bytes.subarray(from, from + bytesInATurn);
    await turnIsOver();
  }
}

export async function readPeopleFile(text: string): Promise<PeopleFile> {
  const file: PeopleFile = { columns: new Set(), rows: [], problems: [] };
  let header: string[] | undefined;
  let count = 0;
  try {
    for await (const each of Readable.from(inSlices(text)).pipe(parse(options))) {
      // The library's types do not follow `info`, which wraps every record together with its line.
      const { record, info } = each as { record: string[]; info: { lines: number } };
      if (header === undefined) {
        header = record.map(lower);
        const problem = aboutHeader(header);
        if (problem !== undefined) return refusedAt(1, problem);
        file.columns = new Set(header.filter(isColumn));
        continue;
      }
      count += 1;
      if (count > mostRows) return refusedAt(1, `the file has more than ${mostRows} rows; split it`);
      const { rows, problems } = readRow(record, info.lines, header);
      file.rows.push(...rows);
      file.problems.push(...problems);
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    return refusedAt(Number(error['lines']), `not readable as CSV: ${error.message}`);
  }
  if (header === undefined) return refusedAt(1, `the file is empty; ${wantedColumns}`);
  if (count === 0) return refusedAt(1, 'the file names nobody');
  return file;
}

function refusedAt(line: number, reason: string): PeopleFile {
  return { columns: new Set(), rows: [], problems: [{ line, reason }] };
}

function readRow(record: string[], line: number, header: string[]): Pick<PeopleFile, 'rows' | 'problems'> {
  const refuse = (...reasons: string[]) => ({
    rows: [],
    problems: reasons.map((reason) => ({ line, reason })),
  });
  if (record.length !== header.length) {
    return refuse(`has ${record.length} columns, the header has ${header.length}`);
  }
  const named = Object.fromEntries(peopleColumns.map((name) => [name, record[header.indexOf(name)] ?? '']));
  const parsed = RowSchema.safeParse(named);
  if (!parsed.success) return refuse(...parsed.error.issues.map(rowProblem));
  const { slack_user_id: slackUserId, role, start_date: startDate, ...rest } = parsed.data;
  if (slackUserId === undefined && rest.email === undefined) {
    return refuse('needs slack_user_id or email to say who it is');
  }
  return { rows: [{ line, slackUserId, roles: role, startDate, ...rest }], problems: [] };
}

function isColumn(name: string): name is PeopleColumn {
  return (peopleColumns as readonly string[]).includes(name);
}

const wantedColumns = `the columns are ${peopleColumns.join(',')}`;

/** A file of something else has a line of anything for its header. */
const mostUnknown = 10;

function aboutHeader(header: string[]): string | undefined {
  const wanted = wantedColumns;
  const [first = ''] = header;
  const separator = header.length === 1 ? /[;\t|]/.exec(first)?.[0] : undefined;
  if (separator !== undefined) {
    const name = { ';': 'semicolons', '\t': 'tabs', '|': 'bars' }[separator];
    return `the columns are separated by ${name}; save the file with commas between them (CSV)`;
  }
  const unknown = header.filter((name) => !isColumn(name)).slice(0, mostUnknown);
  if (unknown.length > 0) {
    return `unknown column ${unknown.map((name) => name || 'without a name').join(', ')}; ${wanted}`;
  }
  const twice = header.filter((name, index) => header.indexOf(name) !== index);
  if (twice.length > 0) return `column ${twice.join(', ')} stands twice`;
  if (!header.includes('role')) return `the column role is missing; ${wanted}`;
  if (!header.includes('slack_user_id') && !header.includes('email')) {
    return `slack_user_id or email is needed to say who is who; ${wanted}`;
  }
  return undefined;
}
