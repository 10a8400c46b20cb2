import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { oneDatabase } from '#test/database.ts';
import type { Person } from '#test/person.ts';
import { json, post, signedHeaders } from '#test/slack-app/signed.ts';
import { slackApp, startWorld, userId, type World } from '#test/world.ts';

const team = [
  { name: 'Priya', zone: 'Europe/London', role: 'enablement' },
  { name: 'Dana', zone: 'America/New_York', role: 'manager' },
  { name: 'Sam', zone: 'America/Chicago', role: 'rep', manager: 'Dana' },
];

describe.each(oneDatabase)('somebody who types to the app (%s)', (database) => {
  let world: World;
  beforeAll(async () => {
    const strangers = [{ name: 'Nora', zone: 'Europe/Berlin' }];
    world = await startWorld({ database, now: '2026-03-02T14:00:00Z', team, strangers });
  });
  afterAll(() => world.close());

  const answers = (person: Person): string[] =>
    person
      .dm()
      .filter(({ shown }) => shown.author.isApp)
      .map(({ text }) => text);

  /** Until every event that Slack has sent is handled, the answer to it included. */
  async function settled(): Promise<void> {
    await world.slack.settled();
    // Slack's event is acknowledged before it is answered; whatever is asked of the database now comes after.
    await world.database.inWorkspace('T0WORLD', (trx) => trx.selectFrom('seen_event').selectAll().execute());
  }

  test('a manager is told that it is not read, and what works', async () => {
    const dana = world.person('Dana');
    dana.say('Hello, can you log my 1:1 with Sam?');
    const answer = await dana.untilMessage((message) => message.shown.author.isApp);
    expect(answer.text).toMatch(/^I do not read messages here, so nothing of this is kept\./);
    expect(answer.text).toContain('`/coach log @name`');
    expect(answer.shown.ephemeral).toBe(false);
  });

  test('the answer counts among the posts of its minute, which scheduled messages have to share', async () => {
    const count = () =>
      world.database.inWorkspace('T0WORLD', async (trx) => {
        const row = await trx
          .selectFrom('slack_limit')
          .select('calls')
          .where('method', '=', 'chat.postMessage')
          .executeTakeFirst();
        return (row?.calls ?? []).reduce((sum, { calls }) => sum + calls, 0);
      });
    const dana = world.person('Dana');
    await expect.poll(count, { timeout: 20_000 }).toBe(1);
    dana.say('And now?');
    await expect.poll(count, { timeout: 20_000 }).toBe(2);
  });

  test('a rep is told only of what a rep can do', async () => {
    const sam = world.person('Sam');
    sam.say('hi');
    const answer = await sam.untilMessage((message) => message.shown.author.isApp);
    expect(answer.text).toContain('`/coach help`');
    expect(answer.text).not.toContain('/coach log');
  });

  test('somebody unknown is told who can add them', async () => {
    const nora = world.person('Nora');
    nora.say('hi');
    const answer = await nora.untilMessage((message) => message.shown.author.isApp);
    expect(answer.text).toContain(`Ask <@${userId('Priya')}> to add you.`);
  });

  test('a question in a thread is answered in the thread', async () => {
    const sam = world.person('Sam');
    const conversation = sam.session.appConversation();
    const root = sam.session.say(conversation, 'a thread');
    await sam.until(() => answers(sam)[1]);
    sam.session.say(conversation, 'and in it', root);
    const reply = await sam.until(() =>
      sam
        .dm()
        .find(({ shown }) => shown.ts === root)
        ?.thread()
        .find(({ shown }) => shown.author.isApp),
    );
    expect(reply.text).toContain('I do not read messages here');
  });

  test('one message gets one answer, also when Slack sends it again', async () => {
    const dana = world.person('Dana');
    const before = answers(dana).length;
    dana.say('once');
    await dana.until(() => answers(dana)[before]);
    const event = world.slack.calls.list().findLast((call) => {
      const { event: { text } = {} } = call.request as { event?: { text?: string } };
      return call.kind === 'event' && text === 'once';
    });
    for (let attempt = 1; attempt <= 3; attempt += 1) {
      // A retry is signed anew; the blank makes its signature another one within the same second.
      const sent = json(event?.request);
      const body = { ...sent, text: sent.text + ' '.repeat(attempt) };
      const headers = {
        ...signedHeaders(slackApp.signingSecret, body),
        'x-slack-retry-num': String(attempt),
      };
      expect((await post(world.application.port, body, headers)).status).toBe(200);
    }
    await settled();
    dana.say('twice');
    await dana.until(() => answers(dana)[before + 1]);
    expect(answers(dana)).toHaveLength(before + 2);
  });

  test('what the app posts and edits itself is answered by nobody', async () => {
    const dana = world.person('Dana');
    const before = answers(dana).length;
    const client = world.application.context.slack.client('T0WORLD');
    const channel = dana.session.appConversation();
    const { ts = '' } = await client.chat.postMessage({ channel, text: 'from the app' });
    await client.chat.update({ channel, ts, text: 'changed' });
    await settled();
    dana.say('after that');
    await dana.until(() => answers(dana)[before + 1]);
    expect(answers(dana)).toHaveLength(before + 2);
  });
});
