import { afterEach, describe, expect, test } from 'vitest';
import { oneDatabase } from '#test/database.ts';
import { startWorld, userId, type World } from '#test/world.ts';

const newYork = 'America/New_York';
const team = [
  { name: 'Dana Whitfield', zone: newYork, role: 'manager' },
  { name: 'Sam Rivera', zone: newYork, role: 'rep', manager: 'Dana Whitfield' },
  { name: 'Kim Lee', zone: newYork, role: 'rep', manager: 'Dana Whitfield' },
];

let world: World;
afterEach(() => world.close());

const oneOnOnes = async (name: string): Promise<string[]> => {
  const rows = await world.database.inWorkspace('T0WORLD', (trx) =>
    trx
      .selectFrom('occurrence')
      .select(['period', 'state', 'reason'])
      .where('kind', '=', 'one_on_one')
      .where('about_id', '=', userId(name))
      .orderBy('period')
      .execute(),
  );
  return rows.map(({ period, state, reason }) => [period, state, reason].filter(Boolean).join(' '));
};

/** Slack tells of it; what follows is waited for. */
async function leaves(name: string): Promise<void> {
  world.slack.changeUser(userId(name), { deleted: true });
  await expect
    .poll(() => oneOnOnes(name), { timeout: 20_000 })
    .not.toContainEqual(expect.stringMatching(/planned|due/));
}

const said = (): string =>
  world
    .person('Dana Whitfield')
    .dm()
    .flatMap(({ texts }) => texts)
    .join('\n');

describe.each(oneDatabase)('a rep who leaves (%s)', (database) => {
  test('between planning and sending: the manager is not asked about them, now or later', async () => {
    world = await startWorld({ database, now: '2026-03-03T14:30:00Z', team });
    await world.travelTo('2026-03-03T15:00:00Z');
    expect(await oneOnOnes('Sam Rivera')).toEqual(['2026-W10 planned']);
    await leaves('Sam Rivera');
    await world.travelTo('2026-03-13T20:00:00Z');
    expect(await oneOnOnes('Sam Rivera')).toEqual(['2026-W10 excused manager_changed']);
    expect(await oneOnOnes('Kim Lee')).toEqual(['2026-W10 expired', '2026-W11 due', '2026-W12 planned']);
    expect(said()).toContain('Kim Lee');
    expect(said()).not.toContain('Sam Rivera');
    expect(world.person('Sam Rivera').dm()).toEqual([]);
  });

  test('after having been asked about: the message shows that nothing is open', async () => {
    world = await startWorld({ database, now: '2026-03-02T14:30:00Z', team });
    const dana = world.person('Dana Whitfield');
    await world.travelTo('2026-03-05T14:00:00Z');
    expect(dana.dm().at(-1)?.texts.join('\n')).toContain('Sam Rivera, 1:1 at 16:00');
    await leaves('Sam Rivera');
    const row = () =>
      dana
        .dm()
        .at(-1)
        ?.texts.find((one) => one.startsWith('Sam Rivera'));
    expect(await dana.until(() => (row()?.includes('16:00\n') ? row() : undefined))).toBe(
      'Sam Rivera, 1:1 at 16:00\nExcused; it does not count.',
    );
  });
});
