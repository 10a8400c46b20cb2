import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { explainMessagesOf } from '#services/explain-messages.ts';
import { outlookInWords } from '#slack/why/outlook.ts';
import { blockMethod } from '#storage/slack-limits.ts';
import { setPaused } from '#storage/workspaces.ts';
import { onBothDatabases, type TestDatabase } from '#test/database.ts';
import { type AskedTeam, askedTeam, local, now, today, whose, workspaceId } from './asked-team.ts';

onBothDatabases('nothing comes at present', (open) => {
  let database: TestDatabase;
  let team: AskedTeam;
  beforeAll(async () => {
    database = await open();
    team = askedTeam(database);
  });
  beforeEach(() => team.settle());
  afterAll(() => database.close());

  const change = (set: { started_at?: null; pilot?: true }) =>
    team.inside((trx) => trx.updateTable('workspace').set(set).execute());

  test('because nothing stands in the way and nothing is planned', async () => {
    expect(await team.outlook()).toEqual(['Nothing is planned for the days ahead.']);
  });

  test('because it has not started', async () => {
    await change({ started_at: null });
    expect(await team.outlook()).toEqual(['Sideline has not started here, so nothing is sent to anybody.']);
  });

  test('because it is paused, whatever is planned', async () => {
    await team.planned('card', local('2026-03-13', '09:00'), [await team.oneOnOne()]);
    await team.inside((trx) => setPaused(trx, workspaceId, local(today, '10:00')));
    expect(await team.outlook()).toEqual([
      'Sideline is paused since Thu 12 Mar, 10:00, so nothing is sent to anybody.',
    ]);
  });

  test('because a pilot group runs without them', async () => {
    await change({ pilot: true });
    expect(await team.outlook()).toEqual([
      'Sideline runs for a pilot group, and you are not in it, so nothing is sent to you.',
    ]);
  });

  test.each([
    ['deactivated', 'Slack says that the account was deactivated, so nothing is sent to them.'],
    ['guest', 'Slack lists them as a guest, so nothing is sent to them.'],
  ] as const)('because they are %s', async (status, said) => {
    await team.inside((trx) =>
      trx.updateTable('member').set({ status }).where('user_id', '=', 'U0SAM').execute(),
    );
    const explained = await explainMessagesOf(team.context(), workspaceId, 'U0SAM', 10);
    expect(explained && outlookInWords(explained, whose('U0SAM', false))).toEqual([said]);
    // Who is no member any more, or only a guest, learns it about themselves.
    expect(await team.outlook('U0SAM')).toEqual([said.replaceAll('them', 'you')]);
  });

  test('because they are away', async () => {
    await team.away('U0DANA', '2026-03-10', '2026-03-13');
    expect((await team.outlook())[0]).toBe(
      'You are away until Fri 13 Mar. What waits comes on the card of Mon 16 Mar, 09:00.',
    );
  });

  test('because the day, or the week, has had its messages', async () => {
    await team.sent(await team.planned('card', local(today, '09:00'), [await team.oneOnOne()], 'U0SAM'));
    expect((await team.outlook('U0SAM'))[0]).toBe(
      "Today's messages have gone out: at most one message a day. What comes up now is left to the card of Fri 13 Mar, 09:00.",
    );
    for (const _ of [1, 2, 3]) {
      await team.sent(await team.planned('card', local(today, '09:00'), [], 'U0SAM'));
    }
    expect((await team.outlook('U0SAM'))[0]).toBe(
      "This week's messages have gone out: at most 4 messages a week. What comes up now is left to the card of Mon 16 Mar, 09:00.",
    );
  });

  test('because it is outside their working time', async () => {
    await team.inside((trx) => trx.updateTable('member').set({ work_ends: '16:00' }).execute());
    expect((await team.outlook())[0]).toBe(
      'It is outside your working time. What comes up now is left to the card of Fri 13 Mar, 09:00.',
    );
  });

  test('because Slack asked for a break', async () => {
    const until = new Date(now.getTime() + 30_000);
    await team.inside((trx) => blockMethod(trx, workspaceId, 'chat.postMessage', until, 'ratelimited'));
    expect((await team.outlook())[0]).toBe(
      'Slack asked for a break: nothing is posted to anybody before it has passed.',
    );
  });
});
