import { pino } from 'pino';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { systemClock } from '#domain/clock.ts';
import { type LocalSlack, startLocalSlack } from '#sandbox/local-slack/local-slack.ts';
import { MissingScopes, scopes, TokenRefused } from '#services/register-workspace.ts';
import { openTestDatabase, type TestDatabase } from '#test/database.ts';
import { slackApp } from '#test/world.ts';
import { startApplication } from '../../src/application.ts';
import { readConfig } from '../../src/config.ts';

let slack: LocalSlack | undefined;
let database: TestDatabase;
beforeEach(async () => {
  database = await openTestDatabase('postgres');
});
afterEach(async () => {
  await slack?.close();
  await database.close();
});

/** What ends a start, and that nothing was begun. */
async function failureOfStart(app: Partial<typeof slackApp>): Promise<unknown> {
  slack = await startLocalSlack({
    team: { id: 'T0WORLD', name: 'Test team' },
    app: { ...slackApp, ...app },
    users: [],
  });
  const read = readConfig({
    SLACK_BOT_TOKEN: slackApp.botToken,
    SLACK_SIGNING_SECRET: slackApp.signingSecret,
    SLACK_API_URL: slack.apiUrl,
    PORT: '0',
  });
  if (!read.ok) throw new Error(read.problems.join('\n'));
  const log = pino({ level: 'silent' });
  const started = await startApplication({ config: read.config, clock: systemClock, database, log }).then(
    (application) => ({ application }),
    (failure: unknown) => ({ failure }),
  );
  if ('application' in started) {
    await started.application.stop();
    throw new Error('it started');
  }
  const workspaces = await database.owner.selectFrom('workspace').selectAll().execute();
  expect(workspaces).toEqual([]);
  return started.failure;
}

test.each(scopes.map((scope) => [scope]))(
  'without the scope %s a start is refused, and names it',
  async (scope) => {
    const failure = await failureOfStart({ scopes: scopes.filter((one) => one !== scope) });
    expect(failure).toBeInstanceOf(MissingScopes);
    expect(String(failure)).toContain(`lacks the scope ${scope}. Add it under "OAuth & Permissions"`);
  },
);

test('all scopes that are missing are named at once', async () => {
  expect(String(await failureOfStart({ scopes: ['commands'] }))).toContain(
    'chat:write, im:write, im:history, users:read, users:read.email',
  );
});

test('a token that Slack refuses is said to be one, with what to do', async () => {
  const failure = await failureOfStart({ botToken: 'xoxb-another' });
  expect(failure).toBeInstanceOf(TokenRefused);
  expect(String(failure)).toContain('Slack refuses the bot token (invalid_auth). Copy it again');
});
