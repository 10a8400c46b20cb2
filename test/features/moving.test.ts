import { afterEach, describe, expect, test } from 'vitest';
import { importPeople } from '#services/import-people.ts';
import { quickDatabase } from '#test/database.ts';
import { peopleFile, startWorld, type TeamMember, userId, type World } from '#test/world.ts';

const team: TeamMember[] = [
  { name: 'Dana Whitfield', zone: 'America/New_York', role: 'manager' },
  { name: 'Sam Rivera', zone: 'America/New_York', role: 'rep', manager: 'Dana Whitfield' },
];

let world: World;
afterEach(() => world.close());

describe.each(quickDatabase)('somebody who moves to another zone (%s)', (database) => {
  test('is asked at the same wall time there from then on, and once a week all the same', async () => {
    world = await startWorld({ now: '2026-03-02T14:00:00Z', team, database });
    await world.travelTo('2026-03-04T15:00:00Z');
    expect(await oneOnOnes()).toEqual(['2026-W10 2026-03-05T21:00 planned']);

    await move('Europe/Berlin');
    expect(await oneOnOnes()).toEqual(['2026-W10 2026-03-05T15:00 planned']);
    await move('America/Los_Angeles');
    expect(await oneOnOnes()).toEqual(['2026-W10 2026-03-06T00:00 planned']);

    // What has fallen due stays, and the next comes by the new clock.
    await world.travelTo('2026-03-06T00:30:00Z');
    await move('Pacific/Auckland');
    expect(await oneOnOnes()).toEqual(['2026-W10 2026-03-06T00:00 due', '2026-W11 2026-03-12T03:00 planned']);

    // In Los Angeles the eleventh week's 16:00 is still to come: it has been asked already.
    await world.travelTo('2026-03-12T05:00:00Z');
    await move('America/Los_Angeles');
    await world.travelTo('2026-03-19T18:00:00Z');
    expect((await oneOnOnes()).slice(1)).toEqual([
      '2026-W11 2026-03-12T03:00 expired',
      '2026-W12 2026-03-19T23:00 planned',
    ]);

    // In Auckland it would be over: it stays where it was.
    await move('Pacific/Auckland');
    expect((await oneOnOnes()).slice(2)).toEqual([
      '2026-W12 2026-03-19T23:00 planned',
      '2026-W13 2026-03-26T03:00 planned',
    ]);
    await world.travelTo('2026-03-27T00:00:00Z');
    expect((await oneOnOnes()).slice(3)).toEqual([
      '2026-W13 2026-03-26T03:00 due',
      '2026-W14 2026-04-02T03:00 planned',
    ]);
  });

  test('has the month begin on the first day that is none of the new holidays', async () => {
    world = await startWorld({ now: '2026-04-20T14:00:00Z', team, database });
    // 1 May, a Friday, is a holiday in Germany.
    await move('Europe/Berlin', 'DE');
    await world.travelTo('2026-05-04T14:00:00Z');
    expect(await calls()).toEqual(['2026-05 2026-05-04T07:00']);
  });
});

async function move(zone: string, country?: string): Promise<void> {
  world.slack.changeUser(userId('Dana Whitfield'), { tz: zone });
  const { context, workspaceId } = world.application;
  const file = peopleFile(team.map((one) => ({ ...one, ...(country === undefined ? {} : { country }) })));
  const imported = await importPeople(
    { ...context, client: context.slack.client(workspaceId) },
    workspaceId,
    file,
  );
  expect(imported.ok).toBe(true);
  // A moment later, so that what is to be planned now is planned.
  await world.travelTo(new Date(world.clock.now() + 60_000).toISOString());
}

const duesOf = (kind: 'one_on_one' | 'observed_call') =>
  world.database.inWorkspace('T0WORLD', (trx) =>
    trx
      .selectFrom('occurrence')
      .select(['period', 'due_at', 'state'])
      .where('kind', '=', kind)
      .orderBy('period')
      .execute(),
  );

async function oneOnOnes(): Promise<string[]> {
  const rows = await duesOf('one_on_one');
  return rows.map(({ period, due_at, state }) => `${period} ${due_at.toISOString().slice(0, 16)} ${state}`);
}

async function calls(): Promise<string[]> {
  const rows = await duesOf('observed_call');
  return rows.map(({ period, due_at }) => `${period} ${due_at.toISOString().slice(0, 16)}`);
}
