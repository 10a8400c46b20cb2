import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { commands } from '#cli/commands.ts';
import { cli, cliJson, here } from './cli.ts';

let empty: string;
beforeAll(() => {
  empty = mkdtempSync(path.join(tmpdir(), 'sideline-cli-'));
});
afterAll(() => rmSync(empty, { recursive: true, force: true }));

test('without a command it lists them all, and that is a misuse', async () => {
  const { status, out, errors } = await cli([], {}, empty);
  expect([status, out]).toEqual([2, '']);
  for (const name of commands.keys()) expect(errors).toContain(`\n  ${name} `);
});

test('asked for help it lists them on the standard output', async () => {
  expect(await cli(['--help'], {}, empty)).toMatchObject({ status: 0, errors: '' });
  expect(await here(['help'])).toMatchObject({ status: 0, errors: '' });
});

test.each([...commands.keys()])('%s --help tells of itself, without any setting', async (name) => {
  const { status, out } = await here([name, '--help'], { PORT: 'wrong' });
  expect(status).toBe(0);
  expect(out).toContain(`npm run cli -- ${name}`);
  expect(out).toContain('--json');
});

describe('a misuse has exit status 2, and says what was meant', () => {
  test.each<[string[], string]>([
    [['imprt'], 'There is no command imprt. Did you mean import?'],
    [['frobnicate'], 'There is no command frobnicate. There are migrate, import,'],
    [['start', '--now'], "Unknown option '--now'."],
    [['start', '--json=yes'], "Option '--json' does not take an argument."],
    [['start', 'T1'], 'start takes nothing but options.'],
    [['migrate', 'x'], 'migrate takes nothing but options.'],
    [['pause', 'x'], 'pause takes nothing but options.'],
    [['resume', 'x'], 'resume takes nothing but options.'],
    [['doctor', 'x'], 'doctor takes nothing but options.'],
    [['import'], 'Say which file: import <people.csv>'],
    [['import', 'a.csv', 'b.csv'], 'Say which file: import <people.csv>'],
    [['migrate', '--workspace', 'T1'], 'migrate takes no --workspace: it is about the whole database.'],
    [['uncertain', 'x'], 'Say what to do: uncertain settle <delivery id> delivered|not-sent'],
    [['uncertain', 'settle', 'x'], 'Say what to do: uncertain settle <delivery id> delivered|not-sent'],
    [
      ['uncertain', 'settle', 'x', 'maybe'],
      'Say what to do: uncertain settle <delivery id> delivered|not-sent',
    ],
    [['uncertain', 'settle', 'x', 'delivered'], 'x is no delivery id; `uncertain` lists them.'],
  ])('%j', async (args, said) => {
    const { status, out, errors } = await here(args);
    expect([status, out]).toEqual([2, '']);
    expect(errors).toContain(said);
  });

  test('with --json as JSON, from a real process', async () => {
    const { status, json } = await cliJson(['imprt'], {}, empty);
    expect(status).toBe(2);
    expect(json).toEqual({ ok: false, misused: expect.stringContaining('Did you mean import?') });
  });
});

describe('what is refused has exit status 1, and says what to do', () => {
  test('settings that are wrong, a line each', async () => {
    const { status, out, errors } = await cli(['start'], { PORT: 'x', SIDELINE_ROLE: 'web' }, empty);
    expect([status, out]).toEqual([1, '']);
    expect(errors.split('\n')).toEqual([
      'PORT must be a number between 0 and 65535',
      'SIDELINE_ROLE=web needs DATABASE_URL: the embedded database serves one process',
      'Nothing was changed. Correct the settings above.',
    ]);
  });

  test.each(['start', 'pause', 'resume', 'uncertain'])('%s without a database makes none', async (name) => {
    const { status, json } = await cliJson([name], {}, empty);
    expect(status).toBe(1);
    expect(json).toEqual({
      ok: false,
      problems: [
        expect.stringContaining('There is no database in .data yet.'),
        expect.stringContaining('the sandbox, which keeps data of its own'),
      ],
    });
  });

  test('import without Slack settings', async () => {
    const { status, errors } = await here(['import', 'people.csv']);
    expect(status).toBe(1);
    expect(errors).toContain('import needs Slack, to find out who the people are: set SLACK_BOT_TOKEN');
    expect(errors).toContain('runs as a sandbox, which brings a team of its own');
  });

  test('a database that cannot be reached', async () => {
    const { status, errors } = await cli(
      ['start'],
      { DATABASE_URL: 'postgres://u:secret@127.0.0.1:9/db' },
      empty,
    );
    expect(status).toBe(1);
    expect(errors).toBe(
      'The database cannot be reached (ECONNREFUSED). Nothing was changed. Check DATABASE_URL, and whether the server runs.',
    );
  });
});
