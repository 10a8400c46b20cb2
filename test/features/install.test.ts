import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTwoWorkspaces, type TwoWorkspaces } from '#test/two-workspaces.ts';

const team = [
  { name: 'Dana', zone: 'America/New_York', role: 'manager+enablement' },
  { name: 'Sam', zone: 'America/Chicago', role: 'rep', manager: 'Dana' },
];

describe('two workspaces in one application', () => {
  let world: TwoWorkspaces;
  beforeAll(async () => {
    world = await startTwoWorkspaces({ now: '2026-03-02T14:00:00Z', team });
  });
  afterAll(() => world.close());

  test('are asked and answered apart', async () => {
    await world.travelTo('2026-03-05T21:30:00Z');
    const { north, south } = world;
    await north.person('Dana').run('/coach log @Sam');
    const modal = await north.person('Dana').untilModal();
    await modal.fill('One thing to try', 'When the buyer names a price, ask what it is compared with.');
    await modal.submit();
    expect(south.person('Dana').dm()[0]?.text).toBeDefined();
    expect(south.person('Dana').hasModal()).toBe(false);
  });
});
