import { afterEach, expect, test } from 'vitest';
import { databaseKinds } from '#test/database.ts';
import type { Person } from '#test/person.ts';
import { startWorld, type TeamMember, type World } from '#test/world.ts';
import { give, lookBack, practiceTimes } from './practising.ts';

const team: TeamMember[] = [
  { name: 'Dana Whitfield', zone: 'America/New_York', role: 'manager' },
  { name: 'Sam Rivera', zone: 'America/Los_Angeles', role: 'rep', manager: 'Dana Whitfield' },
];

let world: World;
let dana: Person;
let sam: Person;
afterEach(() => world.close());

async function begin(options: Partial<Parameters<typeof startWorld>[0]> = {}): Promise<void> {
  world = await startWorld({ now: '2026-03-02T17:30:00Z', team, ...options });
  dana = world.person('Dana Whitfield');
  sam = world.person('Sam Rivera');
}

test.each(databaseKinds)(
  'an item is given, practised, looked back on, verified, and comes again (%s)',
  async (database) => {
    await begin({ database });
    await dana.run('/coach practice @Sam Rivera');
    const form = await dana.untilModal();
    expect(form.title).toBe('Practice for Sam');
    await form.choose('What to practise', 'A number before a feature (Business case)');
    const chosen = await dana.untilModal((one) => one.texts.some((text) => text.includes('When: You are')));
    expect(chosen.value('First asked on')).toBe('2026-03-03');
    await chosen.fill('Why this one?', 'Your last demo began with features.');
    expect(await chosen.submit()).toMatchObject({ closed: true });

    // On the card of the day, at nine in Los Angeles.
    await world.travelTo('2026-03-03T16:59:00Z');
    expect(sam.dm()).toHaveLength(0);
    await world.travelTo('2026-03-03T17:00:00Z');
    const [card] = sam.dm();
    expect(card?.text).toBe('One thing to practise: A number before a feature.');
    expect(card?.texts.join('\n')).toContain('Dana: Your last demo began with features.');

    await card?.press('Done, look back');
    const modal = await sam.untilModal();
    await modal.choose('How did it go?', 'Did it');
    await modal.fill('Which did they come back to later, the number or the feature?', 'The number, twice.');
    expect(await modal.submit()).toMatchObject({ closed: true });
    const done = await sam.untilMessage((one) =>
      one.texts.join('\n').includes('You: did it. The number, twice.'),
    );
    expect(done.buttons).toEqual(['Change']);

    // The next morning Dana is asked, at nine in New York.
    await world.travelTo('2026-03-04T14:00:00Z');

    const asked = await dana.untilMessage((one) => one.text.includes('A number before a feature'));
    expect(asked.text).toBe('Sam tried “A number before a feature”. Did you see it?');
    await asked.press('Say what you saw');
    const verify = await dana.untilModal();
    expect(verify.choices('Could you see it?')).toEqual(['Seen', 'Partly', 'Not seen', "Haven't watched"]);
    await verify.choose('Could you see it?', 'Seen');
    await verify.fill('A line to Sam', 'The pause after the number worked.');
    expect(await verify.submit()).toMatchObject({ closed: true });
    await sam.untilMessage((one) =>
      one.texts.join('\n').includes('Dana saw it. The pause after the number worked.'),
    );

    const times = await practiceTimes(world, 'Sam Rivera');
    expect(times.map((one) => one.state)).toEqual(['done', 'planned']);
  },
);

test('smoke for helpers', async () => {
  await begin();
  await give(dana, 'Sam Rivera', 'A number before a feature (Business case)');
  await world.travelTo('2026-03-03T17:00:00Z');
  await lookBack(sam, 'A number before a feature', 'Partly');
  expect(await practiceTimes(world, 'Sam Rivera')).toHaveLength(2);
});
