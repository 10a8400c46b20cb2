import { describe, expect, test } from 'vitest';
import { readPeopleFile } from '#services/people-file.ts';

const header = 'slack_user_id,email,role,manager,segment,wave,start_date,country';
const file = (...rows: string[]): string => [header, ...rows].join('\n');
const problemsOf = async (text: string): Promise<string[]> =>
  (await readPeopleFile(text)).problems.map(({ line, reason }) => `${line}: ${reason}`);

const sam = {
  line: 2,
  slackUserId: 'U0SAM',
  email: 'sam@example.test',
  roles: ['rep'],
  manager: 'dana@example.test',
  segment: 'core',
  wave: 2,
  startDate: '2026-01-05',
  country: 'DE',
};
const samsRow = 'U0SAM,sam@example.test,rep,dana@example.test,core,2,2026-01-05,DE';

describe('a file that is right', () => {
  test('is read row by row', async () => {
    const { rows, problems } = await readPeopleFile(file(samsRow, ',lee@example.test,manager,,,,,'));
    expect(problems).toEqual([]);
    expect(rows).toEqual([
      sam,
      {
        line: 3,
        slackUserId: undefined,
        email: 'lee@example.test',
        roles: ['manager'],
        manager: undefined,
        segment: undefined,
        wave: undefined,
        startDate: undefined,
        country: undefined,
      },
    ]);
  });

  test.each([
    ['a byte order mark', `\uFEFF${file(samsRow)}`],
    ['line ends of Windows', file(samsRow).replaceAll('\n', '\r\n')],
    ['an end without a line end, or with several', `${file(samsRow)}\n\n\n`],
    ['rows of nothing but commas, as spreadsheets leave', `${file(samsRow)}\n,,,,,,,\n,,,,,,,\n`],
    ['blanks around the values', file(samsRow.replaceAll(',', ' , '))],
    [
      'quotes around the values',
      file(
        samsRow
          .split(',')
          .map((value) => `"${value}"`)
          .join(','),
      ),
    ],
    [
      'capitals in header, role, segment and email',
      file('U0SAM,Sam@Example.test,REP,dana@example.test,Core,2,2026-01-05,DE').replace('email', 'Email'),
    ],
  ])('may have %s', async (_, text) => {
    expect(await readPeopleFile(text)).toMatchObject({ rows: [sam], problems: [] });
  });

  test('may name several roles, each once', async () => {
    const { rows } = await readPeopleFile(file('U0SAM,,rep+manager + rep,,,,,'));
    expect(rows[0]?.roles).toEqual(['rep', 'manager']);
  });

  test('may have its columns in another order, and only those it needs', async () => {
    const { rows, columns } = await readPeopleFile('role,email\nrep,sam@example.test');
    expect(rows).toMatchObject([{ email: 'sam@example.test', roles: ['rep'], manager: undefined }]);
    expect([...columns]).toEqual(['role', 'email']);
  });

  test('counts lines as an editor does, quoted line breaks included', async () => {
    const text = file('"U0SAM",,"rep",,,,,', '', 'U0LEE,,boss,,,,,');
    expect(await problemsOf(text)).toEqual([expect.stringMatching(/^4: role "boss"/)]);
  });
});

describe('a row that is wrong is refused with its line and why', () => {
  const words = 'rep, manager, enablement, admin, several joined by +';
  test.each([
    [',,rep,,,,,', 'needs slack_user_id or email to say who it is'],
    ['sam,,rep,,,,,', 'slack_user_id must look like U0123ABCD'],
    ['u0sam,,rep,,,,,', 'slack_user_id must look like U0123ABCD'],
    [',sam.example.test,rep,,,,,', 'email is not an address'],
    ['U0SAM,,,,,,,', `role is empty: give one of ${words}`],
    ['U0SAM,,boss,,,,,', `role "boss" is not known: use ${words}`],
    ['U0SAM,,rep+,,,,,', `role "" is not known: use ${words}`],
    ['U0SAM,,rep+boss+chief,,,,,', `role "boss+chief" is not known: use ${words}`],
    ['U0SAM,,rep,,middle,,,', 'segment must be one of star, core, low or empty'],
    ['U0SAM,,rep,,,5,,', 'wave must be 1, 2, 3, 4 or empty'],
    ['U0SAM,,rep,,,one,,', 'wave must be 1, 2, 3, 4 or empty'],
    ['U0SAM,,rep,,,,05/01/2026,', 'start_date must be a date such as 2026-03-02, or empty'],
    ['U0SAM,,rep,,,,2026-02-30,', 'start_date must be a date such as 2026-03-02, or empty'],
    ['U0SAM,,rep,,,,,Germany', 'country must be two capital letters such as DE, or empty'],
    ['U0SAM,,rep,,,,,de', 'country must be two capital letters such as DE, or empty'],
    [
      'U0SAM,,rep,,,,,UK',
      'the public holidays of country UK are not known: give the code of another, such as GB, or leave it empty',
    ],
    ['U0SAM,,rep', 'has 3 columns, the header has 8'],
    ['U0SAM,,rep,,,,,,', 'has 9 columns, the header has 8'],
  ])('%s', async (row, reason) => {
    expect(await problemsOf(file(samsRow, row))).toEqual([`3: ${reason}`]);
  });

  test('for each thing that is wrong with it, and in each line', async () => {
    expect(await problemsOf(file('sam,,rep,,middle,,,', samsRow, 'U0LEE,,boss,,,9,,'))).toEqual([
      '2: slack_user_id must look like U0123ABCD',
      '2: segment must be one of star, core, low or empty',
      `4: role "boss" is not known: use ${words}`,
      '4: wave must be 1, 2, 3, 4 or empty',
    ]);
  });
});

describe('a file that is none is refused with what it should be', () => {
  const columns = `the columns are ${header}`;
  test.each([
    ['nothing', '', `1: the file is empty; ${columns}`],
    ['nothing but line ends', '\n\n', `1: the file is empty; ${columns}`],
    ['the header alone', header, '1: the file names nobody'],
    [
      'semicolons',
      file(samsRow).replaceAll(',', ';'),
      '1: the columns are separated by semicolons; save the file with commas between them (CSV)',
    ],
    [
      'tabs',
      file(samsRow).replaceAll(',', '\t'),
      '1: the columns are separated by tabs; save the file with commas between them (CSV)',
    ],
    ['an unknown column', `${header},team\n${samsRow},x`, `1: unknown column team; ${columns}`],
    ['a column without a name', `${header},\n${samsRow},`, `1: unknown column without a name; ${columns}`],
    ['a column twice', `${header},role\n${samsRow},rep`, '1: column role stands twice'],
    ['no role', 'email,manager\na@example.test,', `1: the column role is missing; ${columns}`],
    [
      'nobody to find',
      'role,manager\nrep,',
      `1: slack_user_id or email is needed to say who is who; ${columns}`,
    ],
    ['no header', `${samsRow}\n${samsRow}`, expect.stringMatching(/^1: unknown column u0sam/)],
  ])('%s', async (_, text, problem) => {
    expect(await problemsOf(text)).toEqual([problem]);
  });

  test('more people than a workspace may have', async () => {
    const rows = Array.from({ length: 50_001 }, (_, index) => `U${index},rep`);
    expect(await problemsOf(['slack_user_id,role', ...rows].join('\n'))).toEqual([
      '1: the file has more than 50000 rows; split it',
    ]);
  });

  test('a quote that is never closed is told with its line', async () => {
    const [problem, ...more] = await problemsOf(file(samsRow, 'U0LEE,"lee@example.test,rep,,,,,'));
    expect(more).toEqual([]);
    expect(problem).toMatch(/^\d: not readable as CSV: /);
  });

  test('and no row of it is taken', async () => {
    expect((await readPeopleFile(file(samsRow).replaceAll(',', ';'))).rows).toEqual([]);
  });
});
