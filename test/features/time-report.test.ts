import { sql } from 'kysely';
import { afterEach, describe, expect, test } from 'vitest';
import { reportTime } from '#services/report-time.ts';
import { startWorkspace } from '#services/start-workspace.ts';
import { composeHome } from '#slack/home/compose.ts';
import { timeReport } from '#slack/time-report/listeners.ts';
import { changeManager } from '#storage/reporting.ts';
import { revisionsOf } from '#storage/revisions.ts';
import { findTimeReport, timeReportsBetween } from '#storage/time-reports.ts';
import { databaseKinds } from '#test/database.ts';
import type { Person } from '#test/person.ts';
import type { SeenModal } from '#test/person-views.ts';
import { startWorld, userId, type World } from '#test/world.ts';

const team = [
  { name: 'Dana Whitfield', zone: 'America/New_York', role: 'manager' },
  { name: 'Sam Rivera', zone: 'America/New_York', role: 'rep', manager: 'Dana Whitfield' },
];

const fields = [
  'Unsticking deals',
  'Developing people',
  'With customers',
  'Running the team',
  'Everything else',
];

let world: World;
afterEach(() => world.close());

async function fillIn(modal: SeenModal, ...typed: string[]): Promise<void> {
  for (const [index, text] of typed.entries()) await modal.fill(fields[index] ?? '', text);
}

async function openTime(person: Person): Promise<SeenModal> {
  await person.run('/coach time');
  return person.untilModal();
}

const words = (seen: { texts: string[] }): string => seen.texts.join('\n');

const workspaceId = 'T0WORLD';
const dana = userId('Dana Whitfield');
const sam = userId('Sam Rivera');

const reportOf = (week: string) =>
  world.database.inWorkspace(workspaceId, (trx) => findTimeReport(trx, workspaceId, dana, week));

async function historyOf(week: string) {
  const report = await reportOf(week);
  return world.database.inWorkspace(workspaceId, (trx) =>
    revisionsOf(trx, workspaceId, { kind: 'time_report', id: report?.id ?? '' }),
  );
}

const endOf = (period: string) =>
  world.database.inWorkspace(workspaceId, async (trx) => {
    const row = await trx
      .selectFrom('occurrence')
      .select('state')
      .where('kind', '=', 'time_report')
      .where('period', '=', period)
      .executeTakeFirst();
    return row?.state;
  });

// The week of Monday, 2 March is 2026-W10; New York is five hours behind.
const monday = '2026-03-02T14:00:00Z';
const friday = '2026-03-06T20:00:00Z';

describe.each(databaseKinds)('a week is reported (%s)', (database) => {
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
    expect(await reportOf('2026-03-02')).toMatchObject({ unit: 'hours', everything_else: 4.5, late: false });
    expect(await endOf('2026-W10')).toBe('done');
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
    expect(await endOf('2026-W10')).toBe('expired');
    await manager.untilMessage((one) => one.buttons.includes('Report late'));
    await fillIn(modal, '10', '5', '15', '10', '0');
    expect(await modal.submit()).toMatchObject({ status: 'updated' });
    expect(words(manager.modal())).toContain('Saved, and shown as reported late.');
    expect(await endOf('2026-W10')).toBe('expired');
    expect(await reportOf('2026-03-02')).toMatchObject({ late: true, coaching: 5 });
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
    expect(await historyOf('2026-03-02')).toHaveLength(2);
    expect(await report('V0PHONE', 5)).toMatchObject({ value: { outcome: 'unchanged' } });
    expect(await report('V0PHONE', 7)).toMatchObject({ value: { outcome: 'corrected' } });
    expect(await report('V0OTHER', 7)).toMatchObject({ value: { outcome: 'unchanged' } });
    expect(await historyOf('2026-03-02')).toMatchObject([{}, {}, { revision: 3, content: { coaching: 7 } }]);
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
    expect(prompt?.text).toBe('Fri 6 Mar: 1 1:1 and 1 time report.');
    expect(prompt?.buttons).toEqual(expect.arrayContaining(['Log 1:1', 'Report time']));
  });
});

describe('what was said', () => {
  test('is shown and corrected, with its history; what is not shown stays', async () => {
    world = await startWorld({ now: friday, team });
    const manager = world.person('Dana Whitfield');
    const first = await openTime(manager);
    await fillIn(first, '10', '5', '15', '10', '0');
    await first.press('More');
    const more = await manager.untilModal((one) => one.labels.includes('Note'));
    expect(more.value('With customers')).toBe('15');
    await more.fill('Minutes with Sam Rivera', '45');
    await more.fill('Note', 'Two boards this week.');
    expect(await more.submit()).toMatchObject({ status: 'updated' });
    await manager.modal().close();

    await world.travelTo('2026-03-07T20:00:00Z');
    const again = await openTime(manager);
    expect(words(again)).toContain('You said this on Fri 6 Mar.');
    expect(again.value('Developing people')).toBe('5');
    await again.choose('Hours or percent?', 'Percent');
    await fillIn(again, '25', '12,5', '37.5', '25', '0');
    expect(await again.submit()).toMatchObject({ status: 'updated' });
    expect(words(manager.modal())).toContain('What you said before stays in the history.');
    expect(await historyOf('2026-03-02')).toMatchObject([
      { content: { coaching: 5, unit: 'hours', minutes: { [sam]: 45 }, note: 'Two boards this week.' } },
      { content: { coaching: 12.5, unit: 'percent', minutes: { [sam]: 45 }, note: 'Two boards this week.' } },
    ]);
    await manager.modal().close();

    // The other way round: emptied, it is gone.
    const third = await openTime(manager);
    await third.press('More');
    const open = await manager.untilModal((one) => one.labels.includes('Note'));
    expect(open.value('Minutes with Sam Rivera')).toBe('45');
    await open.clear('Minutes with Sam Rivera');
    await open.clear('Note');
    expect(await open.submit()).toMatchObject({ status: 'updated' });
    expect((await historyOf('2026-03-02')).at(-1)).toMatchObject({ content: { minutes: {}, note: null } });
  });

  test('holds minutes for each of many reps, twenty more at a press, and nothing typed is lost', async () => {
    const many = Array.from({ length: 45 }, (_, index) => ({
      name: `Rep ${String(index + 1).padStart(2, '0')}`,
      zone: 'America/New_York',
      role: 'rep',
      manager: 'Dana Whitfield',
    }));
    world = await startWorld({ now: friday, team: [...team.slice(0, 1), ...many] });
    const manager = world.person('Dana Whitfield');
    const modal = await openTime(manager);
    await fillIn(modal, '10', '5', '15', '10', '0');
    await modal.press('More');
    const first = await manager.untilModal((one) => one.labels.includes('Minutes with Rep 20'));
    expect(first.labels).not.toContain('Minutes with Rep 21');
    await first.fill('Minutes with Rep 01', '30');
    await first.press('Show 20 more');
    const second = await manager.untilModal((one) => one.labels.includes('Minutes with Rep 40'));
    await second.press('Show 5 more');
    const all = await manager.untilModal((one) => one.labels.includes('Minutes with Rep 45'));
    expect(all.buttons).not.toContain('More');
    expect(all.value('Minutes with Rep 01')).toBe('30');
    await all.fill('Minutes with Rep 45', '60');
    expect(await all.submit()).toMatchObject({ status: 'updated' });
    expect(await historyOf('2026-03-02')).toMatchObject([
      { content: { minutes: { [userId('Rep 01')]: 30, [userId('Rep 45')]: 60 } } },
    ]);
  });

  test('can be said of one of the last four weeks, also where nobody asked', async () => {
    world = await startWorld({ now: monday, team });
    await world.travelTo('2026-03-04T14:00:00Z');
    const manager = world.person('Dana Whitfield');
    const modal = await openTime(manager);
    expect(words(modal)).toContain('The week of Mon 2 Mar.');
    await fillIn(modal, '10', '5', '15', '10', '0');
    await modal.press('More');
    const more = await manager.untilModal((one) => one.labels.includes('Which week'));
    expect(more.choices('Which week')).toEqual([
      'This week, from Mon 2 Mar',
      'Last week, from Mon 23 Feb',
      'The week, from Mon 16 Feb',
      'The week, from Mon 9 Feb',
      'The week, from Mon 2 Feb',
    ]);
    await more.choose('Which week', 'The week, from Mon 16 Feb');
    const other = await manager.untilModal((one) => words(one).includes('The week of Mon 16 Feb.'));
    expect(other.value('With customers')).toBe('15');
    expect(await other.submit()).toMatchObject({ status: 'updated' });
    expect(await reportOf('2026-02-16')).toMatchObject({ occurrenceId: null, late: false, selling: 15 });
    expect(await endOf('2026-W10')).toBe('planned');
    await manager.modal().close();

    // What was saved for a week comes with the week.
    const next = await openTime(manager);
    await next.press('More');
    const chosen = await manager.untilModal((one) => one.labels.includes('Which week'));
    await chosen.choose('Which week', 'The week, from Mon 16 Feb, reported');
    const saved = await manager.untilModal((one) => words(one).includes('You said this on Wed 4 Mar.'));
    expect(saved.value('With customers')).toBe('15');
    await saved.choose('Which week', 'Last week, from Mon 23 Feb');
    const blank = await manager.untilModal((one) => words(one).includes('The week of Mon 23 Feb.'));
    expect(blank.value('With customers')).toBeNull();
  });

  test('shows a trend and asks about what is far from the reference, from the second report on', async () => {
    world = await startWorld({ now: friday, team });
    const manager = world.person('Dana Whitfield');
    const first = await openTime(manager);
    await fillIn(first, '2', '2', '20', '16', '0');
    await first.submit();
    expect(words(manager.modal())).toContain('With your next report a trend begins here.');
    expect(words(manager.modal())).not.toContain('points');
    await manager.modal().close();

    await world.travelTo('2026-03-13T20:00:00Z');
    const second = await openTime(manager);
    await fillIn(second, '2', '2', '20', '16', '0');
    await second.submit();
    const shown = words(manager.modal());
    expect(shown).toContain('2 Mar     5      5   50   40\n9 Mar     5      5   50   40');
    expect(shown).toContain('Developing people: 23 points under the reference mix over 2 weeks.');
    expect(shown).toContain('Which of these calls could a rep have led?');

    manager.openHome();
    const home = await manager.untilHome((one) => words(one).includes('9 Mar:'));
    expect(words(home)).toContain('The week of Mon 9 Mar: deals 5 %, people 5 %, customers 50 %, team 40 %.');
    expect(words(home)).toContain('Running the team: 24 points over the reference mix over 2 weeks.');
    await home.press('Report time');
    expect(words(await manager.untilModal((one) => one.submitLabel !== ''))).toContain(
      'You said this on Fri 13 Mar.',
    );
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
    expect(await reportOf('2026-03-02')).toBeUndefined();

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
    expect(await reportOf('2026-03-02')).toMatchObject({ everything_else: 20.04 });
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

describe('who reports, and who sees it', () => {
  const company = [
    { name: 'Vera Lund', zone: 'America/New_York', role: 'manager' },
    { name: 'Mara Ellis', zone: 'America/New_York', role: 'enablement' },
    { name: 'Ida Admin', zone: 'America/New_York', role: 'admin' },
    ...['Dana', 'Lee', 'Ana', 'Bo', 'Cy'].flatMap((name) => [
      { name: `${name} Whitfield`, zone: 'America/New_York', role: 'manager', manager: 'Vera Lund' },
      { name: `${name} Rep`, zone: 'America/New_York', role: 'rep', manager: `${name} Whitfield` },
    ]),
  ];
  const spent = { innovating: 10, coaching: 10, selling: 10, allocation: 10, everything_else: 0 };

  async function report(name: string, week: string): Promise<void> {
    await reportTime(world.application.context, workspaceId, {
      viewId: `${name} ${week}`,
      managerId: userId(`${name} Whitfield`),
      week,
      unit: 'hours',
      spent,
      minutes: new Map(),
      note: 'Between us.',
    });
  }

  test('only people with reports; a form does not outlive them', async () => {
    world = await startWorld({
      now: friday,
      team: [...team, { name: 'Lee Sun', zone: 'UTC', role: 'manager' }],
    });
    for (const name of ['Sam Rivera', 'Lee Sun']) {
      const person = world.person(name);
      await person.run('/coach time');
      expect((await person.untilMessage()).text).toContain('Nobody reports to you in Sideline');
    }
    const manager = world.person('Dana Whitfield');
    const modal = await openTime(manager);
    await fillIn(modal, '10', '5', '15', '10', '0');
    await world.database.inWorkspace(workspaceId, (trx) =>
      changeManager(trx, workspaceId, sam, userId('Lee Sun'), new Date('2026-03-06T20:01:00Z')),
    );
    expect((await modal.submit()).errors).toEqual({
      'Unsticking deals':
        'Not saved: nobody reports to you in Sideline any more. If that is wrong, an admin or your enablement lead can change it. Your numbers are still here.',
    });
    expect(modal.value('With customers')).toBe('15');
  });

  test("a manager's manager sees averages and no single report, enablement from five managers on", async () => {
    world = await startWorld({ now: friday, team: company });
    const [vera, mara, ida] = ['Vera Lund', 'Mara Ellis', 'Ida Admin'].map((name) => world.person(name));
    for (const name of ['Dana', 'Lee', 'Ana', 'Bo']) {
      await report(name, '2026-02-23');
      await report(name, '2026-03-02');
    }
    await report('Cy', '2026-03-02');

    vera?.openHome();
    const above = words(
      (await vera?.untilHome((one) => one.texts.includes("Your managers' time"))) ?? { texts: [] },
    );
    expect(above).toContain(
      'Dana Whitfield: deals 25 %, people 25 %, customers 25 %, team 25 %, over 2 of the last four weeks.',
    );
    expect(above).toContain('Cy Whitfield: too few reports');
    expect(above).not.toContain('Between us');

    mara?.openHome();
    const few = await mara?.untilHome((one) => one.texts.includes("Managers' time"));
    expect(words(few ?? { texts: [] })).toContain(
      'Managers with 2 reports in the last four weeks: 4. An average is shown from 5 on.',
    );
    await report('Cy', '2026-02-23');
    mara?.openHome();
    const enough = await mara?.untilHome((one) => words(one).includes('the average of 5 managers'));
    expect(words(enough ?? { texts: [] })).not.toContain('Whitfield');

    const seenBy = async (viewer: string) => {
      const personId = userId('Dana Whitfield');
      const whose = { workspaceId, personId, viewerId: userId(viewer) };
      return JSON.stringify(await composeHome(world.application.context, whose, [timeReport]));
    };
    const byVera = await seenBy('Vera Lund');
    expect(byVera).toContain('team 25 %, over 2 of the last four weeks.');
    expect(byVera).not.toMatch(/The week of|Between us|Report time/);
    expect(await seenBy('Mara Ellis')).not.toContain('deals');
    expect(await seenBy('Dana Rep')).not.toContain('deals');

    ida?.openHome();
    const admin = await ida?.untilHome();
    expect(words(admin ?? { texts: [] })).not.toContain('time');
  });
});
