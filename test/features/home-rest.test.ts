import { afterAll, beforeAll, expect, test } from 'vitest';
import { type FaultySlack, startFaultySlack } from '#test/slack/faulty-slack.ts';
import { startWorld, type World } from '#test/world.ts';

const team = [
  { name: 'Dana', zone: 'America/New_York', role: 'manager' },
  { name: 'Sam', zone: 'America/New_York', role: 'rep', manager: 'Dana' },
  { name: 'Ana', zone: 'America/New_York', role: 'rep', manager: 'Dana' },
];

let world: World;
let faulty: FaultySlack | undefined;
beforeAll(async () => {
  world = await startWorld({
    now: '2026-03-02T15:00:00Z',
    team,
    apiUrl: async (direct) => {
      faulty = await startFaultySlack({ upstream: new URL(direct).origin });
      return faulty.apiUrl;
    },
  });
});
afterAll(async () => {
  await world.close();
  await faulty?.close();
});

const publish = 'views.publish';

test('a Home that Slack wants no more of for now is made once the break is over, each person’s once', async () => {
  if (faulty === undefined) throw new Error('no Slack to be at fault');
  const slack = faulty;
  const calls = (): number => slack.requests.filter(({ method }) => method === publish).length;
  slack.once(publish, { kind: 'rate-limited', retryAfterSeconds: 2 });
  const dana = world.person('Dana');
  const sam = world.person('Sam');
  dana.openHome();
  await expect.poll(calls, { timeout: 20_000 }).toBe(1);
  // During the break nobody's is even tried.
  dana.openHome();
  sam.openHome();
  sam.openHome();
  await world.slack.settled();
  expect(calls()).toBe(1);
  await dana.untilHome();
  await sam.untilHome();
  expect(calls()).toBe(3);
});

test('an answer for which Slack has no room in this minute is given after the break, and once', async () => {
  if (faulty === undefined) throw new Error('no Slack to be at fault');
  const slack = faulty;
  slack.once('chat.postMessage', { kind: 'rate-limited', retryAfterSeconds: 1 });
  const dana = world.person('Dana');
  dana.say('is anybody there?');
  await dana.untilMessage(({ text }) => text.startsWith('I do not read messages here'));
  await world.slack.settled();
  expect(dana.dm().filter(({ text }) => text.startsWith('I do not read messages here'))).toHaveLength(1);
});
