import { afterEach, describe, expect, test } from 'vitest';
import { oneDatabase } from '#test/database.ts';
import type { Person } from '#test/person.ts';
import { startWorld, userId, type World } from '#test/world.ts';
import { commitmentsOf, fillLog, logsAbout, occurrencesAbout, revisionsOf, specific } from './logging.ts';

let world: World;
afterEach(() => world.close());

const cadencesOf = (manager: string) =>
  world.database.inWorkspace('T0WORLD', (trx) =>
    trx
      .selectFrom('cadence')
      .selectAll()
      .where('kind', '=', 'one_on_one')
      .where('asked_id', '=', userId(manager))
      .orderBy('about_id')
      .execute(),
  );

const shown = (person: Person): string =>
  person
    .dm()
    .flatMap(({ texts }) => texts)
    .join('\n');

async function messageWith(person: Person, words: string) {
  return person.until(
    () => person.dm().findLast(({ texts }) => texts.join('\n').includes(words)),
    {},
    () => `a message with "${words}"; there is ${shown(person)}`,
  );
}

const team = [
  { name: 'Dana', zone: 'America/New_York', role: 'manager' },
  { name: 'Sam', zone: 'America/Chicago', role: 'rep', manager: 'Dana' },
  { name: 'Ana', zone: 'America/Chicago', role: 'rep', manager: 'Dana' },
];

test.each(oneDatabase)(
  'eight weeks of a pair: moved, asked, changed, withdrawn, paused and logged late (%s)',
  async (database) => {
    world = await startWorld({ database, now: '2026-03-02T13:00:00Z', team });
    const dana = world.person('Dana');

    // The first card offers to set the days; the button and Save are all it takes.
    await world.travelTo('2026-03-02T14:00:00Z');
    const [brief] = dana.dm();
    expect(brief?.texts.join('\n')).toContain(
      'Your 1:1s are all on Thursday 16:00 until you choose other times.',
    );
    await brief?.press('Set the days');
    const days = await dana.untilModal();
    expect(days.value('Time of the 1:1 with Sam')).toBe('16:00');
    await days.choose('Day of the 1:1 with Sam', 'Tuesday');
    await days.choose('How often you meet Sam', 'Every 2nd week: this');
    expect(await days.submit()).toMatchObject({ closed: true });
    const [first] = await occurrencesAbout(world, 'Sam');
    expect(first).toMatchObject({ state: 'planned', due_at: new Date('2026-03-03T21:00:00Z') });
    expect((await occurrencesAbout(world, 'Ana'))[0]?.due_at).toEqual(new Date('2026-03-05T21:00:00Z'));
    const offered = await messageWith(dana, 'Your 1:1s are on the days you set.');
    expect(offered.buttons).not.toContain('Set the days');

    // Saved again as it is, nothing is written.
    await world.travelTo('2026-03-02T15:00:00Z');
    const before = await cadencesOf('Dana');
    await dana.run('/coach cadence');
    expect(await (await dana.untilModal()).submit()).toMatchObject({ closed: true });
    expect(await cadencesOf('Dana')).toEqual(before);

    // Logged after its new slot; nobody asks for what was agreed before three working days after its date.
    await world.travelTo('2026-03-03T21:30:00Z');
    await (await messageWith(dana, 'Sam, 1:1 at 16:00')).press('Log 1:1');
    const log = await fillLog(await dana.untilModal());
    await log.pick('By', '2026-03-06');
    expect(await log.submit()).toMatchObject({ closed: true });
    await world.travelTo('2026-03-10T20:00:00Z');
    expect(shown(dana)).not.toContain('Sam was going to try');
    await world.travelTo('2026-03-11T13:00:00Z');
    const asked = await messageWith(dana, `Sam was going to try by Fri 6 Mar: ${specific}`);
    await asked.press('Say what happened');
    const outcome = await dana.untilModal();
    await outcome.choose('What happened?', 'Did it unasked');
    expect(Object.keys((await outcome.submit()).errors)).toEqual(['How do you know?']);
    await outcome.choose('How do you know?', 'Heard it');
    await outcome.fill('On which account?', 'Acme');
    expect(await outcome.submit()).toMatchObject({ closed: true });
    expect(await commitmentsOf(world, 'Sam')).toMatchObject([
      { state: 'closed', outcome: 'unasked', evidence: 'heard', account: 'Acme', outcome_log_id: null },
    ]);
    expect(await occurrencesAbout(world, 'Sam', 'commitment')).toMatchObject([
      { state: 'done', period: 'C', asked_id: userId('Dana') },
    ]);
    await messageWith(dana, 'You said what happened.');

    // Two weeks later; the same day it is changed rather than logged twice.
    await world.travelTo('2026-03-17T20:30:00Z');
    await (await messageWith(dana, 'Sam, 1:1 at 16:00')).press('Log 1:1');
    await (await fillLog(await dana.untilModal(), 'When they stall, ask who else decides.')).submit();
    const told = dana.ephemeral().length;
    await dana.run('/coach log @Sam');
    const offer = await dana.until(() => dana.ephemeral()[told]);
    expect(offer.buttons).toEqual(['Change what you saved at 16:30', 'Log another']);
    await offer.press('Change what you saved at 16:30');
    const change = await dana.untilModal();
    expect(change.value('One thing to try')).toBe('When they stall, ask who else decides.');
    await change.fill('One thing to try', 'When they stall, ask who signs.');
    await change.fill('Minutes', 'half an hour');
    expect(Object.keys((await change.submit()).errors)).toEqual(['Minutes']);
    await change.fill('Minutes', '25');
    await change.fill('Private note', 'Tired today.');
    expect(await change.submit()).toMatchObject({ closed: true });
    const second = (await logsAbout(world, 'Sam')).at(-1);
    expect(second).toMatchObject({ revision: 2, minutes: 25, late: false });
    expect(await revisionsOf(world, second?.log_id ?? '')).toHaveLength(2);
    const open = (await commitmentsOf(world, 'Sam')).filter(({ state }) => state === 'open');
    expect(open).toMatchObject([{ text: 'When they stall, ask who signs.' }]);

    // The rep sees what was shared of each version, and nothing else.
    const sam = world.person('Sam');
    sam.openHome();
    await (
      await sam.untilHome(
        (home) =>
          home.buttons.includes('What was saved about your one thing, and when') ||
          home.buttons.includes('History'),
      )
    ).press('History');
    const versions = await sam.untilModal();
    expect(versions.texts.join('\n')).toContain('When they stall, ask who else decides.');
    expect(versions.texts.join('\n')).toContain('When they stall, ask who signs.');
    expect(versions.texts.join('\n')).not.toMatch(/Tired|25 minutes/);
    expect(versions.texts.join('\n')).toContain('You see the one thing');
    await versions.close();

    // Withdrawn, it counts neither way and what was agreed goes with it, until it is logged anew.
    await (await messageWith(dana, 'ask who signs')).press('Change');
    const again = await dana.untilModal();
    await expect(again.press('Withdraw')).rejects.toThrow('counts neither way');
    await again.press('Withdraw', { confirm: true });
    await dana.untilModal((modal) => modal.texts.join('\n').includes('Withdrawn. Sam no longer sees'));
    await dana.modal().close();
    const second_ = (await occurrencesAbout(world, 'Sam'))[1];
    expect(second_).toMatchObject({ state: 'done', reason: 'withdrawn' });
    expect((await commitmentsOf(world, 'Sam')).map(({ state }) => state).sort()).toEqual([
      'closed',
      'withdrawn',
    ]);
    expect((await occurrencesAbout(world, 'Sam', 'commitment')).map(({ state }) => state)).toEqual([
      'done',
      'excused',
    ]);
    await (await messageWith(dana, 'The log is withdrawn')).press('Log 1:1');
    const anew = await dana.untilModal();
    expect(anew.texts.join('\n')).not.toContain('Last time');
    await (await fillLog(anew)).submit();
    expect((await occurrencesAbout(world, 'Sam'))[1]).toMatchObject({ state: 'done', reason: null });

    // Paused: what falls into it is excused, and the first after it is asked for again.
    await world.travelTo('2026-03-25T15:00:00Z');
    await dana.run('/coach cadence @Sam');
    const pair = await dana.untilModal();
    await pair.choose('Pause', 'Until a date');
    expect(Object.keys((await pair.submit()).errors)).toEqual(['Paused until']);
    await pair.pick('Paused until', '2026-03-20');
    expect(Object.keys((await pair.submit()).errors)).toEqual(['Paused until']);
    await pair.pick('Paused until', '2026-04-13');
    expect(await pair.submit()).toMatchObject({ closed: true });
    dana.openHome();
    await dana.untilHome((home) => home.texts.join('\n').includes('Paused until Mon 13 Apr.'));
    await world.travelTo('2026-04-14T20:30:00Z');
    const all = await occurrencesAbout(world, 'Sam');
    expect(all.map(({ state, reason }) => [state, reason])).toEqual([
      ['done', null],
      ['done', null],
      ['excused', 'paused'],
      ['due', null],
    ]);
    expect(all[3]?.due_at).toEqual(new Date('2026-04-14T20:00:00Z'));

    // Open while the next falls due: kept, linked, late; what was agreed in March is answered in it.
    await (await messageWith(dana, 'Sam, 1:1 at 16:00')).press('Log 1:1');
    const late = await dana.untilModal();
    expect(late.texts[0]).toBe(`Last time: ${specific}`);
    await late.choose('What happened?', 'Not this time');
    await late.choose('How do you know?', 'Sam told me');
    await late.choose('Or stay with it', "Keep last time's");
    await late.choose('Mostly about', 'A skill');
    await late.pick('By', '2026-05-20');
    await world.travelTo('2026-04-28T20:00:01Z');
    expect(await late.submit()).toMatchObject({ closed: true });
    expect((await occurrencesAbout(world, 'Sam'))[3]).toMatchObject({ state: 'expired' });
    expect((await logsAbout(world, 'Sam')).at(-1)).toMatchObject({ late: true });
    expect((await commitmentsOf(world, 'Sam')).filter(({ state }) => state === 'open')).toMatchObject([
      { text: specific, by_date: '2026-05-20' },
    ]);
  },
  120_000,
);

describe('the days of a team', () => {
  const reps = ['Ana', 'Bea', 'Cleo', 'Dov', 'Eli', 'Fay', 'Gus', 'Hal'];

  async function eightReps(): Promise<Person> {
    world = await startWorld({
      database: 'postgres',
      now: '2026-03-02T13:00:00Z',
      team: [
        { name: 'Dana', zone: 'America/New_York', role: 'manager' },
        { name: 'Lee', zone: 'America/New_York', role: 'manager' },
        ...reps.map((name) => ({ name, zone: 'America/Chicago', role: 'rep', manager: 'Dana' })),
        { name: 'Zoe', zone: 'America/Chicago', role: 'rep', manager: 'Lee' },
      ],
    });
    return world.person('Dana');
  }

  test('are set all at once, and each may still differ', async () => {
    const dana = await eightReps();
    await dana.run('/coach cadence');
    const modal = await dana.untilModal();
    await modal.choose('Day of the 1:1 with Hal', 'Friday');
    await modal.choose('How often you meet Hal', 'Paused until I resume');
    await modal.pick('Set all to a time', '10:30');
    await dana.untilModal((one) => one.value('Time of the 1:1 with Bea') === '10:30');
    expect(modal.value('Day of the 1:1 with Hal')).toBe('Friday');
    await modal.choose('Set all to a day', 'Wednesday');
    await dana.untilModal((one) => one.value('Day of the 1:1 with Hal') === 'Wednesday');
    await modal.choose('Day of the 1:1 with Ana', 'Monday');
    expect(await modal.submit()).toMatchObject({ closed: true });
    const cadences = await cadencesOf('Dana');
    expect(cadences.map(({ rule }) => rule?.time)).toEqual(reps.map(() => '10:30'));
    expect(cadences.map(({ rule }) => (rule?.kind === 'weekly' ? rule.weekday : 0))).toEqual([
      1,
      ...reps.slice(1).map(() => 3),
    ]);
    expect(cadences.map(({ paused_at }) => paused_at !== null)).toEqual(reps.map((name) => name === 'Hal'));
    expect(cadences.at(-1)?.plan_at).toBeNull();

    // Resumed, the next is planned again.
    await dana.run('/coach cadence');
    const later = await dana.untilModal();
    expect(later.value('How often you meet Hal')).toBe('Paused');
    await later.choose('How often you meet Hal', 'Every week');
    await later.submit();
    expect((await cadencesOf('Dana')).at(-1)).toMatchObject({ paused_at: null, next_period: '2026-W10' });
  });

  test('are the manager’s own to set, and what is refused says what to do', async () => {
    const dana = await eightReps();
    for (const [typed, answer] of [
      ['/coach cadence @Zoe', 'Zoe does not report to you'],
      ['/coach cadence @Dana', 'That is you.'],
      ['/coach cadence nobody', '“nobody” is not clear.'],
    ] as const) {
      const told = dana.ephemeral().length;
      await dana.run(typed);
      const { text } = await dana.until(() => dana.ephemeral()[told]);
      expect(text).toContain(answer);
    }
    const zoe = world.person('Zoe');
    await zoe.run('/coach cadence');
    expect((await zoe.until(() => zoe.ephemeral().at(-1))).text).toContain('Nobody reports to you');
  });
});
