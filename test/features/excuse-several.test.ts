import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { oneDatabase } from '#test/database.ts';
import type { Person } from '#test/person.ts';
import { startWorld, type World } from '#test/world.ts';

const newYork = 'America/New_York';
const reps = ['Ana Reyes', 'Ben Stone', 'Cem Aydin'];
const team = [
  { name: 'Dana Whitfield', zone: newYork, role: 'manager' },
  ...reps.map((name) => ({ name, zone: newYork, role: 'rep', manager: 'Dana Whitfield' })),
];

const also = 'For the same reason, excuse also';
const why = 'What got in the way?';

let world: World;
let dana: Person;
afterEach(() => world.close());

/** Thursday 15 October 2026, 09:00 in New York: three 1:1s at 16:00. */
async function startOnThursday(database: 'embedded' | 'postgres'): Promise<void> {
  world = await startWorld({ database, now: '2026-10-12T11:00:00Z', team });
  dana = world.person('Dana Whitfield');
  await world.travelTo('2026-10-15T13:00:00Z');
}

async function oneOnOnes(): Promise<string[]> {
  const rows = await world.database.inWorkspace('T0WORLD', (trx) =>
    trx
      .selectFrom('occurrence as o')
      .innerJoin('member as m', 'm.user_id', 'o.about_id')
      .select(['m.name', 'o.state', 'o.reason'])
      .where('o.kind', '=', 'one_on_one')
      .where('o.due_at', '<', new Date('2026-10-16T00:00:00Z'))
      .orderBy('m.name')
      .execute(),
  );
  return rows.map(({ name, state, reason }) =>
    [name, state, reason].filter((one) => one !== null).join(', '),
  );
}

const card = () => dana.dm().at(-1) ?? expect.fail('no card has come');

async function openForm() {
  await card().press('Excuse it…');
  return dana.untilModal((modal) => modal.title === 'Excuse it');
}

/** The card once it shows so many rows as excused. */
function untilExcused(count: number): Promise<string[]> {
  return dana.until(() => {
    const found = card().texts.filter((one) => one.includes('Excused; it does not count.'));
    return found.length === count ? found : undefined;
  });
}

describe.each(oneDatabase)('what got in the way of a whole day (%s)', (database) => {
  beforeEach(() => startOnThursday(database));

  test('is said once, in two presses: what is ticked is excused with it, and the rest is asked as before', async () => {
    const form = await openForm();
    expect(form.texts.join('\n')).toContain('The 1:1 with Ana');
    // What is asked of a rep, and what comes next week, is not among these.
    expect(form.choices(also)).toEqual(['The 1:1 with Ben', 'The 1:1 with Cem']);
    await form.choose(also, 'The 1:1 with Ben');
    await form.choose(why, 'A customer came first');
    expect(await form.submit()).toMatchObject({ closed: true });
    expect(await oneOnOnes()).toEqual([
      'Ana Reyes, excused, customer_first',
      'Ben Stone, excused, customer_first',
      'Cem Aydin, planned',
    ]);
    const rows = await untilExcused(2);
    expect(rows.map((one) => one.split(',')[0])).toEqual(['Ana Reyes', 'Ben Stone']);

    await world.travelTo('2026-10-15T20:30:00Z');
    const prompt = card().texts.join('\n');
    expect(prompt).toContain('Cem Aydin');
    expect(prompt).not.toContain('Ana Reyes');
    expect(prompt).not.toContain('Ben Stone');
  });

  test('covers all of them, and then nothing more is asked that day', async () => {
    const form = await openForm();
    await form.choose(also, 'The 1:1 with Ben', 'The 1:1 with Cem');
    await form.choose(why, 'A customer came first');
    await form.submit();
    expect(await oneOnOnes()).toEqual(reps.map((name) => `${name}, excused, customer_first`));
    const messages = dana.dm().length;
    await world.travelTo('2026-10-16T03:00:00Z');
    expect(dana.dm()).toHaveLength(messages);
  });

  test('excuses nothing while one of them is done meanwhile: it is named, and taken out the others are', async () => {
    const form = await openForm();
    await form.choose(also, 'The 1:1 with Ben', 'The 1:1 with Cem');
    await form.choose(why, 'Something else');
    await form.fill('In your own words', 'A fire drill.');
    await world.database.inWorkspace('T0WORLD', (trx) =>
      trx
        .updateTable('occurrence')
        .set({ state: 'done', settled_at: new Date(world.clock.now()) })
        .where('kind', '=', 'one_on_one')
        .where('about_id', '=', 'UBENSTONE')
        .execute(),
    );
    const before = await oneOnOnes();
    expect((await form.submit()).errors).toEqual({
      [also]:
        'Nothing was excused yet. The 1:1 with Ben: This is done already, so there is nothing to put off or excuse. Untick it to go on.',
    });
    expect(await oneOnOnes()).toEqual(before);
    expect(form.value('In your own words')).toBe('A fire drill.');

    await form.choose(also, 'The 1:1 with Cem');
    expect(await form.submit()).toMatchObject({ closed: true });
    expect(await oneOnOnes()).toEqual([
      'Ana Reyes, excused, other: A fire drill.',
      'Ben Stone, done',
      'Cem Aydin, excused, other: A fire drill.',
    ]);
  });

  test('is not asked about where there is one thing alone', async () => {
    const form = await openForm();
    await form.choose(also, 'The 1:1 with Ben');
    await form.choose(why, 'A customer came first');
    await form.submit();
    await untilExcused(2);
    const last = await openForm();
    expect(last.texts.join('\n')).toContain('The 1:1 with Cem');
    expect(last.labels).not.toContain(also);
  });
});
