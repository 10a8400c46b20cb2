import { afterEach, describe, expect, test } from 'vitest';
import { oneDatabase } from '#test/database.ts';
import type { Person } from '#test/person.ts';
import { startWorld, userId, type World } from '#test/world.ts';
import { logOnce } from './logging.ts';

const newYork = 'America/New_York';
const team = [
  { name: 'Dana Whitfield', zone: newYork, role: 'manager' },
  { name: 'Lee Okafor', zone: newYork, role: 'manager' },
  { name: 'Sam Rivera', zone: newYork, role: 'rep', manager: 'Dana Whitfield' },
];

let world: World;
afterEach(() => world.close());

/** Monday 12 October 2026, before work. The 1:1 is on Thursday at 16:00; 09:00 in New York is 13:00 UTC. */
async function startMonday(database: 'embedded' | 'postgres' = 'postgres'): Promise<Person> {
  world = await startWorld({ database, now: '2026-10-12T11:00:00Z', team });
  return world.person('Dana Whitfield');
}

const at = (day: number, time: string): string => `2026-10-${day}T${time}:00Z`;

/** The messages that have a row about Sam's 1:1, by their date in New York. */
function about(person: Person): { text: string; texts: string[]; buttons: string[] }[] {
  return person.dm().filter(({ texts }) => texts.some((one) => one.includes('Sam Rivera')));
}

const newest = (person: Person) => person.dm().at(-1) ?? expect.fail('no message has come');
const isTold = (person: Person, words: string) => person.untilMessage(({ text }) => text.includes(words));
const row = (texts: string[]): string | undefined => texts.find((one) => one.startsWith('Sam Rivera'));

function oneOnOne() {
  return world.database.inWorkspace('T0WORLD', (trx) =>
    trx
      .selectFrom('occurrence')
      .selectAll()
      .where('kind', '=', 'one_on_one')
      .where('about_id', '=', userId('Sam Rivera'))
      .orderBy('due_at')
      .executeTakeFirstOrThrow(),
  );
}

/** The menu of the row about Sam, on the newest message. */
async function move(person: Person, label: string): Promise<void> {
  const message = about(person).length > 0 ? person.dm().findLast(({ texts }) => row(texts)) : undefined;
  if (message === undefined) throw new Error('no row about Sam');
  await message.press(label);
}

describe.each(oneDatabase)('what stands on a card (%s)', (database) => {
  test('is put off to later today: it comes once more, in the one prompt of the day', async () => {
    const dana = await startMonday(database);
    await world.travelTo(at(15, '13:00'));
    const before = dana.dm().length;
    await move(dana, 'Later today');
    await dana.untilMessage((one) => one.text === 'It comes back today, at 15:00 or soon after.');
    await dana.until(() => row(newest(dana).texts)?.includes('Put off to 15:00 today.') || undefined);
    await world.travelTo(at(15, '20:59'));
    expect(dana.dm().length - before).toBe(1);
    expect(newest(dana).texts.join('\n')).toContain('Sam Rivera');
    // Where it had been put off before its own prompt at 16:30, that one is not needed any more.
    await world.travelTo(at(16, '12:59'));
    expect(dana.dm().length - before).toBe(1);
  });

  test('is put off to tomorrow, and next week, and moves nothing else', async () => {
    const dana = await startMonday(database);
    await world.travelTo(at(15, '13:00'));
    await move(dana, 'Tomorrow');
    await dana.untilMessage((one) => one.text === 'It comes back on the card of Fri 16 Oct.');
    const before = dana.dm().length;
    await world.travelTo(at(16, '12:59'));
    expect(dana.dm()).toHaveLength(before);
    await world.travelTo(at(16, '13:00'));
    expect(row(newest(dana).texts)).toBe('Sam Rivera, 1:1 on Thu 15 Oct, 16:00');
    await move(dana, 'Next week');
    await dana.untilMessage((one) => one.text === 'It comes back on the card of Mon 19 Oct.');
    await world.travelTo(at(19, '13:00'));
    expect(row(newest(dana).texts)).toBe('Sam Rivera, 1:1 on Thu 15 Oct, 16:00');
    const { state, due_at } = await oneOnOne();
    expect({ state, due_at }).toEqual({ state: 'due', due_at: new Date(at(15, '20:00')) });
  });

  test('is excused with a reason, everywhere at once, and is not asked again', async () => {
    const dana = await startMonday(database);
    await world.travelTo(at(15, '13:00'));
    await move(dana, 'Excuse it…');
    const modal = await dana.untilModal();
    expect(modal.title).toBe('Excuse it');
    expect(modal.closeLabel).toBe('Not now');
    expect(modal.texts.join('\n')).toContain('Excused, it does not count in either direction');
    await modal.choose('What got in the way?', 'Something else');
    expect(Object.values((await modal.submit()).errors)).toEqual([
      'A few words say what it was; “Something else” alone does not.',
    ]);
    await modal.fill('In your own words', 'A fire drill, all afternoon.');
    expect(await modal.submit()).toMatchObject({ closed: true });
    expect(await oneOnOne()).toMatchObject({
      state: 'excused',
      reason: 'other: A fire drill, all afternoon.',
    });
    await dana.until(() => row(newest(dana).texts)?.includes('Excused; it does not count.') || undefined);
    expect(newest(dana).buttons).not.toContain('Log 1:1');
    const before = about(dana).length;
    await world.travelTo(at(16, '20:00'));
    expect(about(dana)).toHaveLength(before);
  });
});

describe('a row', () => {
  test('put off twice is put off once', async () => {
    const dana = await startMonday();
    await world.travelTo(at(15, '13:00'));
    const card = newest(dana);
    await Promise.all([card.press('Tomorrow'), card.press('Tomorrow')]);
    await world.travelTo(at(16, '13:00'));
    const onFriday = newest(dana).texts.filter((one) => one.startsWith('Sam Rivera'));
    expect(onFriday).toEqual(['Sam Rivera, 1:1 on Thu 15 Oct, 16:00']);
  });

  test('that is done meanwhile says so, and stays done', async () => {
    const dana = await startMonday();
    await world.travelTo(at(15, '13:00'));
    const card = newest(dana);
    expect(card.buttons).toContain('Excuse it…');
    await card.press('Excuse it…');
    const modal = await dana.untilModal((one) => one.title === 'Excuse it');
    await modal.choose('What got in the way?', 'A customer came first');
    await world.database.inWorkspace('T0WORLD', (trx) =>
      trx
        .updateTable('occurrence')
        .set({ state: 'done', settled_at: new Date(world.clock.now()) })
        .where('kind', '=', 'one_on_one')
        .execute(),
    );
    expect((await modal.submit()).errors['What got in the way?']).toBe(
      'Not excused. This is done already, so there is nothing to put off or excuse.',
    );
    await modal.close();
    await card.press('Tomorrow');
    await isTold(dana, 'This is done already, so there is nothing to put off or excuse.');
    expect((await oneOnOne()).state).toBe('done');
  });

  test('that has closed says so, and stays closed', async () => {
    const dana = await startMonday();
    await world.travelTo(at(15, '13:00'));
    const card = newest(dana);
    await world.database.inWorkspace('T0WORLD', (trx) =>
      trx
        .updateTable('occurrence')
        .set({ state: 'expired', settled_at: new Date(world.clock.now()) })
        .where('kind', '=', 'one_on_one')
        .execute(),
    );
    await card.press('Next week');
    await isTold(dana, 'This has closed without being done');
    expect(await oneOnOne()).toMatchObject({ state: 'expired', snoozed_until: null });
  });

  test('that closes before next week says when, and offers to excuse it', async () => {
    const dana = await startMonday();
    await world.travelTo(at(15, '13:00'));
    await world.database.inWorkspace('T0WORLD', (trx) =>
      trx
        .updateTable('occurrence')
        .set({ closes_at: new Date(at(16, '21:00')) })
        .where('kind', '=', 'one_on_one')
        .execute(),
    );
    await newest(dana).press('Next week');
    const answer = await isTold(
      dana,
      "It closes Fri 16 Oct at 17:00, before next week's card, so it comes back on the card of Fri 16 Oct.",
    );
    await answer.press('Excuse it…');
    expect((await dana.untilModal()).title).toBe('Excuse it');
  });

  test('is moved by nobody who is not asked for it', async () => {
    const dana = await startMonday();
    await world.travelTo(at(15, '13:00'));
    const { occurrence_id: id } = await oneOnOne();
    const { putOffOccurrence } = await import('#services/put-off.ts');
    const { excuse } = await import('#services/excuse.ts');
    const { context } = world.application;
    for (const name of ['Sam Rivera', 'Lee Okafor', 'Nobody']) {
      const who = { personId: userId(name), occurrenceId: id };
      expect(await putOffOccurrence(context, 'T0WORLD', { ...who, wanted: 'tomorrow' })).toEqual({
        ok: false,
        problem: { kind: 'not_asked' },
      });
      expect(
        await excuse(context, 'T0WORLD', {
          personId: who.personId,
          occurrenceIds: [id],
          excuse: 'customer_first',
          words: undefined,
        }),
      ).toMatchObject({ ok: false, problem: { kind: 'not_asked' } });
    }
    expect(await oneOnOne()).toMatchObject({ state: 'planned', snoozed_until: null });
    expect(newest(dana).buttons).toContain('Tomorrow');
  });
});

describe('a card', () => {
  test('gives what is still open to the next one, and only that', async () => {
    const dana = await startMonday();
    await world.travelTo(at(15, '13:00'));
    const thursday = newest(dana).shown.ts;
    await world.travelTo(at(16, '13:00'));
    const old = dana.dm().find(({ shown }) => shown.ts === thursday);
    await dana.until(
      () =>
        row(dana.dm().find(({ shown }) => shown.ts === thursday)?.texts ?? [])?.includes('Now on') ||
        undefined,
    );
    expect(old?.shown.ts).toBe(thursday);
    const edited = dana.dm().find(({ shown }) => shown.ts === thursday);
    expect(row(edited?.texts ?? [])).toBe('Sam Rivera, 1:1 at 16:00\nNow on the card of Fri 16 Oct.');
    expect(edited?.buttons).not.toContain('Log 1:1');
    expect(edited?.text).toContain('what is still open is on a newer card');
    expect(newest(dana).buttons).toContain('Log 1:1');
  });

  test('is edited in place as things get done, on all messages that show them', async () => {
    const dana = await startMonday();
    await world.travelTo(at(15, '20:30'));
    const before = dana.dm().length;
    const open = about(dana).filter(({ buttons }) => buttons.includes('Log 1:1'));
    expect(open).toHaveLength(2);
    await logOnce(dana, 'Sam Rivera');
    await dana.until(
      () => about(dana).every(({ texts }) => texts.join('\n').includes('Logged. To try by')) || undefined,
    );
    expect(dana.dm()).toHaveLength(before);
  });

  test('does not come while nothing is due', async () => {
    const dana = await startMonday();
    await world.travelTo(at(13, '12:00'));
    const before = dana.dm().length;
    await world.travelTo(at(14, '20:00'));
    expect(dana.dm()).toHaveLength(before);
  });
});
