import { afterEach, describe, expect, test } from 'vitest';
import { importPeople } from '#services/import-people.ts';
import { checkInRows, dayZeroRows } from '#storage/retention-rows.ts';
import { quickDatabase } from '#test/database.ts';
import { peopleFile, startWorld, type World } from '#test/world.ts';
import {
  checkInsAbout,
  fillBaseline,
  linesOf,
  lookBack,
  makeProgramme,
  openProgramme,
  pressOnCard,
  standing,
  team,
} from './training.ts';

let world: World;
afterEach(() => world.close());

const five = [3, 4, 4, 2, 3, 3, 5, 2, 2, 4];

describe.each(quickDatabase)('a training over eight weeks (%s)', (database) => {
  test('is asked about before and after, moves with its date, and follows a rep to a new manager', async () => {
    // A Friday; the session is on Tuesday.
    world = await startWorld({ database, now: '2026-02-27T15:00:00Z', team });
    const [ellen, dana, priya, sam, kim] = [
      'Ellen Park',
      'Dana Whitfield',
      'Priya Nair',
      'Sam Rivera',
      'Kim Osei',
    ].map((name) => world.person(name));
    if (!ellen || !dana || !priya || !sam || !kim) throw new Error('no team');

    await makeProgramme(ellen, { sessionOn: '2026-03-03', reps: ['Sam Rivera', 'Kim Osei'] });
    expect(await standing(world, 'Sam Rivera')).toBe(
      'D2 planned, D7 planned, D14 planned, D30 planned, D60 planned, D90 planned',
    );

    // Monday: the ten questions, one row for the manager, whatever the number of reps.
    await world.travelTo('2026-03-02T17:00:00Z');
    expect(linesOf(dana)).toContain('Before Winning Teach, Tue 3 Mar: 2 reps');
    expect(linesOf(dana).match(/Before Winning Teach/g)).toHaveLength(1);
    const questions = await pressOnCard(sam, 'Answer');
    await fillBaseline(questions, five);
    expect(await questions.submit()).toMatchObject({ status: 'updated' });
    const ownResult = sam.modal().texts.join('\n');
    expect(ownResult).toContain('Teach: 8 of 10, strong');
    expect(ownResult).toContain('Dana has not answered yet');
    expect(ownResult).toContain('Solving problems for customers, hard work');
    await sam.modal().close();

    const aboutKim = await pressOnCard(dana, 'Answer');
    await fillBaseline(aboutKim, [1, 1, 1, 1, 1, 1, 1, 1, 1, 1]);
    await aboutKim.submit();
    expect(dana.modal().submitLabel).toBe('Next: Sam');
    await dana.modal().submit();
    const aboutSam = await dana.untilModal((modal) => modal.title === 'Before the training');
    expect(aboutSam.value(aboutSam.labels[0] ?? '')).toBeNull();
    await fillBaseline(aboutSam, [5, 3, 3, 5, 3, 3, 5, 3, 3, 5]);
    await aboutSam.submit();
    const compared = dana.modal().texts.join('\n');
    expect(compared).toContain('Teach: Sam 8, you 6');
    expect(compared).not.toContain('hard work');
    await dana.modal().close();
    await sam.until(() => linesOf(sam).includes('Teach: you 8, your manager 6') || undefined);

    // Day 0, from the evening of the session on.
    await world.travelTo('2026-03-03T22:00:00Z');
    const detail = await openProgramme(dana);
    expect(detail.buttons).not.toContain('End it');
    await detail.press('Day 0');
    const zero = await dana.untilModal((modal) => modal.title === 'Day 0');
    await zero.choose('Sam Rivera', 'Teach', 'Tailor');
    expect(await zero.submit()).toMatchObject({ closed: true });
    await dana.modal().close();
    const shown = await world.database.inWorkspace('T0WORLD', (trx) => dayZeroRows(trx, 'T0WORLD'));
    expect(shown.filter((one) => one.shown).map(({ pillar }) => pillar)).toEqual(['teach', 'tailor']);
    expect(shown).toHaveLength(6);

    // Day 2 is the rep's alone, and done in two presses beside the choices.
    await world.travelTo('2026-03-05T17:30:00Z');
    await lookBack(sam, 'Did it unasked');
    expect(await standing(world, 'Sam Rivera')).toContain('D2 done');

    // Day 7, Tuesday: the rep; the day after, the manager about both in one row.
    await world.travelTo('2026-03-10T17:00:00Z');
    expect(linesOf(dana)).not.toContain('Day 7');
    await lookBack(sam, 'When reminded');
    expect(await standing(world, 'Sam Rivera')).toContain('D7 due');
    await world.travelTo('2026-03-11T14:00:00Z');
    expect(linesOf(dana)).toContain('Day 7 of Winning Teach: 2 reps');
    expect(linesOf(dana).match(/Day 7 of Winning Teach: (2 reps|Sam|Kim)/g)).toHaveLength(1);
    expect(linesOf(dana)).not.toContain('when reminded');
    const both = await pressOnCard(dana, 'Look back');
    expect(both.value('Sam Rivera: Teach')).toBe("Teach: haven't watched");
    expect(both.texts.join('\n')).not.toContain('when reminded');
    await both.choose('Sam Rivera: Teach', 'Teach: unasked');
    expect(await both.submit()).toMatchObject({ closed: true });
    expect(await standing(world, 'Sam Rivera')).toContain('D7 done');
    // Kim has not looked back yet.
    expect(await standing(world, 'Kim Osei')).toContain('D7 due');
    await sam.until(
      () => linesOf(sam).includes('You: Teach when reminded, Tailor when reminded') || undefined,
    );
    await sam.until(() => linesOf(sam).includes('Dana: Teach unasked') || undefined);

    // The session turns out to have been a week later: what is open moves, what is over stays.
    await world.travelTo('2026-03-12T15:00:00Z');
    const before = await openProgramme(ellen);
    await before.press('Change name or date');
    const change = await ellen.untilModal((modal) => modal.title === 'Change programme');
    await change.pick('Session', '2026-03-10');
    expect(await change.submit()).toMatchObject({ status: 'updated' });
    // Four of Sam's, and Kim's six.
    expect(ellen.modal().texts.join('\n')).toContain('10 open check-ins move with the date');
    await ellen.modal().close({ all: true });
    expect(await standing(world, 'Sam Rivera')).toBe(
      'D2 done, D7 done, D14 planned, D30 planned, D60 planned, D90 planned',
    );

    // Kim answers day 7 on its new date, and the manager's answer is there already.
    await world.travelTo('2026-03-17T14:00:00Z');
    await lookBack(kim, 'No chance');
    expect(await standing(world, 'Kim Osei')).toContain('D7 done');

    // Sam changes teams two days before day 14, after its cards were planned.
    await world.travelTo('2026-03-22T15:00:00Z');
    const moved = team.map((one) => (one.name === 'Sam Rivera' ? { ...one, manager: 'Priya Nair' } : one));
    const { context, workspaceId } = world.application;
    const client = context.slack.client(workspaceId);
    await importPeople({ ...context, client }, workspaceId, peopleFile(moved));
    await world.travelTo('2026-03-25T16:00:00Z');
    expect(linesOf(priya)).toContain('Day 14 of Winning Teach: Sam');
    expect(linesOf(dana)).toContain('Day 14 of Winning Teach: Kim');
    expect(linesOf(dana)).not.toContain('Day 14 of Winning Teach: 2 reps');
    await lookBack(sam, 'Did it unasked');
    const newManager = await pressOnCard(priya, 'Look back');
    expect(await newManager.submit()).toMatchObject({ closed: true });
    expect(await standing(world, 'Sam Rivera')).toContain('D14 done');

    // Nobody answers for Kim: after fourteen days it has expired, and what comes then is kept as late.
    await world.travelTo('2026-04-06T14:00:00Z');
    expect(await standing(world, 'Kim Osei')).toContain('D14 due');
    const late = await pressOnCard(kim, 'Look back');
    await world.travelTo('2026-04-07T14:00:00Z');
    expect(await standing(world, 'Kim Osei')).toContain('D14 expired');
    for (const label of ['Teach', 'Tailor', 'Take Control']) await late.choose(label, 'Not this time');
    expect(await late.submit()).toMatchObject({ closed: true });
    expect(await standing(world, 'Kim Osei')).toContain('D14 expired');
    const ofKim = await checkInsAbout(world, 'Kim Osei');
    expect(ofKim.filter(({ late: isLate }) => isLate).map(({ day, side }) => `${day} ${side}`)).toEqual([
      '14 rep',
    ]);

    // While day 30 can be answered, enablement sees by name who has not.
    await world.travelTo('2026-04-17T14:00:00Z');
    ellen.openHome();
    await ellen.untilHome((one) => one.texts.some((text) => text.includes('Day 30, not answered yet: ')));

    await world.travelTo('2026-04-24T14:00:00Z');
    const rows = await world.database.inWorkspace('T0WORLD', (trx) => checkInRows(trx, 'T0WORLD'));
    const ofDay = (day: number, side: string) =>
      rows
        .filter((one) => one.day === day && one.side === side && one.pillar === 'teach')
        .map(({ repId, answer }) => `${repId} ${answer}`)
        .toSorted();
    expect(ofDay(7, 'manager')).toEqual(['UKIMOSEI not_watched', 'USAMRIVERA unasked']);
    expect(ofDay(14, 'manager')).toEqual(['UKIMOSEI null', 'USAMRIVERA not_watched']);
    expect(ofDay(2, 'manager')).toEqual([]);
    expect(ofDay(2, 'rep')).toEqual(['UKIMOSEI null', 'USAMRIVERA unasked']);
  }, 180_000);
});
