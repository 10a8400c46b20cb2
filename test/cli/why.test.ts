import { afterAll, beforeAll, expect, test } from 'vitest';
import { startWorld, userId, type World } from '#test/world.ts';
import { cli, here, hereJson } from './cli.ts';

const team = [
  { name: 'Dana Whitfield', zone: 'America/New_York', role: 'manager' },
  { name: 'Sam Rivera', zone: 'America/Chicago', role: 'rep', manager: 'Dana Whitfield' },
];

let world: World;
let settings: Record<string, string>;
beforeAll(async () => {
  world = await startWorld({ database: 'postgres', now: '2026-03-02T11:00:00Z', team });
  await world.travelTo('2026-03-05T21:45:00Z');
  settings = { DATABASE_URL: world.database.url ?? '', SIDELINE_NOW: '2026-03-05T21:45:00Z' };
});
afterAll(() => world.close());

test('says in words what was decided, at their own time', async () => {
  const { status, out, errors } = await cli(['why', userId('Dana Whitfield')], settings);
  expect([status, errors]).toEqual([0, '']);
  const lines = out.split('\n');
  expect(lines[0]).toBe(`Dana Whitfield (${userId('Dana Whitfield')}), times of America/New_York`);
  expect(lines[1]).toMatch(/^Today's messages have gone out: at most 2 messages a day\. /);
  expect(lines).toContain(
    'Thu 5 Mar, 16:30 — their prompt after the last 1:1 of the day (1:1 with Sam) went out; Slack took it at once.',
  );
});

test('takes an address, and answers as data', async () => {
  const { status, json } = await hereJson(['why', 'Sam.Rivera@example.test'], settings);
  expect(status).toBe(0);
  expect(json).toMatchObject({
    ok: true,
    workspace: 'T0WORLD',
    person: { id: userId('Sam Rivera'), timeZone: 'America/Chicago' },
    more: false,
    decisions: [
      {
        what: 'message',
        kind: 'card',
        at: '2026-03-04T15:00:00.000Z',
        duties: [{ kind: 'one_on_one' }],
        end: { kind: 'sent', attempts: 1, answer: 'ok' },
      },
    ],
  });
});

test('refuses who is not known', async () => {
  const { status, out, errors } = await here(['why', 'U0NOBODY', '--workspace', 'T0WORLD'], settings);
  expect([status, out]).toEqual([1, '']);
  expect(errors).toBe(
    'U0NOBODY is not known in Test team, so nothing is sent to them. Import them first, or correct the id or address.',
  );
});

test('wants exactly one person', async () => {
  expect((await here(['why'], settings)).status).toBe(2);
  expect((await here(['why', 'U0A', 'U0B'], settings)).errors).toBe(
    'Say about whom: why <Slack id or e-mail>',
  );
});
