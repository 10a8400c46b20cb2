import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { pauseWorkspace } from '#services/pause-workspace.ts';
import { features } from '#slack/features.ts';
import { composeHome } from '#slack/home/compose.ts';
import { oneDatabase } from '#test/database.ts';
import type { Person } from '#test/person.ts';
import { startWorld, userId, type World } from '#test/world.ts';
import { fields, fillIn } from './reporting-time.ts';

const newYork = 'America/New_York';
const team = [
  { name: 'Dana Whitfield', zone: newYork, role: 'manager' },
  { name: 'Sam Rivera', zone: newYork, role: 'rep', manager: 'Dana Whitfield' },
  { name: 'Priya Raman', zone: newYork, role: 'enablement' },
  { name: 'Ada Moss', zone: newYork, role: 'admin' },
];

function textsOf(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, one]) =>
    key === 'text' && typeof one === 'string' ? [one] : textsOf(one),
  );
}

describe.each(oneDatabase)('who does not answer (%s)', (database) => {
  let world: World;
  let dana: Person;
  beforeAll(async () => {
    world = await startWorld({ database, now: '2026-03-02T14:00:00Z', team });
    dana = world.person('Dana Whitfield');
  });
  afterAll(() => world.close());

  /** What of it stands on somebody's Home as it would be made now. */
  async function named(name: string): Promise<string[]> {
    const whose = { workspaceId: 'T0WORLD', personId: userId(name) };
    const blocks = (await composeHome(world.application.context, whose, features)) ?? [];
    expect(blocks.length).toBeGreaterThan(0);
    return textsOf(blocks)
      .join('')
      .split('\n')
      .filter((line) => line.startsWith('Dana Whitfield: '))
      .map((line) => line.replace(/Named here only.*/, ''));
  }

  test('once is nothing to tell anybody', async () => {
    // Friday's report has closed on Monday at 18:00.
    await world.travelTo('2026-03-09T22:01:00Z');
    expect(await named('Priya Raman')).toEqual([]);
  });

  test('twice stands on the Home of enablement, with what it was, and on nobody else’s', async () => {
    // The 1:1 of Thursday, the 5th, has closed when the next fell due.
    await world.travelTo('2026-03-12T20:01:00Z');
    expect(await named('Priya Raman')).toEqual(['Dana Whitfield: one 1:1, one time report']);
    for (const name of ['Dana Whitfield', 'Sam Rivera', 'Ada Moss']) expect(await named(name)).toEqual([]);
    // Nor is she asked more often for it.
    const today = dana.dm().filter(({ texts }) => texts.join('\n').includes('12 Mar'));
    expect(today.length).toBeLessThanOrEqual(2);
  });

  test('what is done late after all is no longer among it', async () => {
    const late = dana.dm().findLast(({ buttons }) => buttons.includes('Report late'));
    await late?.press('Report late');
    const modal = await dana.untilModal(({ labels }) => labels.includes(fields[0] ?? ''));
    await fillIn(modal, '10', '5', '15', '10', '0');
    await modal.submit();
    expect(await named('Priya Raman')).toEqual([]);
  });

  test('it is forgotten after four weeks, and somebody who has left is not named', async () => {
    await world.travelTo('2026-03-19T20:01:00Z');
    expect(await named('Priya Raman')).toEqual(['Dana Whitfield: two 1:1s, one time report']);
    const setStatus = (status: 'active' | 'deactivated') =>
      world.database.inWorkspace('T0WORLD', (trx) =>
        trx.updateTable('member').set({ status }).where('user_id', '=', userId('Dana Whitfield')).execute(),
      );
    await setStatus('deactivated');
    expect(await named('Priya Raman')).toEqual([]);
    await setStatus('active');

    await pauseWorkspace(world.application.context, 'T0WORLD');
    // The 1:1 of the 19th had been announced, and closes all the same; the report was due on the 13th at 15:00.
    await world.travelTo('2026-04-10T18:59:59Z');
    expect(await named('Priya Raman')).toEqual(['Dana Whitfield: one 1:1, one time report']);
    await world.travelTo('2026-04-10T19:00:01Z');
    expect(await named('Priya Raman')).toEqual([]);
  });
});
