import { afterEach, expect, test } from 'vitest';
import { startWorld, type World } from '#test/world.ts';

let world: World;
afterEach(() => world.close());

const teamOf = (reports: number) => [
  { name: 'Dana', zone: 'America/New_York', role: 'manager' },
  ...Array.from({ length: reports }, (_, index) => ({
    name: `Rep ${String(index).padStart(3, '0')}`,
    zone: 'America/Chicago',
    role: 'rep',
    manager: 'Dana',
  })),
];

async function offered(reports: number) {
  world = await startWorld({ database: 'postgres', now: '2026-03-02T14:00:00Z', team: teamOf(reports) });
  const dana = world.person('Dana');
  expect(await dana.run('/coach log')).toEqual({ status: 'done' });
  const offer = dana.ephemeral().at(-1);
  if (offer === undefined) throw new Error('nothing was offered');
  return { dana, offer };
}

test('25 reports are offered as buttons', async () => {
  const { offer } = await offered(25);
  expect(offer.buttons).toHaveLength(25);
});

test('60 reports are offered in a menu, and a choice opens the modal', async () => {
  const { dana, offer } = await offered(60);
  expect(offer.buttons).toEqual([]);
  expect(offer.choices('Choose a person')).toHaveLength(60);
  await offer.choose('Choose a person', 'Rep 042');
  const modal = await dana.untilModal();
  expect(modal.title).toBe('1:1 with Rep');
  expect(modal.texts.at(-1)).toContain('Rep can see');
});

test('of 120 reports the first hundred are offered, and how to reach the others is said', async () => {
  const { dana, offer } = await offered(120);
  expect(offer.choices('Choose a person')).toHaveLength(100);
  expect(offer.text).toBe(
    'Whose 1:1? These are 100 of 120; part of a name finds the others: `/coach log sam`.',
  );
  await dana.run('/coach log rep 119');
  await dana.untilModal();
});
