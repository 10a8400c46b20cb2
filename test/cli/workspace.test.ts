import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type LocalSlack, startLocalSlack } from '#sandbox/local-slack/local-slack.ts';
import { openTestDatabase, type TestDatabase } from '#test/database.ts';
import { header, person } from '#test/services/office.ts';
import { slackApp } from '#test/world.ts';
import { cli, cliJson, here, hereJson } from './cli.ts';

/** An operator's first day: import, start, pause, resume, in this order, on one database. */
let slack: LocalSlack;
let database: TestDatabase;
let directory: string;
let settings: Record<string, string>;
beforeAll(async () => {
  const users = ['Dana', 'Sam', 'Ana', 'Lee', 'Kim'].map((name) => person(name));
  slack = await startLocalSlack({ team: { id: 'T0WORLD', name: 'Test team' }, app: slackApp, users });
  database = await openTestDatabase('postgres');
  directory = mkdtempSync(path.join(tmpdir(), 'sideline-cli-'));
  settings = {
    DATABASE_URL: database.url ?? '',
    SLACK_BOT_TOKEN: slackApp.botToken,
    SLACK_SIGNING_SECRET: slackApp.signingSecret,
    SLACK_API_URL: slack.apiUrl,
  };
});
afterAll(async () => {
  rmSync(directory, { recursive: true, force: true });
  await slack.close();
  await database.close();
});

function file(name: string, content: string | Buffer): string {
  const where = path.join(directory, name);
  writeFileSync(where, content);
  return where;
}

const good = [
  header,
  'U0DANA,,manager,,,,,',
  ',sam@example.test,rep,U0DANA,core,1,,DE',
  'U0ANA,,rep,U0DANA,,,,',
  'U0LEE,,manager,,,,,',
  'U0KIM,,rep,U0LEE,,,,',
];
const members = (): Promise<number> =>
  database.owner
    .selectFrom('member')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
    .then(({ count }) => count);

const workspace = () =>
  database.owner.selectFrom('workspace').select(['started_at', 'paused_at']).executeTakeFirstOrThrow();

test('before anything is there, start, pause and resume say what to do first', async () => {
  for (const name of ['start', 'pause', 'resume']) {
    const { status, errors } = await here([name], settings);
    expect(status).toBe(1);
    expect(errors).toContain('The database knows no workspace yet.');
  }
});

describe('import', () => {
  test.each<[string, string | Buffer | undefined, string]>([
    ['missing.csv', undefined, 'was not imported: there is no such file. Nothing was changed.'],
    [
      'latin.csv',
      Buffer.from([...Buffer.from(header), 0x0a, 0xe9]),
      'it is not in UTF-8. Nothing was changed. Save it as "CSV UTF-8"',
    ],
  ])('of %s is refused', async (name, content, said) => {
    const where = content === undefined ? path.join(directory, name) : file(name, content);
    const { status, out, errors } = await here(['import', where], settings);
    expect([status, out]).toEqual([1, '']);
    expect(errors).toContain(said);
  });

  test('of rows that are wrong lists each with its line, and takes none', async () => {
    const where = file('bad.csv', [...good, 'U0NOBODY,,rep,,,,,', 'U0SAM,,boss,,,9,,'].join('\n'));
    const { status, out, errors } = await cli(['import', where], settings);
    expect([status, errors]).toEqual([1, '']);
    expect(out.split('\n')).toEqual([
      expect.stringMatching(/^line 8: role "boss" is not known/),
      'line 8: wave must be 1, 2, 3, 4 or empty',
      'Nothing was imported. Correct these lines and import the file again.',
    ]);
    expect(await hereJson(['import', where], settings)).toMatchObject({
      status: 1,
      json: { ok: false, workspace: 'T0WORLD', problems: [{ line: 8 }, { line: 8 }] },
    });
    expect(await members()).toBe(0);
  });

  test('with --preview says what would change, and changes nothing', async () => {
    const before = await members();
    const rows = [header, 'U0DANA,,manager,,,,,', 'U0ANA,,rep,U0DANA,,,,'];
    const { status, out } = await here(
      ['import', file('preview.csv', rows.join('\n')), '--preview'],
      settings,
    );
    expect(status).toBe(0);
    expect(out).toContain('manager of Ana (U0ANA): ');
    expect(out).toContain('Nothing was changed.');
    expect(await members()).toBe(before);
    expect((await here(['start', '--preview'], settings)).status).toBe(2);
  });

  test('tells what it has done, and that nobody is asked yet', async () => {
    const where = file('people.csv', good.join('\n'));
    const { status, out, errors } = await cli(['import', where], settings);
    expect([status, errors]).toEqual([0, '']);
    expect(out.split('\n')).toEqual([
      'Imported into Test team: 5 added, 0 changed, 0 as they were; 3 with a new manager.',
      'Nobody is asked anything yet: `npm run cli -- start` begins.',
    ]);
    expect(await members()).toBe(5);
    expect(await cliJson(['import', where], settings)).toEqual({
      status: 0,
      json: { ok: true, workspace: 'T0WORLD', added: 0, updated: 0, unchanged: 5, managersChanged: 0 },
    });
  });

  test('into another workspace than the token is of is refused', async () => {
    const where = file('people.csv', good.join('\n'));
    const { status, errors } = await here(['import', where, '--workspace', 'T0OTHER'], settings);
    expect(status).toBe(1);
    expect(errors).toContain('The bot token belongs to workspace T0WORLD (Test team), not to T0OTHER.');
  });

  test('with a token that Slack refuses says so', async () => {
    const where = file('people.csv', good.join('\n'));
    const { status, errors } = await here(['import', where], { ...settings, SLACK_BOT_TOKEN: 'xoxb-other' });
    expect(status).toBe(1);
    expect(errors).toContain('Slack refuses the bot token (invalid_auth).');
  });

  test('while Slack is out of reach says so', async () => {
    const where = file('people.csv', good.join('\n'));
    const { status, errors } = await here(['import', where], {
      ...settings,
      SLACK_API_URL: 'http://127.0.0.1:9/api',
    });
    expect(status).toBe(1);
    expect(errors).toMatch(
      /^Slack did not answer as it should .*Nothing was changed\. Try again in a minute\.$/,
    );
  });
});

describe('a workspace that was never started', () => {
  test.each(['pause', 'resume'])('is refused to %s', async (name) => {
    const { status, errors } = await here([name], settings);
    expect(status).toBe(1);
    expect(errors).toContain('Test team was never started');
    expect(await workspace()).toEqual({ started_at: null, paused_at: null });
  });
});

describe('start, pause and resume', () => {
  const takingPart = async (): Promise<string[]> => {
    const rows = await database.owner
      .selectFrom('member')
      .select('name')
      .where('in_pilot', '=', true)
      .orderBy('name')
      .execute();
    return rows.map(({ name }) => name);
  };
  const planned = async (): Promise<string[]> => {
    const rows = await database.owner
      .selectFrom('cadence')
      .select('asked_id')
      .distinct()
      .where('plan_at', 'is not', null)
      .orderBy('asked_id')
      .execute();
    return rows.map((row) => row.asked_id);
  };

  test.each([
    ['U0NOBODY', 'U0NOBODY is not known in Test team. Import them first, or correct the id or address.'],
    ['U0DANA, sam@example.test', 'Nobody reports to sam@example.test. A pilot group is made of managers'],
  ])('a pilot group of %s is refused, and nothing starts', async (pilot, reason) => {
    const { status, errors } = await here(['start', '--pilot', pilot], settings);
    expect(status).toBe(1);
    expect(errors).toContain(reason);
    expect(errors).toContain('Nothing was changed.');
    expect(await workspace()).toEqual({ started_at: null, paused_at: null });
  });

  test('a pilot group of nobody is misused, and so is one for anything but start', async () => {
    expect((await here(['start', '--pilot', ' , '], settings)).status).toBe(2);
    expect((await here(['pause', '--pilot', 'U0DANA'], settings)).errors).toBe('pause takes no --pilot.');
  });

  test('start for a pilot group plans for it alone', async () => {
    expect(await cli(['start', '--pilot', 'LEE@example.test'], settings)).toEqual({
      status: 0,
      out: 'Test team is started for a pilot group: 1 manager and 1 rep take part, nobody else is asked anything.',
      errors: '',
    });
    expect(await workspace()).toEqual({ started_at: expect.any(Date), paused_at: null });
    expect(await takingPart()).toEqual(['Kim', 'Lee']);
    expect(await planned()).toEqual(['U0LEE']);
    expect((await here(['start', '--pilot', 'U0LEE'], settings)).out).toBe(
      'Test team was started already; nothing was changed.',
    );
  });

  test('another pilot group takes its place', async () => {
    expect((await here(['start', '--pilot', 'U0DANA'], settings)).out).toContain(
      '1 manager and 2 reps take part',
    );
    expect(await takingPart()).toEqual(['Ana', 'Dana', 'Sam']);
    expect(await planned()).toEqual(['U0DANA']);
  });

  test('start for everybody follows, and a second start changes nothing', async () => {
    expect((await here(['start'], settings)).out).toBe(
      'Test team is started for everybody: 2 managers and 3 reps take part.',
    );
    expect(await planned()).toEqual(['U0DANA', 'U0LEE']);
    const first = await workspace();
    expect(await cliJson(['start'], settings)).toEqual({
      status: 0,
      json: { ok: true, workspace: 'T0WORLD', already: true, pilot: false, managers: 2, reps: 3 },
    });
    expect(await workspace()).toEqual(first);
  });

  test('a pilot group after that is refused', async () => {
    const { status, errors } = await here(['start', '--pilot', 'U0LEE'], settings);
    expect(status).toBe(1);
    expect(errors).toContain('Test team runs for everybody already');
    expect(await planned()).toEqual(['U0DANA', 'U0LEE']);
  });

  test('resume of what is not paused changes nothing', async () => {
    expect((await here(['resume'], settings)).out).toBe('Test team was not paused; nothing was changed.');
  });

  test('pause stops, once', async () => {
    expect((await cli(['pause'], settings)).out).toMatch(/^Test team is paused: nothing more is sent\./);
    const paused = await workspace();
    expect(paused.paused_at).toEqual(expect.any(Date));
    expect(await cliJson(['pause'], settings)).toMatchObject({
      status: 0,
      json: { ok: true, already: true },
    });
    expect(await workspace()).toEqual(paused);
  });

  test('resume goes on', async () => {
    expect(await cliJson(['resume', '--workspace', 'T0WORLD'], settings)).toEqual({
      status: 0,
      json: { ok: true, workspace: 'T0WORLD', already: false },
    });
    expect(await workspace()).toMatchObject({ paused_at: null });
  });
});

describe('where the database holds several workspaces', () => {
  beforeAll(async () => {
    const workspace = { workspace_id: 'T0SECOND', team_id: 'T0SECOND', name: 'Second', bot_user_id: 'U0BOT' };
    await database.owner
      .insertInto('workspace')
      .values({
        ...workspace,
        enterprise_id: null,
        installed_at: new Date(),
        started_at: null,
        paused_at: null,
      })
      .execute();
  });

  test('it must be said which', async () => {
    expect(await hereJson(['pause'], settings)).toEqual({
      status: 2,
      json: {
        ok: false,
        misused: 'The database holds several workspaces. Say which: --workspace T0SECOND | T0WORLD',
      },
    });
  });

  test('one that is not there is refused', async () => {
    const { status, errors } = await here(['pause', '--workspace', 'T0THIRD'], settings);
    expect([status, errors]).toEqual([1, 'There is no workspace T0THIRD; there is T0SECOND, T0WORLD.']);
  });

  test('the one that is named is meant, and only that', async () => {
    expect((await here(['start', '--workspace', 'T0SECOND'], settings)).out).toBe(
      'Second is started for everybody: 0 managers and 0 reps take part.\nNobody is to be asked yet: import people first or next.',
    );
  });
});
