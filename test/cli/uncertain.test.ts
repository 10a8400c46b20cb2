import { afterEach, beforeEach, expect, test } from 'vitest';
import { type FaultySlack, startFaultySlack } from '#test/slack/faulty-slack.ts';
import { startWorld, userId, type World } from '#test/world.ts';
import { cli, cliJson, here, hereJson } from './cli.ts';

const team = [
  { name: 'Dana', zone: 'America/New_York', role: 'manager' },
  { name: 'Sam', zone: 'America/Chicago', role: 'rep', manager: 'Dana' },
  { name: 'Ana', zone: 'America/Chicago', role: 'rep', manager: 'Dana' },
];

let world: World;
let faulty: FaultySlack;
let settings: Record<string, string>;

beforeEach(async () => {
  world = await startWorld({
    database: 'postgres',
    now: '2026-03-05T21:00:00Z',
    team,
    // The product itself looks for what is uncertain only much later.
    quarantine: 3_600_000,
    apiUrl: async (direct) => {
      faulty = await startFaultySlack({ upstream: new URL(direct).origin });
      return faulty.apiUrl;
    },
  });
  settings = { DATABASE_URL: world.database.url ?? '' };
});
afterEach(async () => {
  await world.close();
  await faulty.close();
});

/** One prompt whose post was cut off: nobody here knows whether Slack has it. */
async function uncertainPrompt(how: 'reset' | 'answer-lost'): Promise<string> {
  await world.travelTo('2026-03-12T20:29:00Z');
  faulty.once(
    'chat.postMessage',
    how === 'reset' ? { kind: 'server-error', accepted: false } : { kind: how },
  );
  await world.travelTo('2026-03-12T20:30:00Z');
  const { json } = await hereJson(['uncertain'], settings);
  const [one] = json['deliveries'] as { id: string }[];
  if (one === undefined) throw new Error('nothing is uncertain');
  return one.id;
}

/** As if the post were so much older. */
async function lieFor(id: string, milliseconds: number): Promise<Date> {
  const { intent_at: at } = await delivery(id);
  if (at === null) throw new Error('it was never posted');
  const earlier = new Date(at.getTime() - milliseconds);
  await world.database.inWorkspace('T0WORLD', (trx) =>
    trx.updateTable('delivery').set({ intent_at: earlier }).where('delivery_id', '=', id).execute(),
  );
  return earlier;
}

/** How many stand in Slack. */
const messages = (): number => world.person('Dana').dm().length;
const delivery = (id: string) =>
  world.database.inWorkspace('T0WORLD', (trx) =>
    trx.selectFrom('delivery').selectAll().where('delivery_id', '=', id).executeTakeFirstOrThrow(),
  );

test('without any, it says so', async () => {
  expect(await here(['uncertain'], settings)).toEqual({
    status: 0,
    out: 'Test team: no message is uncertain.',
    errors: '',
  });
});

test('one is listed with who, what, since when and the last answer', async () => {
  const id = await uncertainPrompt('reset');
  const { out } = await cli(['uncertain'], settings);
  const [first, second, third] = out.split('\n');
  expect(first).toBe(id);
  expect(second).toBe(`  to Dana (${userId('Dana')}): the prompt of the day, about Ana, Sam`);
  expect(third).toMatch(
    /^ {2}uncertain since \d{4}-.*Z, due 2026-03-12T20:30:00\.000Z; last answer: http_500$/,
  );
});

test('settled as not sent, it goes out once', async () => {
  const id = await uncertainPrompt('reset');
  const before = messages();
  const { fence } = await delivery(id);
  await lieFor(id, 60_000);
  expect((await cli(['uncertain', 'settle', id, 'not-sent'], settings)).out).toMatch(
    /^Settled as not sent\./,
  );
  expect(await delivery(id)).toMatchObject({
    state: 'pending',
    retry_at: null,
    // Whoever is looking for it at this moment may not settle it any more.
    fence: fence + 1,
  });
  await world.application.delivery.catchUp();
  expect(messages()).toBe(before + 1);
  expect(await delivery(id)).toMatchObject({ state: 'delivered' });
});

test('as not sent it is refused while Slack may still show it, and then from when it is taken', async () => {
  const id = await uncertainPrompt('answer-lost');
  const before = await delivery(id);
  const since = await lieFor(id, 20_000);
  const early = await here(['uncertain', 'settle', id, 'not-sent'], settings);
  expect(early).toMatchObject({ status: 1, out: '' });
  expect(early.errors).toContain(
    `It can be settled as not sent from ${new Date(since.getTime() + 60_000).toISOString()} on`,
  );
  expect(await delivery(id)).toEqual({ ...before, intent_at: since });
  await lieFor(id, 40_000);
  expect((await here(['uncertain', 'settle', id, 'not-sent'], settings)).status).toBe(0);
});

test('settled as delivered, it is not sent again and counts as asked', async () => {
  const id = await uncertainPrompt('answer-lost');
  const before = messages();
  expect(await cliJson(['uncertain', 'settle', id, 'delivered'], settings)).toEqual({
    status: 0,
    json: { ok: true, workspace: 'T0WORLD', delivery: id, settled: 'delivered' },
  });
  await world.application.delivery.catchUp();
  expect(messages()).toBe(before);
  expect(await delivery(id)).toMatchObject({ state: 'delivered', last_answer: 'an operator found it' });
  const asked = await world.database.inWorkspace('T0WORLD', (trx) =>
    trx
      .selectFrom('occurrence')
      .select('asked_at')
      .where('kind', '=', 'one_on_one')
      .where('due_at', '<', new Date('2026-03-13'))
      .execute(),
  );
  expect(asked.filter(({ asked_at }) => asked_at !== null)).toHaveLength(2);
});

test('what is not uncertain, or not there, is refused', async () => {
  const id = await uncertainPrompt('reset');
  await here(['uncertain', 'settle', id, 'delivered'], settings);
  const again = await here(['uncertain', 'settle', id, 'not-sent'], settings);
  expect([again.status, again.errors]).toEqual([
    1,
    'This message is delivered, not uncertain. Nothing was changed.',
  ]);
  expect(await delivery(id)).toMatchObject({ state: 'delivered' });
  const other = crypto.randomUUID();
  const unknown = await here(['uncertain', 'settle', other, 'delivered'], settings);
  expect([unknown.status, unknown.errors]).toEqual([
    1,
    `There is no delivery ${other}. Nothing was changed.`,
  ]);
});
