import { afterEach, expect, test } from 'vitest';
import { toLocal } from '#domain/time/zone.ts';
import { type FaultySlack, startFaultySlack } from '#test/slack/faulty-slack.ts';
import { startWorld, userId, type World } from '#test/world.ts';

const zone = 'America/New_York';
const team = [
  { name: 'Dana', zone, role: 'manager' },
  { name: 'Sam', zone, role: 'rep', manager: 'Dana' },
];

let world: World;
let faulty: FaultySlack | undefined;
afterEach(async () => {
  await world.close();
  await faulty?.close();
});

test('a journey stands still while what is due has to be tried again, so that it comes on its day', async () => {
  world = await startWorld({
    now: '2026-03-02T12:00:00Z',
    team,
    apiUrl: async (direct) => {
      faulty = await startFaultySlack({ upstream: new URL(direct).origin });
      return faulty.apiUrl;
    },
  });
  faulty?.once('conversations.open', { kind: 'rate-limited', retryAfterSeconds: 4 }, (call) =>
    JSON.stringify(call).includes(userId('Sam')),
  );
  await world.travelTo('2026-03-06T23:00:00Z');
  const days = world
    .person('Sam')
    .dm()
    .map(({ shown }) => toLocal(shown.shownAt, zone).date);
  expect(days[0]).toBe('2026-03-04');
  expect(faulty?.requests.filter(({ method }) => method === 'conversations.open')).toHaveLength(3);
});
