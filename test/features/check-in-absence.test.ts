import { afterEach, describe, expect, test } from 'vitest';
import type { Person } from '#test/person.ts';
import { startWorld, userId, type World } from '#test/world.ts';
import {
  cardWith,
  checkInOccurrences,
  checkInsAbout,
  linesOf,
  lookBack,
  makeProgramme,
  pressOnCard,
  standing,
  team,
} from './training.ts';

let world: World;
afterEach(() => world.close());

/** Friday 27 February 2026; the session is on Tuesday, day 7 on Tuesday 10 March, closed on Tuesday 24 March. */
async function start() {
  world = await startWorld({ now: '2026-02-27T15:00:00Z', team });
  await makeProgramme(world.person('Ellen Park'), {
    sessionOn: '2026-03-03',
    reps: ['Sam Rivera', 'Kim Osei'],
  });
  const [dana, priya, sam, kim] = ['Dana Whitfield', 'Priya Nair', 'Sam Rivera', 'Kim Osei'].map((name) =>
    world.person(name),
  );
  if (!dana || !priya || !sam || !kim) throw new Error('no team');
  return { dana, priya, sam, kim };
}

async function goAway(person: Person, typed: string, standIn?: string): Promise<void> {
  await person.run(`/coach away ${typed}`);
  const modal = await person.untilModal((one) => one.title === 'Away');
  if (standIn !== undefined) await modal.choose('Who stands in for you', standIn);
  expect(await modal.submit()).toMatchObject({ closed: true });
}

async function dayOf(rep: string, period: string) {
  const found = (await checkInOccurrences(world, rep)).find((one) => one.period === period);
  return { state: found?.state, reason: found?.reason, standIn: found?.stand_in_id };
}

describe('a check-in', () => {
  test('whose manager is away for as long as it is open ends excused, and expires where they had a day', async () => {
    const { dana, sam } = await start();
    await goAway(dana, '2026-03-11 2026-03-24');
    await world.travelTo('2026-03-10T17:00:00Z');
    await lookBack(sam, 'Did it unasked');
    await world.travelTo('2026-03-24T20:00:00Z');
    expect(await dayOf('Sam Rivera', 'D7')).toMatchObject({ state: 'excused', reason: 'away' });
    await sam.until(() => linesOf(sam).includes('Excused; it does not count.') || undefined);
    expect(linesOf(sam)).not.toContain('is asked next');
    // Kim's could not be done either.
    expect(await dayOf('Kim Osei', 'D7')).toMatchObject({ state: 'excused', reason: 'away' });
    // Day 14 was open from Tuesday 17 March to Tuesday 31 March; Dana was back for four working days of it.
    await lookBack(sam, 'When reminded');
    await sam.until(() => linesOf(sam).includes('Dana is asked next.') || undefined);
    await world.travelTo('2026-04-01T20:00:00Z');
    expect(await dayOf('Sam Rivera', 'D14')).toMatchObject({ state: 'expired', reason: null });
    await sam.until(() => linesOf(sam).includes('Closed without an answer of your manager.') || undefined);
    expect(linesOf(sam)).not.toContain('is asked next');
  });

  test('of a rep who is away for as long as it is open ends excused', async () => {
    const { sam } = await start();
    await goAway(sam, '2026-03-10 2026-03-23');
    await world.travelTo('2026-03-24T20:00:00Z');
    expect(await dayOf('Sam Rivera', 'D7')).toMatchObject({ state: 'excused', reason: 'away' });
    expect(await dayOf('Kim Osei', 'D7')).toMatchObject({ state: 'expired' });
  });

  test('is asked of whoever stands in where the manager is away all the time, who answers it', async () => {
    const { dana, priya, sam } = await start();
    await goAway(dana, '2026-03-11 2026-03-24', 'Priya Nair');
    await world.travelTo('2026-03-10T17:00:00Z');
    await lookBack(sam, 'Did it unasked');
    await sam.until(() => linesOf(sam).includes('Priya is asked next.') || undefined);
    await world.travelTo('2026-03-11T15:00:00Z');
    expect(linesOf(priya)).toContain('Day 7 of Winning Teach: 2 reps');
    expect(linesOf(dana)).not.toContain('Day 7 of Winning Teach');
    const form = await pressOnCard(priya, 'Look back');
    await form.choose('Sam Rivera: Teach', 'Teach: unasked');
    expect(await form.submit()).toMatchObject({ closed: true });
    expect(await dayOf('Sam Rivera', 'D7')).toMatchObject({ state: 'done', standIn: userId('Priya Nair') });
    const ofSam = await checkInsAbout(world, 'Sam Rivera');
    expect(ofSam.filter(({ side }) => side === 'manager')).toMatchObject([
      { day: 7, answered_by: userId('Priya Nair') },
    ]);
    // Day 14 waits for Dana, who is back before it closes.
    await world.travelTo('2026-03-19T15:00:00Z');
    expect(linesOf(priya)).not.toContain('Day 14 of Winning Teach');
    await world.travelTo('2026-03-25T15:00:00Z');
    expect(linesOf(dana)).toContain('Day 14 of Winning Teach');
  });

  test('goes back to a manager who comes home sooner', async () => {
    const { dana, priya } = await start();
    await goAway(dana, '2026-03-11 2026-03-24', 'Priya Nair');
    await world.travelTo('2026-03-11T15:00:00Z');
    expect(cardWith(priya, 'Look back')).toBeDefined();
    await world.travelTo('2026-03-16T12:00:00Z');
    await dana.run('/coach back');
    await world.travelTo('2026-03-17T15:00:00Z');
    expect(linesOf(dana)).toContain('Day 7 of Winning Teach: 2 reps');
    expect(cardWith(priya, 'Look back')).toBeUndefined();
    expect(await standing(world, 'Sam Rivera')).toContain('D7 due');
  });
});
