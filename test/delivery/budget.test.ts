import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { weekOf } from '#domain/sending.ts';
import { defaultSettings, type Settings } from '#domain/settings.ts';
import { weekdayOf } from '#domain/time/civil.ts';
import { toLocal } from '#domain/time/zone.ts';
import { assignPractice } from '#services/assign-practice.ts';
import { changeSettings } from '#services/change-settings.ts';
import { makeProgramme } from '#services/make-programme.ts';
import { setSlots } from '#services/set-slot.ts';
import { startWorld, userId, type World } from '#test/world.ts';

/**
 * The worst there is: eight reps with a 1:1 every day, nobody answers anything, and the 30th day after a
 * training falls into the week in which a month begins and time is reported.
 */

const zone = 'America/New_York';
const manager = 'Dana Whitfield';
const reps = ['Ada', 'Ben', 'Cleo', 'Dov', 'Eve', 'Fay', 'Gus', 'Hana'].map((first) => `${first} Rep`);
const team = [
  { name: 'Ellen Park', zone, role: 'enablement' },
  { name: manager, zone, role: 'manager' },
  ...reps.map((name) => ({ name, zone, role: 'rep', manager })),
];

const typicalWeek = '2026-10-26';
const weekOfDay30 = '2026-11-02';
/** Thirty days before Wednesday 4 November. */
const session = '2026-10-05';
const practice = [
  { itemId: 'open-with-what-others-see', dueOn: '2026-10-26' },
  { itemId: 'hidden-cost-of-today', dueOn: '2026-10-28' },
  { itemId: 'number-before-feature', dueOn: '2026-11-02' },
  { itemId: 'ask-why-three-times', dueOn: '2026-11-04' },
];

async function liveTwoWeeks(budget: Settings['budget'], items = practice): Promise<World> {
  // A Saturday.
  const world = await startWorld({ now: '2026-10-24T12:00:00Z', team });
  const { context } = world.application;
  const lead = userId('Ellen Park');
  const ok = (result: { ok: boolean }): void => {
    if (!result.ok) throw new Error(JSON.stringify(result));
  };
  ok(await changeSettings(context, 'T0WORLD', { userId: lead, viewId: 'V1', wanted: { budget } }));
  const wishes = reps.map((name, index) => {
    const slot = { weekday: (index % 5) + 1, time: index < 5 ? '10:00' : '14:00', rhythm: '1' as const };
    return { repId: userId(name), change: { slot, pause: null } };
  });
  ok(await setSlots(context, 'T0WORLD', userId(manager), wishes));
  const given = {
    userId: lead,
    viewId: 'V2',
    choice: { picked: reps.map(userId), teamsOf: [], waves: [], pasted: '' },
    content: { name: 'Winning Teach', sessionOn: session, pillars: ['teach' as const] },
  };
  const shown = await makeProgramme(context, 'T0WORLD', { ...given, seen: undefined });
  if (!shown.ok || shown.value.kind !== 'preview') throw new Error(JSON.stringify(shown));
  ok(await makeProgramme(context, 'T0WORLD', { ...given, seen: shown.value.preview.mark }));
  for (const name of reps) {
    for (const { itemId, dueOn } of items) {
      const assignment = { viewId: `${name} ${itemId}`, managerId: userId(manager), repId: userId(name) };
      ok(
        await assignPractice(context, 'T0WORLD', {
          ...assignment,
          chosen: { itemId },
          dueOn,
          why: undefined,
        }),
      );
    }
  }
  await world.travelTo('2026-11-07T12:00:00Z');
  return world;
}

/** The local dates of what somebody got in one week. */
function gotIn(world: World, name: string, week: string): string[] {
  return world
    .person(name)
    .dm()
    .map(({ shown }) => toLocal(shown.shownAt, zone))
    .map(({ date }) => date)
    .filter((date) => weekOf(date) === week);
}

const mostOnOneDay = (dates: string[]): number =>
  Math.max(0, ...[...Map.groupBy(dates, (date) => date).values()].map((same) => same.length));

describe('a manager with eight reps, and a rep', () => {
  let world: World;
  beforeAll(async () => {
    world = await liveTwoWeeks(defaultSettings.budget);
  }, 280_000);
  afterAll(() => world.close());

  test.each([
    ['a typical week', typicalWeek],
    ['the week of day 30', weekOfDay30],
  ])('get no more than the budget in %s', (_, week) => {
    const dates = gotIn(world, manager, week);
    expect(dates.length).toBeGreaterThan(0);
    expect(dates.length).toBeLessThanOrEqual(10);
    expect(mostOnOneDay(dates)).toBeLessThanOrEqual(2);
    for (const name of reps) {
      const own = gotIn(world, name, week);
      expect(own.length).toBeLessThanOrEqual(4);
      expect(mostOnOneDay(own)).toBeLessThanOrEqual(1);
    }
  });

  test('get it in working hours', () => {
    for (const name of [manager, ...reps]) {
      for (const { shown } of world.person(name).dm()) {
        const { date, time } = toLocal(shown.shownAt, zone);
        expect([name, weekdayOf(date) <= 5, time >= '09:00' && time < '17:00']).toEqual([name, true, true]);
      }
    }
  });

  test('are asked for everything all the same', async () => {
    const due = await world.database.inWorkspace('T0WORLD', (trx) =>
      trx
        .selectFrom('occurrence')
        .select(['kind', 'period', 'asked_id', 'about_id', 'asked_at'])
        .where('state', '<>', 'excused')
        .where('due_at', '>=', new Date('2026-10-26T00:00:00Z'))
        .where('due_at', '<', new Date('2026-11-06T22:00:00Z'))
        .execute(),
    );
    const kinds = new Set(due.map(({ kind }) => kind));
    expect(kinds).toEqual(new Set(['one_on_one', 'observed_call', 'check_in', 'practice', 'time_report']));
    expect(due.filter(({ asked_at }) => asked_at === null)).toEqual([]);
    const cards = world
      .person(manager)
      .dm()
      .flatMap(({ texts }) => texts)
      .join('\n');
    for (const name of reps) expect(cards).toContain(name);
    expect(cards).toContain('Day 30');
  });
});

test('cards and prompts alone keep a manager to two a day, whatever the budget allows', async () => {
  const wide = { managerPerDay: 5, managerPerWeek: 25, repPerDay: 5, repPerWeek: 25 };
  const world = await liveTwoWeeks(wide, []);
  try {
    for (const week of [typicalWeek, weekOfDay30]) {
      const dates = gotIn(world, manager, week);
      expect(dates.length).toBeLessThanOrEqual(10);
      expect(mostOnOneDay(dates)).toBeLessThanOrEqual(2);
      for (const name of reps) expect(mostOnOneDay(gotIn(world, name, week))).toBeLessThanOrEqual(1);
    }
  } finally {
    await world.close();
  }
}, 280_000);
