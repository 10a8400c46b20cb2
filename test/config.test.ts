import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import { readConfig } from '../src/config.ts';

const http = { SLACK_BOT_TOKEN: 'xoxb-1', SLACK_SIGNING_SECRET: 'secret' };

function configOf(environment: Record<string, string>) {
  const read = readConfig(environment);
  if (!read.ok) throw new Error(read.problems.join('\n'));
  return read.config;
}

function problemsOf(environment: Record<string, string>): string[] {
  const read = readConfig(environment);
  return read.ok ? [] : read.problems;
}

describe('what is not set', () => {
  test('is a sandbox on an embedded database, on port 3000', () => {
    expect(configOf({})).toEqual({
      slack: { kind: 'none' },
      slackApiUrl: 'https://slack.com/api/',
      encryptionKeys: [],
      keepDays: 30,
      databaseUrl: undefined,
      dataDirectory: '.data',
      port: 3000,
      host: undefined,
      logLevel: 'info',
      role: 'all',
      startAt: undefined,
      production: false,
    });
  });

  test('is also what is empty, or only blanks', () => {
    const blank = { SLACK_BOT_TOKEN: '', PORT: '', DATABASE_URL: '  ', SIDELINE_NOW: '\n', LOG_LEVEL: '' };
    expect(configOf(blank)).toEqual(configOf({}));
  });

  test('says nothing of what is none of ours', () => {
    expect(configOf({ PATH: '/bin', HOME: '/root' })).toEqual(configOf({}));
  });
});

describe('what is set', () => {
  test('over HTTP', () => {
    expect(configOf(http).slack).toEqual({ kind: 'http', botToken: 'xoxb-1', signingSecret: 'secret' });
  });

  test('in Socket Mode, as soon as there is an app token', () => {
    expect(configOf({ ...http, SLACK_APP_TOKEN: 'xapp-1' }).slack).toEqual({
      kind: 'socket',
      botToken: 'xoxb-1',
      appToken: 'xapp-1',
    });
    expect(configOf({ SLACK_BOT_TOKEN: 'xoxb-1', SLACK_APP_TOKEN: 'xapp-1' }).slack.kind).toBe('socket');
  });

  test('without the line break that a secret read from a file brings along', () => {
    expect(configOf({ SLACK_BOT_TOKEN: 'xoxb-1\n', SLACK_SIGNING_SECRET: ' secret\r\n' })).toEqual(
      configOf(http),
    );
  });

  test.each([
    ['http://127.0.0.1:4000/api', 'http://127.0.0.1:4000/api/'],
    ['https://proxy.example/slack/api/', 'https://proxy.example/slack/api/'],
  ])('SLACK_API_URL=%s is called as %s', (given, called) => {
    expect(configOf({ SLACK_API_URL: given }).slackApiUrl).toBe(called);
  });

  test.each(['postgres://u:p@host/db', 'postgresql://host:5433/db?sslmode=require'])(
    'DATABASE_URL=%s',
    (url) => {
      expect(configOf({ DATABASE_URL: url }).databaseUrl).toBe(url);
    },
  );

  test.each([
    ['0', 0],
    ['65535', 65_535],
  ])('PORT=%s', (given, port) => {
    expect(configOf({ PORT: given }).port).toBe(port);
  });

  test('the roles, which need a database that several processes can reach', () => {
    for (const role of ['web', 'worker']) {
      const config = configOf({ ...http, SIDELINE_ROLE: role, DATABASE_URL: 'postgres://host/db' });
      expect(config.role).toBe(role);
    }
  });

  test.each([
    ['2026-03-02T09:00:00Z', '2026-03-02T09:00:00.000Z'],
    ['2026-03-02T09:00:00+05:30', '2026-03-02T03:30:00.000Z'],
  ])('SIDELINE_NOW=%s', (given, instant) => {
    expect(configOf({ SIDELINE_NOW: given }).startAt).toBe(Date.parse(instant));
  });

  test('NODE_ENV=production', () => {
    expect(configOf({ ...http, NODE_ENV: 'production' }).production).toBe(true);
    expect(configOf({ ...http, NODE_ENV: 'test' }).production).toBe(false);
  });
});

const key = (id: string): string => `${id}:${Buffer.alloc(32, id).toString('base64')}`;
const oauth = {
  SLACK_CLIENT_ID: '1.2',
  SLACK_CLIENT_SECRET: 'client',
  SLACK_STATE_SECRET: 'state',
  SLACK_SIGNING_SECRET: 'secret',
  ENCRYPTION_KEYS: key('k1'),
};
const without = (name: keyof typeof oauth): Record<string, string> => {
  const { [name]: _, ...rest } = oauth;
  return rest;
};

describe('installation by OAuth', () => {
  test('over HTTP, or in Socket Mode as soon as there is an app token', () => {
    const client = { clientId: '1.2', clientSecret: 'client', stateSecret: 'state' };
    expect(configOf(oauth).slack).toEqual({
      kind: 'oauth',
      ...client,
      signingSecret: 'secret',
      appToken: undefined,
    });
    const { SLACK_SIGNING_SECRET: _, ...rest } = oauth;
    expect(configOf({ ...rest, SLACK_APP_TOKEN: 'xapp-1' }).slack).toEqual({
      kind: 'oauth',
      ...client,
      signingSecret: undefined,
      appToken: 'xapp-1',
    });
  });

  test('keys by their names, the first of them for writing; and how long data is kept', () => {
    const config = configOf({
      ...oauth,
      ENCRYPTION_KEYS: `${key('new')}, ${key('old')}`,
      SIDELINE_KEEP_DAYS: '7',
    });
    expect(config.encryptionKeys.map(({ id }) => id)).toEqual(['new', 'old']);
    expect(config.keepDays).toBe(7);
  });

  test('a key does not show itself where a configuration is printed', () => {
    const config = configOf({ ...oauth, ENCRYPTION_KEYS: key('k1') });
    const bytes = Buffer.alloc(32, 'k1');
    expect(JSON.stringify(config)).not.toContain(bytes.toString('base64'));
    expect(inspect(config, { depth: 9 })).not.toContain(bytes.toString('hex').slice(0, 12));
  });

  test.each<[Record<string, string>, string]>([
    ...(['SLACK_CLIENT_ID', 'SLACK_CLIENT_SECRET', 'SLACK_STATE_SECRET'] as const).map(
      (name): [Record<string, string>, string] => [
        without(name),
        `${name} is missing: installation by OAuth needs SLACK_CLIENT_ID, SLACK_CLIENT_SECRET and SLACK_STATE_SECRET`,
      ],
    ),
    [
      without('SLACK_SIGNING_SECRET'),
      'SLACK_SIGNING_SECRET is missing: requests over HTTP cannot be verified (or set SLACK_APP_TOKEN for Socket Mode)',
    ],
    [
      without('ENCRYPTION_KEYS'),
      'ENCRYPTION_KEYS is missing: tokens of workspaces are kept encrypted. Make one: echo "k1:$(openssl rand -base64 32)" and keep it',
    ],
    [
      { ...oauth, SLACK_BOT_TOKEN: 'xoxb-1' },
      'SLACK_BOT_TOKEN must be removed: with SLACK_CLIENT_ID each workspace brings its own token when it installs the app. For one workspace by its token, remove SLACK_CLIENT_ID, SLACK_CLIENT_SECRET and SLACK_STATE_SECRET instead',
    ],
    [
      { ...oauth, ENCRYPTION_KEYS: `${key('k1')},k2:hunter2` },
      'ENCRYPTION_KEYS: the key number 2 must be a name, a colon and 32 bytes in base64. Make one: echo "k1:$(openssl rand -base64 32)"',
    ],
    [
      { ...oauth, ENCRYPTION_KEYS: `${key('k1')},${key('k1')}` },
      'ENCRYPTION_KEYS: two keys have the name k1',
    ],
    [{ SIDELINE_KEEP_DAYS: 'long' }, 'SIDELINE_KEEP_DAYS must be a number of days'],
    [{ SIDELINE_KEEP_DAYS: '-1' }, 'SIDELINE_KEEP_DAYS must be from 0 to 3650 days'],
  ])('%#: what is wrong has one line', (environment, problem) => {
    expect(problemsOf(environment)).toEqual([problem]);
  });
});

describe('what is wrong has one line', () => {
  test.each<[Record<string, string>, string]>([
    [{ SLACK_BOT_TOKEN: 'xoxp-1', SLACK_SIGNING_SECRET: 's' }, 'SLACK_BOT_TOKEN must start with xoxb-'],
    [{ ...http, SLACK_APP_TOKEN: 'xoxb-1' }, 'SLACK_APP_TOKEN must start with xapp-'],
    [
      { SLACK_SIGNING_SECRET: 's' },
      'SLACK_BOT_TOKEN is missing: Slack settings are given, but not the bot token (xoxb-…)',
    ],
    [
      { SLACK_APP_TOKEN: 'xapp-1' },
      'SLACK_BOT_TOKEN is missing: Slack settings are given, but not the bot token (xoxb-…)',
    ],
    [
      { SLACK_BOT_TOKEN: 'xoxb-1' },
      'SLACK_SIGNING_SECRET is missing: requests over HTTP cannot be verified (or set SLACK_APP_TOKEN for Socket Mode)',
    ],
    [{ SLACK_API_URL: 'slack.com/api' }, 'SLACK_API_URL must be an http or https address'],
    [{ SLACK_API_URL: 'ftp://slack.com/' }, 'SLACK_API_URL must be an http or https address'],
    [{ DATABASE_URL: 'mysql://host/db' }, 'DATABASE_URL must start with postgres:// or postgresql://'],
    [{ DATABASE_URL: 'host/db' }, 'DATABASE_URL must start with postgres:// or postgresql://'],
    [{ PORT: 'web' }, 'PORT must be a number between 0 and 65535'],
    [{ PORT: '65536' }, 'PORT must be between 0 and 65535'],
    [{ PORT: '-1' }, 'PORT must be between 0 and 65535'],
    [{ PORT: '80.5' }, 'PORT must be a whole number'],
    [{ LOG_LEVEL: 'loud' }, 'LOG_LEVEL must be one of fatal, error, warn, info, debug, trace, silent'],
    [{ SIDELINE_ROLE: 'both' }, 'SIDELINE_ROLE must be all, web or worker'],
    [
      { SIDELINE_ROLE: 'web' },
      'SIDELINE_ROLE=web needs DATABASE_URL: the embedded database serves one process',
    ],
    [
      { SIDELINE_ROLE: 'worker' },
      'SIDELINE_ROLE=worker needs DATABASE_URL: the embedded database serves one process',
    ],
    [{ SIDELINE_NOW: 'tomorrow' }, 'SIDELINE_NOW must be an instant such as 2026-03-02T09:00:00Z'],
    [{ SIDELINE_NOW: '2026-03-02' }, 'SIDELINE_NOW must be an instant such as 2026-03-02T09:00:00Z'],
    [{ SIDELINE_NOW: '2026-03-02T09:00:00' }, 'SIDELINE_NOW must be an instant such as 2026-03-02T09:00:00Z'],
    [
      { SIDELINE_NOW: '2026-03-02T09:00:00Z', NODE_ENV: 'production' },
      'SIDELINE_NOW moves the clock and is refused when NODE_ENV=production',
    ],
  ])('%j', (environment, problem) => {
    expect(problemsOf(environment)).toEqual([problem]);
  });

  test('and all of them are told at once', () => {
    const problems = problemsOf({
      PORT: 'x',
      LOG_LEVEL: 'y',
      SLACK_BOT_TOKEN: 'xoxb-1',
      SIDELINE_ROLE: 'web',
    });
    expect(problems.map((line) => line.split(' ')[0])).toEqual([
      'PORT',
      'LOG_LEVEL',
      'SLACK_SIGNING_SECRET',
      'SIDELINE_ROLE=web',
    ]);
  });

  test('and no line repeats a secret', () => {
    const secrets = {
      SLACK_BOT_TOKEN: 'hunter2',
      SLACK_APP_TOKEN: 'hunter2',
      DATABASE_URL: 'mysql://u:hunter2@h/d',
      ENCRYPTION_KEYS: 'k1:hunter2',
    };
    expect(problemsOf(secrets).join('\n')).not.toContain('hunter2');
  });
});
