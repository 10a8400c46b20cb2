import { afterEach, expect, test } from 'vitest';
import { importPeople } from '#services/import-people.ts';
import { quickDatabase } from '#test/database.ts';
import type { Person } from '#test/person.ts';
import { peopleFile, startWorld, type TeamMember, type World } from '#test/world.ts';
import { markedUp, refusals } from './inert.ts';
import { give, lookBack, openLookBack, practiceTimes } from './practising.ts';

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

test.each(quickDatabase)(
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

const item = 'A number before a feature (Business case)';
const title = 'A number before a feature';

test('a form that was open while the time closed is kept, shown as written late, and the time stays closed', async () => {
  await begin();
  await give(dana, 'Sam Rivera', item);
  await world.travelTo('2026-03-03T17:00:00Z');
  const modal = await openLookBack(sam, title);
  // Seven days later, at nine in Los Angeles.
  await world.travelTo('2026-03-10T16:30:00Z');
  expect((await practiceTimes(world, 'Sam Rivera')).map((one) => one.state)).toEqual(['expired', 'planned']);
  await modal.choose('How did it go?', 'Not yet');
  await modal.press('More');
  await sam.untilModal((one) => one.labels.includes('What got in the way?'));
  await modal.fill('What got in the way?', 'No demo that week.');
  const question = modal.labels.find((label) => label.startsWith('Which did they')) ?? '';
  await modal.fill(question, 'There was no moment for it.');
  expect(modal.value('How did it go?')).toBe('Not yet');
  expect(await modal.submit()).toMatchObject({ closed: true });
  await sam.untilMessage((one) =>
    one.texts.join('\n').includes('not yet, written late. There was no moment'),
  );
  expect((await practiceTimes(world, 'Sam Rivera')).map((one) => one.state)).toEqual(['expired', 'planned']);
});

test('a look back is answered by one press, and by who manages the rep now', async () => {
  const lee: TeamMember = { name: 'Lee Novak', zone: 'America/New_York', role: 'manager' };
  await begin({ team: [...team, lee] });
  await give(dana, 'Sam Rivera', item);
  await world.travelTo('2026-03-03T17:00:00Z');
  await lookBack(sam, title, 'Partly');
  await world.travelTo('2026-03-04T14:00:00Z');
  const asked = await dana.untilMessage((one) => one.text.startsWith('Sam tried'));

  const { context, workspaceId } = world.application;
  const moved = [...team, lee].map((one) =>
    one.name === 'Sam Rivera' ? { ...one, manager: 'Lee Novak' } : one,
  );
  await importPeople(
    { ...context, client: context.slack.client(workspaceId) },
    workspaceId,
    peopleFile(moved),
  );
  await asked.press("Haven't watched");
  const told = await dana.untilMessage((one) => one.shown.ephemeral);
  expect(told.text).toContain('Sam Rivera does not report to you in Sideline any more');

  await world.travelTo('2026-03-05T14:00:00Z');
  const again = await world
    .person('Lee Novak')
    .untilMessage((one) => one.buttons.includes("Haven't watched"));
  await again.press("Haven't watched");
  await world
    .person('Lee Novak')
    .untilMessage((one) => one.texts.join('\n').includes('You have not watched.'));
  await sam.untilMessage((one) => one.texts.join('\n').includes('Lee has not watched.'));
});

test('words of their own stay words, on the card, in the list and on Home', async () => {
  await begin();
  await dana.run('/coach practice sam');
  const form = await dana.untilModal();
  await form.choose('What to practise', 'Write your own');
  await dana.untilModal((one) => one.labels.includes('Its name'));
  await form.fill('Its name', '<!channel> *stop* `x` 👩‍👩‍👧‍👦 מנהלת');
  expect((await form.submit()).errors).toHaveProperty('What to do');
  await form.fill('What to do', `<https://example.test|pay> @here ${'👩‍👩‍👧‍👦'.repeat(40)}`);
  await form.fill('Why this one?', '\u202E<!here> so');
  expect(await form.submit()).toMatchObject({ closed: true });
  await world.travelTo('2026-03-03T17:00:00Z');
  const [card] = sam.dm();
  expect(card?.texts.join('\n')).toContain('<!channel> *stop*');
  await sam.run('/coach practice');
  const list = await sam.untilModal();
  expect(list.title).toBe('What you practise');
  expect(list.buttons).toEqual(['Look back']);
  sam.openHome();
  await sam.untilHome((home) => home.texts.some((text) => text.includes('You practise 1 thing')));
  const calls = world.slack.calls.list().filter(({ kind }) => kind !== 'event');
  expect(refusals(calls)).toEqual([]);
  expect(markedUp(calls, [/<!channel>/, /<!here>/, /<https:\/\/example/])).toEqual([]);
});

test('a manager sees on Home how it goes, retires, and brings back', async () => {
  await begin();
  await give(dana, 'Sam Rivera', item);
  dana.openHome();
  const home = await dana.untilHome((one) => one.texts.some((text) => text.includes('Sam Rivera: 1 now')));
  await home.choose('See or add practice of', 'Sam Rivera');
  const list = await dana.untilModal((one) => one.title === 'Sam practises');
  expect(list.buttons).toEqual(['Add one', 'Retire', 'Withdraw']);
  await list.press('Retire');
  await dana.untilModal((one) => one.buttons.includes('Bring back'));
  expect((await practiceTimes(world, 'Sam Rivera')).map((one) => one.state)).toEqual(['excused']);
  sam.openHome();
  await sam.untilHome((one) => one.texts.some((text) => text.includes(`Mastered: ${title}.`)));
  await list.press('Bring back');
  await dana.untilModal((one) => one.buttons.includes('Retire'));
  expect((await practiceTimes(world, 'Sam Rivera')).map((one) => one.state)).toEqual(['excused', 'planned']);

  await list.press('Add one');
  const form = await dana.untilModal((one) => one.title === 'Practice for Sam');
  await form.choose('What to practise', item);
  expect((await form.submit()).errors['What to practise']).toBe(
    'Sam practises this already. Choose another.',
  );
  await form.pick('First asked on', '2026-03-01');
  await form.choose('What to practise', 'Name a cost they have not counted (Reframing)');
  expect((await form.submit()).errors['First asked on']).toBe(
    'This date is over. Choose today or a later one.',
  );
  await form.pick('First asked on', '2026-03-05');
  expect(await form.submit()).toMatchObject({ closed: true });
  await dana.untilModal((one) => one.buttons.filter((label) => label === 'Retire').length === 2);
});

test('what is planned into an absence moves behind it as soon as the absence is known', async () => {
  await begin();
  await give(dana, 'Sam Rivera', item, '2026-03-11');
  await sam.run('/coach away 2026-03-09 2026-03-13');
  const form = await sam.untilModal();
  expect(await form.submit()).toMatchObject({ closed: true });
  expect((await practiceTimes(world, 'Sam Rivera')).map((one) => one.on)).toEqual(['2026-03-16']);
});

test('who cannot give practice is told why, and what to do', async () => {
  const kim: TeamMember = { name: 'Kim Park', zone: 'America/New_York', role: 'rep' };
  await begin({ team: [...team, kim], strangers: [{ name: 'Stranger', zone: 'UTC' }] });
  const said = async (person: Person, command: string): Promise<string> => {
    await person.run(command);
    return person.ephemeral().at(-1)?.text ?? '';
  };
  expect(await said(dana, '/coach practice @Kim Park')).toContain(
    'Kim Park does not report to you in Sideline',
  );
  expect(await said(dana, '/coach practice @Stranger')).toContain('Sideline does not know <@USTRANGER>');
  expect(await said(dana, '/coach practice <@U0SIDELINE|sideline>')).toContain('That is me');
  expect(await said(sam, '/coach practice @Kim Park')).toContain('does not report to you');
  expect(await said(dana, '/coach practice')).toBe('Who is to practise something?');
  await sam.run('/coach practice');
  const list = await sam.untilModal();
  expect(list.texts.join('\n')).toContain('Nothing yet.');
});
