import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Person } from '#test/person.ts';
import { startWorld, type World } from '#test/world.ts';
import { fillLog, openLog } from '../features/logging.ts';

const team = [
  { name: 'Dana Whitfield', zone: 'America/New_York', role: 'manager' },
  { name: 'Sam Rivera', zone: 'America/Chicago', role: 'rep', manager: 'Dana Whitfield' },
];

/** What the product's own connections have sent, the queue's and the tick's left out. */
const sent: string[] = [];
const original = pg.Client.prototype.query;

let world: World;
let dana: Person;
beforeAll(async () => {
  world = await startWorld({ database: 'postgres', now: '2026-03-02T14:00:00Z', team });
  dana = world.person('Dana Whitfield');
  await world.travelTo('2026-03-05T21:30:00Z');
  // What is sent afterwards asks, too, at moments of its own.
  await world.application.delivery.stop();
  pg.Client.prototype.query = function query(this: pg.Client, ...given: unknown[]) {
    const { connectionParameters } = this as unknown as {
      connectionParameters: { application_name?: string };
    };
    const [first] = given as [string | { text: string }];
    if (connectionParameters.application_name === 'sideline') {
      sent.push(typeof first === 'string' ? first : first.text);
    }
    return Reflect.apply(original, this, given);
  } as typeof original;
});
afterAll(async () => {
  pg.Client.prototype.query = original;
  await world.close();
});

async function submit(takeaway: string, { answers }: { answers: boolean }): Promise<string[]> {
  const modal = await openLog(dana, 'Sam Rivera');
  if (answers) await modal.choose('What happened?', 'No chance yet');
  await fillLog(modal, takeaway);
  sent.length = 0;
  expect(await modal.submit()).toMatchObject({ closed: true });
  await expect.poll(() => sent.at(-1)).toContain('home_opened_at');
  return [...sent];
}

const takeaways = [
  'When the buyer names a price, ask what it is compared with.',
  'When they ask for a discount, ask what happens if nothing changes.',
] as const;

test('a command costs one round trip', async () => {
  sent.length = 0;
  await dana.run('/coach help');
  expect(sent).toHaveLength(1);
});

test('a form is saved, and all that follows done, in a dozen round trips, whatever it ends and begins', async () => {
  const ofADue = await submit(takeaways[0], { answers: false });
  expect(ofADue.filter((statement) => statement.includes('update "occurrence"'))).toHaveLength(1);
  expect(ofADue.length).toBeLessThanOrEqual(10);
  const answering = await submit(takeaways[1], { answers: true });
  expect(answering.length).toBeLessThanOrEqual(12);
});
