import { sql } from 'kysely';
import { afterEach, describe, expect, test } from 'vitest';
import { reportTime } from '#services/report-time.ts';
import { startWorkspace } from '#services/start-workspace.ts';
import { timeReportsBetween } from '#storage/time-reports.ts';
import { oneDatabase } from '#test/database.ts';
import { startWorld, type World } from '#test/world.ts';
import {
  dana,
  endOf,
  fields,
  fillIn,
  friday,
  historyOf,
  monday,
  openTime,
  reportOf,
  team,
  words,
  workspaceId,
} from './reporting-time.ts';

let world: World;
afterEach(() => world.close());

describe.each(oneDatabase)('a week is reported (%s)', (database) => {
  test('from the prompt on Friday, in two presses, and shown beside the reference at once', async () => {
    world = await startWorld({ database, now: monday, team });
    const manager = world.person('Dana Whitfield');
    await world.travelTo('2026-03-06T19:59:00Z');
    const before = manager.dm().length;
    await world.travelTo(friday);
    const prompt = manager.dm().at(-1);
    expect(manager.dm()).toHaveLength(before + 1);
    expect(prompt?.text).toBe('Your week, roughly. Two minutes.');

    await prompt?.press('Report time');
    const modal = await manager.untilModal();
    expect(modal.labels).toEqual(['Hours or percent?', ...fields]);
    expect(words(modal)).toContain('Guesses are fine.');
    await fillIn(modal, '10', '5', '15', '10', '4,5');
    expect(await modal.submit()).toMatchObject({ status: 'updated' });

    const shown = words(manager.modal());
    expect(shown).toContain('The week of Mon 2 Mar');
    expect(shown).toContain('you █████████████████  38 %');
    expect(shown).toContain('ref █████████████      29 %');
    expect(shown).toContain('Everything else: 4.5 h, 10 % of the week. It stays outside the mix.');
    expect(shown).toContain('not published as a target');
    await manager.untilMessage((one) => words(one).includes('Reported: deals 25 %, people 13 %'));
    expect(await reportOf(world, '2026-03-02')).toMatchObject({
      unit: 'hours',
      everything_else: 4.5,
      late: false,
    });
    expect(await endOf(world, '2026-W10')).toBe('done');
  });

  test("from Monday's card, for the week that is over; later it stays expired and is kept as late", async () => {
    world = await startWorld({ database, now: monday, team });
    const manager = world.person('Dana Whitfield');
    await world.travelTo('2026-03-09T13:00:00Z');
    const card = manager.dm().at(-1);
    expect(words(card ?? { texts: [] })).toContain('Your week, roughly, the week of Mon 2 Mar');
    await card?.press('Report time');
    const modal = await manager.untilModal();
    expect(words(modal)).toContain('The week of Mon 2 Mar.');

    // It closes at 18:00 while the form is open.
    await world.travelTo('2026-03-09T22:00:00Z');
    expect(await endOf(world, '2026-W10')).toBe('expired');
    await manager.untilMessage((one) => one.buttons.includes('Report late'));
    await fillIn(modal, '10', '5', '15', '10', '0');
    expect(await modal.submit()).toMatchObject({ status: 'updated' });
    expect(words(manager.modal())).toContain('Saved, and shown as reported late.');
    expect(await endOf(world, '2026-W10')).toBe('expired');
    expect(await reportOf(world, '2026-03-02')).toMatchObject({ late: true, coaching: 5 });
    await manager.untilMessage((one) => words(one).includes('Reported late: deals 25 %'));
  });

  test('from two devices: the second corrects the first, and the same form sent again changes nothing', async () => {
    world = await startWorld({ database, now: friday, team });
    const { context } = world.application;
    const spent = { innovating: 10, coaching: 5, selling: 15, allocation: 10, everything_else: 0 };
    const given = {
      managerId: dana,
      week: '2026-03-02',
      unit: 'hours',
      minutes: new Map(),
      note: undefined,
    } as const;
    const report = (viewId: string, coaching: number) =>
      reportTime(context, workspaceId, { ...given, viewId, spent: { ...spent, coaching } });
    const outcomes = await Promise.all([report('V0PHONE', 5), report('V0PHONE', 5), report('V0LAPTOP', 6)]);
    expect(outcomes.map((one) => one.ok && one.value.outcome).toSorted()).toEqual([
      'corrected',
      'reported',
      'unchanged',
    ]);
    expect(await historyOf(world, '2026-03-02')).toHaveLength(2);
    expect(await report('V0PHONE', 5)).toMatchObject({ value: { outcome: 'unchanged' } });
    expect(await report('V0PHONE', 7)).toMatchObject({ value: { outcome: 'corrected' } });
    expect(await report('V0OTHER', 7)).toMatchObject({ value: { outcome: 'unchanged' } });
    expect(await historyOf(world, '2026-03-02')).toMatchObject([
      {},
      {},
      { revision: 3, content: { coaching: 7 } },
    ]);
    const all = await world.database.inWorkspace(workspaceId, (trx) =>
      timeReportsBetween(trx, workspaceId, { from: '2026-03-02', to: '2026-03-08' }),
    );
    expect(all).toMatchObject([{ managerId: dana, week: '2026-03-02', coaching: 7 }]);
  });

  test('together with a 1:1 that ends on Friday, in one prompt', async () => {
    world = await startWorld({ database, now: monday, team, start: false });
    const { context } = world.application;
    await sql`update cadence set rule = rule || '{"weekday": 5, "time": "14:30"}' where kind = 'one_on_one'`.execute(
      world.database.owner,
    );
    await startWorkspace(context, workspaceId);
    const manager = world.person('Dana Whitfield');
    await world.travelTo('2026-03-06T19:59:00Z');
    const before = manager.dm().length;
    await world.travelTo('2026-03-06T22:00:00Z');
    expect(manager.dm()).toHaveLength(before + 1);
    const prompt = manager.dm().at(-1);
    expect(prompt?.text).toBe('Fri 6 Mar: one 1:1 to log and one time report.');
    expect(prompt?.buttons).toEqual(expect.arrayContaining(['Log 1:1', 'Report time']));
  });
});

describe('what cannot be a week', () => {
  const wrong: [unit: 'Hours' | 'Percent', typed: string[], errors: Record<string, string>][] = [
    [
      'Percent',
      ['20', '20', '20', '20', '17'],
      { 'Everything else': 'These add up to 97 %. They have to make 100.' },
    ],
    [
      'Percent',
      ['20', '20', '20', '20', '20,06'],
      { 'Everything else': 'These add up to 100.06 %. They have to make 100.' },
    ],
    [
      'Hours',
      ['99', '60', '10', '10', '31'],
      { 'Everything else': 'These add up to 210 h. A week has 168.' },
    ],
    [
      'Hours',
      ['200', '0', '0', '0', '0'],
      { 'Unsticking deals': 'This is more than fits. Write at most 100 h.' },
    ],
    [
      'Hours',
      ['-3', 'ten', '1,000', '30 %', '5'],
      {
        'Unsticking deals': 'This is less than nothing. Write 0 or more.',
        'Developing people': 'This is not a number. Write one such as 7.5 or 7,5.',
        'With customers': 'Write two decimals at most, such as 7.5 or 7,25.',
        'Running the team': 'You chose hours, and this is in percent. Change one of the two.',
      },
    ],
    ['Percent', ['  ', '100', '0', '0', '0'], { 'Unsticking deals': 'Write a number; 0 if there was none.' }],
  ];

  test('is said field by field, nothing is mended, and what was typed is kept', async () => {
    world = await startWorld({ now: friday, team });
    const manager = world.person('Dana Whitfield');
    const modal = await openTime(manager);
    for (const [unit, typed, errors] of wrong) {
      await modal.choose('Hours or percent?', unit);
      await fillIn(modal, ...typed);
      expect((await modal.submit()).errors).toEqual(errors);
      expect(modal.value('Unsticking deals')).toBe(typed[0]);
    }
    expect(await reportOf(world, '2026-03-02')).toBeUndefined();

    await modal.press('More');
    const more = await manager.untilModal((one) => one.labels.includes('Note'));
    await more.choose('Hours or percent?', 'Percent');
    await fillIn(more, '20', '20', '20', '20', '20,04');
    await more.fill('Minutes with Sam Rivera', '1.5 hours');
    expect((await more.submit()).errors).toEqual({
      'Minutes with Sam Rivera': 'Write whole minutes from 0 to 6000, such as 45, or nothing.',
    });
    await more.clear('Minutes with Sam Rivera');
    expect(await more.submit()).toMatchObject({ status: 'updated' });
    expect(await reportOf(world, '2026-03-02')).toMatchObject({ everything_else: 20.04 });
  });

  test('a week without any of the four is kept, and compared with nothing', async () => {
    world = await startWorld({ now: friday, team });
    const manager = world.person('Dana Whitfield');
    const modal = await openTime(manager);
    await fillIn(modal, '0', '0', '0', '0', '40');
    await modal.submit();
    expect(words(manager.modal())).toContain('there is nothing to compare this time');
  });
});
