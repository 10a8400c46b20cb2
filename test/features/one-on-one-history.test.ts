import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { oneDatabase } from '#test/database.ts';
import type { Person } from '#test/person.ts';
import { startWorld, type World } from '#test/world.ts';
import {
  commitmentsOf,
  fillLog,
  logOnce,
  logsAbout,
  occurrencesAbout,
  openLog,
  specific,
} from './logging.ts';

/** A rep for each test, so that none sees what another has logged. */
const reps = ['Ana', 'Bea', 'Cleo', 'Dov', 'Eli', 'Fay', 'Gus', 'Hal'];
const team = [
  { name: 'Dana', zone: 'America/New_York', role: 'manager' },
  ...reps.map((name) => ({ name, zone: 'America/Chicago', role: 'rep', manager: 'Dana' })),
];

describe.each(oneDatabase)("last time's commitment (%s)", (database) => {
  let world: World;
  let dana: Person;
  beforeAll(async () => {
    world = await startWorld({ database, now: '2026-03-02T14:00:00Z', team });
    dana = world.person('Dana');
    for (const rep of reps) await logOnce(dana, rep);
  });
  afterAll(() => world.close());

  test('is shown, and closes with what happened and how one knows', async () => {
    const modal = await openLog(dana, 'Ana');
    expect(modal.texts[0]).toBe(`Last time: ${specific}`);
    await modal.choose('What happened?', 'Did it unasked');
    await modal.choose('How do you know?', 'Heard it');
    await fillLog(modal, 'When the buyer is silent, count to five before you speak.');
    expect(await modal.submit()).toMatchObject({ closed: true });

    const [, second] = await logsAbout(world, 'Ana');
    const commitments = await commitmentsOf(world, 'Ana');
    expect(commitments).toHaveLength(2);
    expect(commitments.find(({ text }) => text === specific)).toMatchObject({
      state: 'closed',
      outcome: 'unasked',
      evidence: 'heard',
      outcome_log_id: second?.log_id,
    });
    expect(commitments.find(({ text }) => text !== specific)).toMatchObject({ state: 'open', outcome: null });
  });

  test('needs how one knows beside what happened, and the other way round', async () => {
    const modal = await fillLog(await openLog(dana, 'Bea'));
    await modal.choose('What happened?', 'When reminded');
    expect((await modal.submit()).errors).toEqual({
      'How do you know?': 'Say how you know: saw it, heard it, or were told.',
    });
    await modal.clear('What happened?');
    await modal.choose('How do you know?', 'Saw it');
    const { errors } = await modal.submit();
    expect(Object.keys(errors)).toEqual(['What happened?']);
    expect(await commitmentsOf(world, 'Bea')).toMatchObject([{ state: 'open' }]);
    await modal.close();
  });

  test('without a chance needs no more to be said', async () => {
    const modal = await fillLog(await openLog(dana, 'Cleo'));
    await modal.choose('What happened?', 'No chance yet');
    expect(await modal.submit()).toMatchObject({ closed: true });
    const closed = (await commitmentsOf(world, 'Cleo')).filter(({ state }) => state === 'closed');
    expect(closed).toMatchObject([{ outcome: 'no_chance', evidence: 'told' }]);
  });

  test('is not passed over by something new', async () => {
    const modal = await fillLog(await openLog(dana, 'Dov'), 'When they stall, ask who else decides.');
    const { errors } = await modal.submit();
    expect(Object.keys(errors)).toEqual(['What happened?']);
    expect(await logsAbout(world, 'Dov')).toHaveLength(1);
    await modal.close();
  });

  test('kept is the same one with a new date, not a second one', async () => {
    const modal = await openLog(dana, 'Eli');
    await modal.choose('Mostly about', 'A skill');
    await modal.choose('Or stay with it', "Keep last time's");
    await modal.pick('By', '2026-03-31');
    expect(await modal.submit()).toMatchObject({ closed: true });
    expect(await commitmentsOf(world, 'Eli')).toMatchObject([
      { text: specific, state: 'open', by_date: '2026-03-31' },
    ]);
    const logs = await logsAbout(world, 'Eli');
    expect(logs).toMatchObject([{ insisted: false }, { insisted: false }]);
  });

  test('kept after it was answered closes the old one and agrees on the same again', async () => {
    const modal = await openLog(dana, 'Fay');
    await modal.choose('Mostly about', 'A skill');
    await modal.choose('What happened?', 'Not this time');
    await modal.choose('How do you know?', 'Fay told me');
    await modal.choose('Or stay with it', "Keep last time's");
    expect(await modal.submit()).toMatchObject({ closed: true });
    const commitments = await commitmentsOf(world, 'Fay');
    expect(commitments.map(({ text }) => text)).toEqual([specific, specific]);
    expect(commitments.map(({ state }) => state).sort()).toEqual(['closed', 'open']);
  });

  test('is either kept or replaced, not both', async () => {
    const modal = await fillLog(await openLog(dana, 'Gus'), 'When they stall, ask who else decides.');
    await modal.choose('What happened?', 'No chance yet');
    await modal.choose('Or stay with it', "Keep last time's");
    const { errors } = await modal.submit();
    expect(Object.keys(errors)).toEqual(['Or stay with it']);
    expect(await commitmentsOf(world, 'Gus')).toMatchObject([{ text: specific, state: 'open' }]);
    await modal.close();
  });
});

describe.each(oneDatabase)('a log after its 1:1 has closed (%s)', (database) => {
  let world: World;
  afterEach(() => world.close());

  test('is kept and linked as late, and the 1:1 stays expired', async () => {
    world = await startWorld({ database, now: '2026-03-02T14:00:00Z', team: team.slice(0, 2) });
    const dana = world.person('Dana');
    await world.travelTo('2026-03-05T21:30:00Z');
    await dana.dm().at(-1)?.press('Log 1:1');
    const modal = await fillLog(await dana.untilModal());
    // The next one falls due, and closes this one, while the modal stands open.
    await world.travelTo('2026-03-12T20:00:01Z');
    expect((await occurrencesAbout(world, 'Ana')).map(({ state }) => state).slice(0, 2)).toEqual([
      'expired',
      'due',
    ]);
    expect(await modal.submit()).toMatchObject({ closed: true });

    const [first, second] = await occurrencesAbout(world, 'Ana');
    expect([first?.state, second?.state]).toEqual(['expired', 'due']);
    expect(await logsAbout(world, 'Ana')).toMatchObject([
      { occurrence_id: first?.occurrence_id, late: true },
    ]);
    const shown = await dana.untilMessage((one) => one.texts.join('\n').includes('Logged late.'));
    expect(shown.texts.join('\n')).toContain(`To try by Thu 12 Mar: ${specific}`);
  });

  test('is kept and linked as late where it had been excused, too', async () => {
    world = await startWorld({ database, now: '2026-03-02T14:00:00Z', team: team.slice(0, 2) });
    const dana = world.person('Dana');
    await world.travelTo('2026-03-02T14:30:00Z');
    const modal = await fillLog(await openLog(dana, 'Ana'));
    await world.database.inWorkspace('T0WORLD', (trx) =>
      trx
        .updateTable('occurrence')
        .set({ state: 'excused', reason: 'absent', settled_at: new Date('2026-03-02T15:00:00Z') })
        .execute(),
    );
    expect(await modal.submit()).toMatchObject({ closed: true });
    const [first] = await occurrencesAbout(world, 'Ana');
    expect(first?.state).toBe('excused');
    expect(await logsAbout(world, 'Ana')).toMatchObject([
      { occurrence_id: first?.occurrence_id, late: true },
    ]);
  });
});
