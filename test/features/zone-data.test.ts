import { sql } from 'kysely';
import { pino } from 'pino';
import { afterEach, describe, expect, test } from 'vitest';
import { quickDatabase } from '#test/database.ts';
import { slackApp, startWorld, userId, type World } from '#test/world.ts';
import { startApplication } from '../../src/application.ts';
import { readConfig } from '../../src/config.ts';

const team = [
  { name: 'Dana Whitfield', zone: 'America/New_York', role: 'manager' },
  { name: 'Sam Rivera', zone: 'America/New_York', role: 'rep', manager: 'Dana Whitfield' },
  { name: 'Kim Lee', zone: 'America/New_York', role: 'rep', manager: 'Dana Whitfield' },
];

let world: World;
afterEach(() => world.close());

/** What is planned and what is to be planned, with their instants. */
async function times(): Promise<string[]> {
  const { rows } = await sql<{ line: string }>`
    select line from (
      select kind || ' ' || about_id || ' ' || period || ' ' || state || ' ' || due_at::text || ' ' || closes_at::text
        as line from occurrence
      union all
      select 'next ' || kind || ' ' || about_id || ' ' || next_period || ' ' || next_due_at::text || ' ' || plan_at::text
        from cadence where next_due_at is not null
    ) as lines order by line collate "C"`.execute(world.database.owner);
  return rows.map(({ line }) => line);
}

/** As if it had been calculated by data of which the clocks of New York were to be elsewhere. */
async function calculatedOtherwise(by: string): Promise<void> {
  const { owner } = world.database;
  await sql`update occurrence set due_at = due_at + ${by}::interval, closes_at = closes_at + ${by}::interval
    where state = 'planned'`.execute(owner);
  await sql`update cadence set next_due_at = next_due_at + ${by}::interval, plan_at = plan_at + ${by}::interval
    where next_due_at is not null`.execute(owner);
  await withOtherData();
}

const withOtherData = () =>
  world.database.owner.updateTable('workspace').set({ zone_data: '2025a' }).execute();

/** Another process on the same database, which may know other time-zone data. */
async function restart(): Promise<string[]> {
  const read = readConfig({
    SLACK_BOT_TOKEN: slackApp.botToken,
    SLACK_SIGNING_SECRET: slackApp.signingSecret,
    SLACK_API_URL: world.slack.apiUrl,
    PORT: '0',
  });
  if (!read.ok) throw new Error(read.problems.join('\n'));
  const said: string[] = [];
  const log = pino({ level: 'info' }, { write: (line: string) => void said.push(line) });
  const { config } = read;
  await world.application.stop();
  const application = await startApplication({ config, clock: world.clock, database: world.database, log });
  await application.stop();
  return said.filter((line) => line.includes('what is planned moved'));
}

describe.each(quickDatabase)('time-zone data that has changed (%s)', (database) => {
  test.each(['1 hour', '-1 hour'])(
    'by %s: what lies ahead is at the wall time of its rule again after a start',
    async (by) => {
      world = await startWorld({ database, now: '2026-03-02T14:00:00Z', team });
      await world.travelTo('2026-03-04T15:00:00Z');
      const before = await times();
      expect(before.filter((line) => line.startsWith('one_on_one'))).toHaveLength(2);
      await calculatedOtherwise(by);
      expect(await times()).not.toEqual(before);
      const said = await restart();
      expect(said).toHaveLength(1);
      expect(await times()).toEqual(before);
      // Nothing more is to be done the next time.
      expect(await restart()).toEqual([]);
      expect(await times()).toEqual(before);
    },
  );

  test('is only looked at where it has: what settings leave for the week stays where it was', async () => {
    world = await startWorld({ database, now: '2026-03-02T14:00:00Z', team });
    await world.travelTo('2026-03-04T15:00:00Z');
    await calculatedOtherwise('1 hour');
    await world.database.owner
      .updateTable('workspace')
      .set({ zone_data: process.versions['tz'] ?? 'unknown' })
      .execute();
    const before = await times();
    expect(await restart()).toEqual([]);
    expect(await times()).toEqual(before);
  });

  test('leaves alone what has fallen due, what people moved, and what would be over', async () => {
    world = await startWorld({ database, now: '2026-03-02T14:00:00Z', team });
    await world.travelTo('2026-03-05T21:30:00Z');
    // Sam's has fallen due an hour before the time of its rule.
    await sql`update occurrence set due_at = due_at - interval '1 hour'
      where kind = 'one_on_one' and state = 'due' and about_id = ${userId('Sam Rivera')}`.execute(
      world.database.owner,
    );
    // Kim's next one has been moved to a Friday; of Sam's the hour is by an old reckoning, and now it is over.
    await world.travelTo('2026-03-12T19:00:00Z');
    await sql`update occurrence set due_at = due_at + interval '1 day'
      where kind = 'one_on_one' and state = 'planned' and about_id = ${userId('Kim Lee')}`.execute(
      world.database.owner,
    );
    await world.database.owner
      .updateTable('occurrence')
      .set({ due_at: new Date('2026-03-12T22:00:00Z') })
      .where('about_id', '=', userId('Sam Rivera'))
      .where('kind', '=', 'one_on_one')
      .where('state', '=', 'planned')
      .execute();
    await world.travelTo('2026-03-12T20:30:00Z');
    const before = await times();
    expect(before.filter((line) => /^one_on_one .* (due|planned) /.test(line))).toHaveLength(4);
    await withOtherData();
    expect(await restart()).toEqual([]);
    expect(await times()).toEqual(before);
  });
});
