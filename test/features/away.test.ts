import { randomUUID } from 'node:crypto';
import { afterEach, describe, expect, test } from 'vitest';
import { putOnCard } from '#services/put-on-card.ts';
import { standInsNow } from '#storage/absences.ts';
import { oneDatabase } from '#test/database.ts';
import type { Person } from '#test/person.ts';
import type { SeenModal } from '#test/person-views.ts';
import { startWorld, userId, type World } from '#test/world.ts';
import { commitmentsOf, logOnce, logsAbout } from './logging.ts';

const newYork = 'America/New_York';
const team = [
  { name: 'Dana Whitfield', zone: newYork, role: 'manager' },
  { name: 'Lee Okafor', zone: newYork, role: 'manager' },
  { name: 'Sam Rivera', zone: newYork, role: 'rep', manager: 'Dana Whitfield' },
];

let world: World;
afterEach(() => world.close());

/** Monday 12 October 2026, before work. The 1:1 is on Thursday at 16:00; 09:00 in New York is 13:00 UTC. */
async function startMonday(database: 'embedded' | 'postgres' = 'postgres') {
  world = await startWorld({ database, now: '2026-10-12T11:00:00Z', team });
  const [dana, lee, sam] = team.map(({ name }) => world.person(name));
  if (dana === undefined || lee === undefined || sam === undefined) throw new Error('nobody is there');
  return { dana, lee, sam };
}

const at = (day: number, time: string): string => `2026-10-${day}T${time}:00Z`;

async function openAway(person: Person, typed = ''): Promise<SeenModal> {
  await person.run(`/coach away ${typed}`.trim());
  return person.untilModal((one) => one.title === 'Away');
}

async function goAway(person: Person, typed: string, standIn?: string): Promise<void> {
  const modal = await openAway(person, typed);
  if (standIn !== undefined) await modal.choose('Who stands in for you', standIn);
  const submitted = await modal.submit();
  if (!submitted.closed) throw new Error(`not saved: ${JSON.stringify(submitted)}`);
}

function oneOnOnes() {
  return world.database.inWorkspace('T0WORLD', (trx) =>
    trx
      .selectFrom('occurrence')
      .select(['state', 'reason', 'stand_in_id', 'period'])
      .where('kind', '=', 'one_on_one')
      .orderBy('due_at')
      .execute(),
  );
}

function absences() {
  return world.database.inWorkspace('T0WORLD', (trx) =>
    trx
      .selectFrom('absence')
      .select(['member_id', 'first_day', 'last_day', 'stand_in_id'])
      .where('withdrawn_at', 'is', null)
      .orderBy('first_day')
      .execute(),
  );
}

const about = (person: Person, name: string): string[] =>
  person.dm().flatMap(({ texts }) => texts.filter((one) => one.includes(name)));

describe.each(oneDatabase)('while a manager is away (%s)', (database) => {
  test('who stands in is asked, logs, and the manager goes on from there', async () => {
    const { dana, lee } = await startMonday(database);
    await goAway(dana, 'tomorrow friday', 'Lee Okafor');
    await world.travelTo(at(15, '20:30'));
    expect(about(dana, 'Sam Rivera')).toEqual([]);
    const rows = about(lee, 'Sam Rivera');
    expect(rows.length).toBeGreaterThan(0);
    expect(rows.every((one) => one.includes('for Dana, who is away'))).toBe(true);
    await logOnce(lee, 'Sam Rivera');
    expect(await oneOnOnes()).toMatchObject([{ state: 'done', stand_in_id: userId('Lee Okafor') }, {}]);
    expect(await logsAbout(world, 'Sam Rivera')).toMatchObject([{ manager_id: userId('Lee Okafor') }]);
    expect(await commitmentsOf(world, 'Sam Rivera')).toMatchObject([
      { manager_id: userId('Dana Whitfield'), state: 'open' },
    ]);
    // A week on, it is no longer theirs to log.
    await world.travelTo(at(20, '14:00'));
    await lee.run('/coach log @Sam Rivera');
    await lee.untilMessage(({ text }) => text.includes('does not report to you'));
  });

  test('without one, what ends before the return is excused, on its day and not before', async () => {
    const { dana } = await startMonday(database);
    await goAway(dana, '2026-10-15 2026-10-22');
    await world.travelTo(at(15, '19:59'));
    expect((await oneOnOnes())[0]).toMatchObject({ state: 'planned', reason: null });
    await world.travelTo(at(15, '20:00'));
    expect((await oneOnOnes())[0]).toMatchObject({ state: 'excused', reason: 'away' });
    const before = dana.dm().length;
    await world.travelTo(at(22, '21:00'));
    expect(dana.dm()).toHaveLength(before);
  });
});

describe('somebody who is away', () => {
  test('gets what waited on one card, the first day back', async () => {
    const { dana } = await startMonday();
    await goAway(dana, '2026-10-14 2026-10-18');
    await world.travelTo(at(14, '12:00'));
    const before = dana.dm().length;
    await world.travelTo(at(19, '12:59'));
    expect(dana.dm()).toHaveLength(before);
    await world.travelTo(at(19, '13:00'));
    expect(dana.dm()).toHaveLength(before + 1);
    expect(dana.dm().at(-1)?.texts.join('\n')).toContain('Sam Rivera, 1:1 on Thu 15 Oct, 16:00');
  });

  test('as a rep moves the 1:1 for their manager too, and is not asked the question before it', async () => {
    const { dana, sam } = await startMonday();
    await goAway(sam, '2026-10-14 2026-10-15');
    await world.travelTo(at(15, '21:00'));
    expect(sam.dm()).toEqual([]);
    const asked = dana.dm().filter(({ buttons }) => buttons.includes('Log 1:1'));
    expect(asked).toEqual([]);
    await world.travelTo(at(16, '13:00'));
    expect(dana.dm().at(-1)?.texts.join('\n')).toContain('Sam Rivera, 1:1 on Thu 15 Oct, 16:00');
  });

  test('may call it off before: everything is as if it had not been', async () => {
    const { dana } = await startMonday();
    await goAway(dana, '2026-10-15 2026-10-22');
    await world.travelTo(at(13, '14:00'));
    const modal = await openAway(dana);
    expect(modal.texts.join('\n')).toContain('Thu 15 Oct to Thu 22 Oct');
    await modal.press('Call it off');
    await dana.until(() => modal.texts.join('\n').includes('Ended.') || undefined);
    await modal.close();
    expect(await absences()).toEqual([]);
    await world.travelTo(at(15, '20:30'));
    expect((await oneOnOnes())[0]?.state).toBe('due');
    expect(dana.dm().at(-1)?.text).toBe("Sam's 1:1 just ended. Log one thing.");
  });

  test('comes back sooner: what waits comes that day, notes included', async () => {
    const { dana } = await startMonday();
    await goAway(dana, '2026-10-12 2026-10-21');
    await world.database.inWorkspace('T0WORLD', (trx) =>
      putOnCard(
        trx,
        'T0WORLD',
        {
          kind: 'debrief_answered',
          receiverId: userId('Dana Whitfield'),
          aboutId: userId('Sam Rivera'),
          subjectId: randomUUID(),
        },
        'soon',
        world.clock.now(),
      ),
    );
    const waiting = () =>
      world.database.inWorkspace('T0WORLD', (trx) =>
        trx
          .selectFrom('delivery_note')
          .innerJoin('delivery', 'delivery.delivery_id', 'delivery_note.delivery_id')
          .innerJoin('card_note', 'card_note.note_id', 'delivery_note.note_id')
          .where('card_note.kind', '=', 'debrief_answered')
          .where('delivery.state', '=', 'pending')
          .select(['delivery.key', 'delivery.due_at'])
          .execute(),
      );
    expect(await waiting()).toMatchObject([{ due_at: new Date(at(22, '13:00')) }]);
    await world.travelTo(at(14, '14:00'));
    expect(dana.dm()).toEqual([]);
    await dana.run('/coach back');
    await dana.untilMessage(({ text }) => text.startsWith('Welcome back.'));
    expect(await waiting()).toMatchObject([{ due_at: new Date(at(15, '13:00')) }]);
    expect(await absences()).toMatchObject([{ first_day: '2026-10-12', last_day: '2026-10-13' }]);
    await world.travelTo(at(15, '13:00'));
    expect(dana.dm().at(-1)?.buttons).toContain('Log 1:1');
    await dana.run('/coach back');
    await dana.untilMessage(({ text }) => text.startsWith('You are not away'));
  });
});

describe('the form', () => {
  test('is filled from what was typed, and says what could not be read', async () => {
    const { dana } = await startMonday();
    const modal = await openAway(dana, 'tomorrow 20.10.');
    expect([modal.value('First day away'), modal.value('Last day away')]).toEqual([
      '2026-10-13',
      '2026-10-20',
    ]);
    expect(modal.closeLabel).toBe('Not now');
    await modal.close();
    const unread = await openAway(dana, 'monday frydai');
    expect(unread.texts.join('\n')).toContain('“frydai” could not be read as a day.');
    expect(unread.value('First day away')).toBe('2026-10-19');
    await unread.close();
    const past = await openAway(dana, '3 Oct 5 Oct');
    expect(past.texts.join('\n')).toContain('The first day is over.');
  });

  test('refuses days that cannot be, by their field, and keeps what was chosen', async () => {
    const { dana, lee } = await startMonday();
    await goAway(lee, '2026-10-20 2026-10-21');
    const modal = await openAway(dana, '2026-10-11 2026-10-13');
    expect((await modal.submit()).errors).toEqual({
      'First day away': 'This day is over. Choose today or a later one.',
    });
    await modal.pick('First day away', '2026-10-19');
    expect((await modal.submit()).errors['Last day away']).toContain('before the first day');
    await modal.pick('Last day away', '2026-10-20');
    for (const [name, why] of [
      ['Dana Whitfield', 'That is you.'],
      ['Sam Rivera', 'Only a manager can stand in for one.'],
      ['Lee Okafor', 'Lee is away Tue 20 Oct to Wed 21 Oct.'],
    ] as const) {
      await modal.choose('Who stands in for you', name);
      expect((await modal.submit()).errors['Who stands in for you']).toContain(why);
    }
    await modal.clear('Who stands in for you');
    expect(await modal.submit()).toMatchObject({ closed: true });
    const again = await openAway(dana, '2026-10-20 2026-10-30');
    expect((await again.submit()).errors['First day away']).toContain(
      'You are away Mon 19 Oct to Tue 20 Oct already.',
    );
    expect(again.value('Last day away')).toBe('2026-10-30');
  });

  test('asks twice where it is longer than half a year', async () => {
    const { dana } = await startMonday();
    const modal = await openAway(dana, '2026-10-19 2027-06-01');
    expect((await modal.submit()).status).toBe('updated');
    const sure = await dana.untilModal((one) => one.submitLabel === 'Save all the same');
    expect(sure.texts.join('\n')).toContain('226 days');
    expect(await sure.submit()).toMatchObject({ closed: true });
    expect(await absences()).toMatchObject([{ last_day: '2027-06-01' }]);
  });

  test('changes an absence, and offers a rep nobody to stand in', async () => {
    const { dana, sam } = await startMonday();
    await goAway(dana, '2026-10-19 2026-10-20', 'Lee Okafor');
    const modal = await openAway(dana);
    await modal.press('Change');
    await dana.until(() => modal.texts.join('\n').includes('This replaces') || undefined);
    expect(modal.value('Who stands in for you')).toBe('Lee Okafor');
    await modal.pick('Last day away', '2026-10-23');
    expect(await modal.submit()).toMatchObject({ closed: true });
    expect(await absences()).toEqual([
      {
        member_id: userId('Dana Whitfield'),
        first_day: '2026-10-19',
        last_day: '2026-10-23',
        stand_in_id: userId('Lee Okafor'),
      },
    ]);
    expect((await openAway(sam)).labels).not.toContain('Who stands in for you');
  });
});

test('a stand-in is one on the days of whoever is away, in their zone', async () => {
  const { dana } = await startMonday();
  await goAway(dana, '2026-10-14 2026-10-15', 'Lee Okafor');
  const on = (instant: string) =>
    world.database.inWorkspace('T0WORLD', (trx) => standInsNow(trx, 'T0WORLD', new Date(instant)));
  const lee = [{ awayId: userId('Dana Whitfield'), standInId: userId('Lee Okafor') }];
  expect(await on('2026-10-14T03:59:00Z')).toEqual([]);
  expect(await on('2026-10-14T04:00:00Z')).toEqual(lee);
  expect(await on('2026-10-16T03:59:00Z')).toEqual(lee);
  expect(await on('2026-10-16T04:00:00Z')).toEqual([]);
});
