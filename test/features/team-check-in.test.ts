import { afterEach, beforeEach, expect, test } from 'vitest';
import { importPeople } from '#services/import-people.ts';
import type { Person } from '#test/person.ts';
import type { SeenModal } from '#test/person-views.ts';
import { peopleFile, startWorld, type World } from '#test/world.ts';
import { cardWith, checkInsAbout, fillProgramme, openNew, pressOnCard, team } from './training.ts';

let world: World;
let dana: Person;

/** Day 7 of a training in two pillars: Sam has looked back, and the manager is asked about Sam and Kim. */
beforeEach(async () => {
  world = await startWorld({ now: '2026-03-04T15:00:00Z', team });
  dana = world.person('Dana Whitfield');
  const ellen = world.person('Ellen Park');
  const programme = await openNew(ellen);
  await fillProgramme(programme, { sessionOn: '2026-03-03', reps: ['Sam Rivera', 'Kim Osei'] });
  await programme.choose('What it covers', 'Teach', 'Tailor');
  await programme.submit();
  await programme.submit();
  for (const day of ['2026-03-05', '2026-03-10']) {
    await world.travelTo(`${day}T17:30:00Z`);
    const own = await pressOnCard(world.person('Sam Rivera'), 'Look back');
    for (const pillar of ['Teach', 'Tailor']) await own.choose(pillar, 'Did it unasked');
    expect(await own.submit()).toMatchObject({ closed: true });
  }
  await world.travelTo('2026-03-11T14:00:00Z');
});
afterEach(() => world.close());

const answers = async (rep: string) =>
  (await checkInsAbout(world, rep))
    .filter(({ side }) => side === 'manager')
    .map(({ answers: given, example }) => ({ given, example }));

async function withMore(modal: SeenModal): Promise<void> {
  await modal.press('More');
  await dana.until(() => (modal.buttons.includes('More') ? undefined : true));
}

/** What the app drew, whatever Slack made of it. */
const drawn = (modal: SeenModal, word: string): boolean =>
  modal.shown.blocks
    .flatMap(({ elements = [] }) => elements)
    .some((one) => JSON.stringify(one['initial_option'] ?? '').includes(word));

test('each rep is a row of menus that say their pillar; “More” keeps what is chosen', async () => {
  const modal = await pressOnCard(dana, 'Look back');
  expect(modal.labels).toEqual([
    'Kim Osei: Teach',
    'Kim Osei: Tailor',
    'Sam Rivera: Teach',
    'Sam Rivera: Tailor',
  ]);
  expect(modal.choices('Sam Rivera: Tailor')).toEqual([
    'Tailor: unasked',
    'Tailor: when reminded',
    'Tailor: not seen',
    'Tailor: no chance',
    "Tailor: haven't watched",
  ]);
  await modal.choose('Sam Rivera: Tailor', 'Tailor: when reminded');
  await withMore(modal);
  expect(modal.value('Sam Rivera: Tailor')).toBe('Tailor: when reminded');
  expect(drawn(modal, 'Tailor: when reminded')).toBe(true);
  await modal.fill('Sam Rivera: an example', 'Acme, the CFO asked what waiting costs.');
  expect(await modal.submit()).toMatchObject({ closed: true });
  expect(await answers('Sam Rivera')).toEqual([
    {
      given: { teach: 'not_watched', tailor: 'reminded' },
      example: 'Acme, the CFO asked what waiting costs.',
    },
  ]);
  expect(await answers('Kim Osei')).toEqual([
    { given: { teach: 'not_watched', tailor: 'not_watched' }, example: null },
  ]);

  // Corrected, with what the rep said where both are in.
  await dana.until(() => cardWith(dana, 'See or change'));
  const again = await pressOnCard(dana, 'See or change');
  const read = again.texts.join('\n');
  expect(read).toContain('Sam Rivera\nSam: Teach did it unasked, Tailor did it unasked');
  expect(read).not.toContain('Kim: ');
  expect(again.value('Sam Rivera: an example')).toBe('Acme, the CFO asked what waiting costs.');
  await again.choose('Sam Rivera: Teach', 'Teach: unasked');
  expect(await again.submit()).toMatchObject({ closed: true });
  expect((await answers('Sam Rivera'))[0]?.given).toEqual({ teach: 'unasked', tailor: 'reminded' });
});

test.each([false, true])(
  'who is asked about nobody in the form any more is told, and a typed example stays (typed: %s)',
  async (typed) => {
    const modal = await pressOnCard(dana, 'Look back');
    const label = 'Kim Osei: an example';
    if (typed) {
      await withMore(modal);
      await modal.fill(label, 'Acme.');
    }
    const { context, workspaceId } = world.application;
    const client = context.slack.client(workspaceId);
    const moved = team.map((one) => (one.role === 'rep' ? { ...one, manager: 'Priya Nair' } : one));
    await importPeople({ ...context, client }, workspaceId, peopleFile(moved));
    const { status, errors } = await modal.submit();
    const why = 'Not saved: they report to somebody else now, who is asked about them.';
    expect(status).toBe(typed ? 'errors' : 'updated');
    expect(typed ? errors[label] : modal.texts.join('\n')).toContain(why);
    if (typed) expect(modal.value(label)).toBe('Acme.');
    expect(await answers('Kim Osei')).toEqual([]);
  },
);
