import { afterEach, describe, expect, test } from 'vitest';
import { reportTime } from '#services/report-time.ts';
import { composeHome } from '#slack/home/compose.ts';
import { timeReport } from '#slack/time-report/listeners.ts';
import { changeManager } from '#storage/reporting.ts';
import { startWorld, userId, type World } from '#test/world.ts';
import {
  endOf,
  fillIn,
  friday,
  historyOf,
  monday,
  openTime,
  reportOf,
  sam,
  team,
  words,
  workspaceId,
} from './reporting-time.ts';

let world: World;
afterEach(() => world.close());

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
    expect(words(manager.modal())).toContain('What you said before is kept, and counts no more.');
    expect(await historyOf(world, '2026-03-02')).toMatchObject([
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
    expect((await historyOf(world, '2026-03-02')).at(-1)).toMatchObject({
      content: { minutes: {}, note: null },
    });
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
    expect(await historyOf(world, '2026-03-02')).toMatchObject([
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
    expect(await reportOf(world, '2026-02-16')).toMatchObject({
      occurrenceId: null,
      late: false,
      selling: 15,
    });
    expect(await endOf(world, '2026-W10')).toBe('planned');
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
    const enough = await mara?.untilHome((one) => words(one).includes('Average of 5 managers'));
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
