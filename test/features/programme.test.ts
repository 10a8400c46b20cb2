import { afterEach, describe, expect, test } from 'vitest';
import { endProgramme } from '#services/change-programme.ts';
import { importPeople } from '#services/import-people.ts';
import { revisionsOf } from '#storage/revisions.ts';
import type { Person } from '#test/person.ts';
import { startWorld, userId, type World, type WorldOptions } from '#test/world.ts';
import {
  checkInOccurrences,
  fillProgramme,
  linesOf,
  makeProgramme,
  openNew,
  openProgramme,
  standing,
  team,
} from './training.ts';

/** Two weeks lived day by day. */
const long = 120_000;

let world: World;
let ellen: Person;
let dana: Person;
let sam: Person;
afterEach(() => world.close());

/** A Friday afternoon. */
async function begin(more: Partial<WorldOptions> = {}): Promise<void> {
  world = await startWorld({ now: '2026-02-27T15:00:00Z', team, ...more });
  [ellen, dana, sam] = [
    world.person('Ellen Park'),
    world.person('Dana Whitfield'),
    world.person('Sam Rivera'),
  ];
}

const everything = (programmes: 'programme' | 'enrolment') =>
  world.database.inWorkspace('T0WORLD', (trx) => trx.selectFrom(programmes).selectAll().execute());

/** As a reply, or in the modal that was open by then. */
function told(person: Person, words: string): Promise<boolean> {
  const said = () => [
    ...person.ephemeral().map(({ text }) => text),
    ...(person.hasModal() ? person.modal().texts : []),
  ];
  return person.until(
    () => said().some((text) => text.includes(words)) || undefined,
    {},
    () => words,
  );
}

async function setWaves(waves: Record<string, number>): Promise<void> {
  const rows = Object.entries(waves).map(([name, wave]) => `${userId(name)},rep,${wave}`);
  const { context, workspaceId } = world.application;
  const client = context.slack.client(workspaceId);
  const file = ['slack_user_id,role,wave', ...rows].join('\n');
  const imported = await importPeople({ ...context, client }, workspaceId, file);
  if (!imported.ok) throw new Error(JSON.stringify(imported.problem));
}

describe('a new programme', () => {
  test('is shown before it is saved: who is enrolled, and what is asked when', async () => {
    await begin();
    const modal = await openNew(ellen);
    await fillProgramme(modal, { sessionOn: '2026-03-05' });
    await modal.choose('Everybody who reports to', 'Dana Whitfield');
    await modal.fill('Or paste a list', 'noor.haddad@example.test');
    expect(modal.submitLabel).toBe('Preview');
    expect(await modal.submit()).toMatchObject({ status: 'updated' });
    const preview = modal.texts.join('\n');
    expect(preview).toContain('3 reps enrolled: Kim Osei, Noor Haddad, Sam Rivera.');
    expect(preview).toContain('ten questions before the training');
    // Day 2 is a Saturday, so it is asked on Monday.
    expect(preview).toContain('Day 2, Mon 9 Mar: the rep.');
    expect(preview).toContain('Day 7, Thu 12 Mar: the rep, then the manager.');
    expect(modal.submitLabel).toBe('Save');
    expect(modal.value('Or paste a list')).toBe('noor.haddad@example.test');
    expect(await everything('programme')).toEqual([]);
    // What is changed after the preview is previewed again.
    await modal.fill('Or paste a list', '');
    expect(await modal.submit()).toMatchObject({ status: 'updated' });
    expect(modal.texts.join('\n')).toContain('2 reps enrolled: Kim Osei, Sam Rivera.');
    expect(await modal.submit()).toMatchObject({ closed: true });
    const list = await ellen.untilModal((one) => one.texts.some((text) => text.includes('2 reps')));
    expect(list.texts.join('\n')).toContain('Winning Teach');
    expect(await everything('enrolment')).toHaveLength(2);
  });

  test('whose session is past asks what is still ahead, and says what is left out', async () => {
    await begin();
    const modal = await openNew(ellen);
    await fillProgramme(modal, { sessionOn: '2026-02-16', reps: ['Sam Rivera'] });
    await modal.submit();
    const preview = modal.texts.join('\n');
    expect(preview).toContain('the ten questions before it are left out');
    expect(preview).toContain('Past already, and left out: day 2, 7.');
    await modal.submit();
    expect(await standing(world, 'Sam Rivera')).toBe('D14 planned, D30 planned, D60 planned, D90 planned');
  });

  test.each(['2024-12-01', '2028-01-01'])('on %s is a slip of the pen, and says so', async (sessionOn) => {
    await begin();
    const modal = await openNew(ellen);
    await fillProgramme(modal, { sessionOn, reps: ['Sam Rivera'] });
    expect((await modal.submit()).errors['Session']).toContain('more than a year away');
    expect(modal.value('Reps')).toEqual(['Sam Rivera']);
  });

  test('names every bad line of a pasted list with its reason, keeps it, and writes nothing', async () => {
    await begin({ strangers: [{ name: 'Una Stranger', zone: 'Europe/Berlin' }] });
    const modal = await openNew(ellen);
    await fillProgramme(modal, { sessionOn: '2026-03-05' });
    const pasted = [
      'slack_user_id,email',
      `${userId('Sam Rivera')},`,
      'nobody@example.test',
      'Sam Rivera',
      userId('Una Stranger'),
      'DANA.WHITFIELD@example.test',
      '"open quote',
    ];
    await modal.fill('Or paste a list', pasted.slice(0, 6).join('\n'));
    const { errors } = await modal.submit();
    const said = errors['Or paste a list'] ?? '';
    expect(said).toContain("Line 3: nobody@example.test is not on Sideline's list");
    expect(said).toContain('line 4: “Sam Rivera” is neither a Slack id nor an e-mail address');
    expect(said).toContain(`line 5: ${userId('Una Stranger')} is not on Sideline's list`);
    expect(said).toContain('line 6: DANA.WHITFIELD@example.test is not a rep here');
    expect(said).toContain('everything you filled in is kept');
    expect(modal.value('Or paste a list')).toBe(pasted.slice(0, 6).join('\n'));
    await modal.fill('Or paste a list', pasted.join('\n'));
    expect((await modal.submit()).errors['Or paste a list']).toContain('not readable as CSV');
    await modal.fill('Or paste a list', `${userId('Sam Rivera')}\nsam.rivera@example.test`);
    await modal.choose('Reps', 'Dana Whitfield');
    expect((await modal.submit()).errors['Reps']).toContain('Dana Whitfield is not a rep here');
    expect(await everything('programme')).toEqual([]);
    expect(await everything('enrolment')).toEqual([]);
  });

  test(
    'takes a wave, and asks nothing of the fourth',
    async () => {
      await begin();
      await setWaves({ 'Sam Rivera': 1, 'Kim Osei': 4 });
      const modal = await openNew(ellen);
      await fillProgramme(modal, { sessionOn: '2026-03-05' });
      await modal.choose('Everybody in', 'Wave 3');
      expect((await modal.submit()).errors['Everybody in']).toContain('No rep is in wave 3');
      await modal.choose('Everybody in', 'Wave 1', 'Wave 4');
      await modal.submit();
      expect(modal.texts.join('\n')).toContain('Wave 4, so nothing is asked of them: Kim Osei.');
      await modal.submit();
      expect(await standing(world, 'Kim Osei')).toBe('');
      expect((await everything('enrolment')).length).toBe(2);
      await world.travelTo('2026-03-12T20:00:00Z');
      expect(linesOf(world.person('Kim Osei'))).not.toContain('Winning Teach');
      expect(linesOf(sam)).toContain('Winning Teach');
    },
    long,
  );

  test('sent twice is one programme', async () => {
    await begin();
    const modal = await openNew(ellen);
    await fillProgramme(modal, { sessionOn: '2026-03-05', reps: ['Sam Rivera'] });
    await modal.submit();
    await Promise.all([modal.submit(), modal.submit().catch(() => undefined)]);
    expect(await everything('programme')).toHaveLength(1);
    expect(await everything('enrolment')).toHaveLength(1);
  });
});

describe('a programme that goes on', () => {
  test('is read by a manager, who sees their own reps and changes nothing', async () => {
    await begin();
    await makeProgramme(ellen, { sessionOn: '2026-03-05', reps: ['Sam Rivera', 'Noor Haddad'] });
    const detail = await openProgramme(dana);
    expect(detail.texts.join('\n')).toContain('1 rep: Sam Rivera.');
    expect(detail.texts.join('\n')).not.toContain('Noor');
    expect(detail.buttons).toEqual(['All programmes']);
    await detail.close({ all: true });
    await dana.run('/coach programme new');
    await told(dana, 'set up and changed by enablement');
    await sam.run('/coach programme');
    await told(sam, 'Yours is on your Home tab');
    sam.openHome();
    const home = await sam.untilHome((one) => one.texts.some((text) => text.includes('Your training')));
    expect(home.texts.join('\n')).toContain('Next check-in: day 2, Mon 9 Mar.');
  });

  test(
    'takes in more reps, lets one go, and ends; what is open is excused each time',
    async () => {
      await begin();
      await makeProgramme(ellen, { sessionOn: '2026-03-05', reps: ['Sam Rivera'] });
      let detail = await openProgramme(ellen);
      await detail.press('Enrol reps');
      const enrol = await ellen.untilModal((one) => one.title === 'Enrol reps');
      expect((await enrol.submit()).errors['Reps']).toContain('Choose somebody');
      await enrol.choose('Reps', 'Sam Rivera', 'Kim Osei');
      await enrol.submit();
      expect(enrol.texts.join('\n')).toContain('In it already: Sam Rivera.');
      expect(await enrol.submit()).toMatchObject({ closed: true });
      detail = await ellen.untilModal((one) => one.texts.some((text) => text.includes('2 reps: ')));

      await detail.press('Take reps out');
      const out = await ellen.untilModal((one) => one.title === 'Take reps out');
      await out.choose('Who leaves it?', 'Noor Haddad');
      expect((await out.submit()).errors['Who leaves it?']).toContain('not everybody you named is in this');
      await out.choose('Who leaves it?', 'Sam Rivera');
      expect(await out.submit()).toMatchObject({ closed: true });
      const ofSam = await checkInOccurrences(world, 'Sam Rivera');
      expect(new Set(ofSam.map(({ state, reason }) => `${state} ${reason}`))).toEqual(
        new Set(['excused withdrawn']),
      );

      // Whoever comes back is asked anew.
      await detail.press('Enrol reps');
      const again = await ellen.untilModal((one) => one.title === 'Enrol reps');
      await again.choose('Reps', 'Sam Rivera');
      await again.submit();
      await again.submit();
      expect(
        (await checkInOccurrences(world, 'Sam Rivera')).filter(({ state }) => state === 'planned'),
      ).toHaveLength(6);

      detail = await ellen.untilModal((one) => one.title === 'Winning Teach');
      await expect(detail.press('End it')).rejects.toThrow('cannot be begun again');
      await detail.press('End it', { confirm: true });
      await ellen.untilModal((one) => one.texts.some((text) => text.includes('Ended')));
      expect(await standing(world, 'Kim Osei')).toBe(
        Array.from([2, 7, 14, 30, 60, 90], (day) => `D${day} excused`).join(', '),
      );
      await world.travelTo('2026-03-20T20:00:00Z');
      expect(linesOf(sam)).not.toContain('quick look');
    },
    long,
  );

  test('is ended once; whoever comes second is told', async () => {
    await begin();
    await makeProgramme(ellen, { sessionOn: '2026-03-05', reps: ['Sam Rivera'] });
    const detail = await openProgramme(ellen);
    const { context, workspaceId } = world.application;
    const [programme] = await everything('programme');
    const given = { userId: userId('Ellen Park'), programmeId: programme?.programme_id ?? '' };
    expect(await endProgramme(context, workspaceId, given)).toMatchObject({ ok: true });
    await detail.press('End it', { confirm: true });
    await told(ellen, 'This programme was ended before. Nothing was changed.');
  });

  test('keeps what it was before it was changed; a name alone moves nothing', async () => {
    await begin();
    await makeProgramme(ellen, { sessionOn: '2026-03-05', reps: ['Sam Rivera'] });
    const detail = await openProgramme(ellen);
    await detail.press('Change name or date');
    const change = await ellen.untilModal((one) => one.title === 'Change programme');
    expect(change.value('Session')).toBe('2026-03-05');
    await change.fill('Name', 'Winning Teach again');
    expect(await change.submit()).toMatchObject({ closed: true });
    const [programme] = await everything('programme');
    const id = programme?.programme_id ?? '';
    const history = await world.database.inWorkspace('T0WORLD', (trx) =>
      revisionsOf(trx, 'T0WORLD', { kind: 'programme', id }),
    );
    expect(history.map(({ content }) => (content as { name: string }).name)).toEqual([
      'Winning Teach',
      'Winning Teach again',
    ]);
  });

  test('moved so far back that a check-in would be over excuses it, and says how many', async () => {
    await begin();
    await makeProgramme(ellen, { sessionOn: '2026-03-05', reps: ['Sam Rivera'] });
    const detail = await openProgramme(ellen);
    await detail.press('Change name or date');
    const change = await ellen.untilModal((one) => one.title === 'Change programme');
    await change.pick('Session', '2026-02-05');
    expect(await change.submit()).toMatchObject({ status: 'updated' });
    // Days 2 and 7 closed on 21 and 26 February; day 14 is open until 5 March.
    const said = ellen.modal().texts.join('\n');
    expect(said).toContain('4 open check-ins move with the date');
    expect(said).toContain('2 would have been over');
    await world.travelTo('2026-03-02T17:30:00Z');
    expect(linesOf(sam)).toContain('Day 14: a quick look');
  });

  test('records day 0 from the day of the session on, and corrects it', async () => {
    await begin();
    await makeProgramme(ellen, { sessionOn: '2026-03-02', reps: ['Sam Rivera'] });
    expect((await openProgramme(ellen)).buttons).not.toContain('Day 0');
    await ellen.modal().close({ all: true });
    await world.travelTo('2026-03-02T15:00:00Z');
    for (const ticked of [['Teach'], ['Tailor']]) {
      await (await openProgramme(ellen)).press('Day 0');
      const zero = await ellen.untilModal((one) => one.title === 'Day 0');
      await zero.choose('Sam Rivera', ...ticked);
      expect(await zero.submit()).toMatchObject({ closed: true });
      await ellen.modal().close({ all: true });
    }
    const rows = await world.database.inWorkspace('T0WORLD', (trx) =>
      trx.selectFrom('day_zero').selectAll().where('shown', '=', true).execute(),
    );
    expect(rows.map(({ pillar }) => pillar)).toEqual(['tailor']);
  });

  test('names the day of each check-in of the week on Home: the rep first, the manager after', async () => {
    await begin();
    await makeProgramme(ellen, { sessionOn: '2026-03-03', reps: ['Sam Rivera', 'Kim Osei'] });
    await world.travelTo('2026-03-02T15:00:00Z');
    sam.openHome();
    await sam.untilHome((one) =>
      one.texts.join('\n').includes('Day 2: a quick look, Winning Teach, Thu 5 Mar'),
    );
    await world.travelTo('2026-03-09T15:00:00Z');
    dana.openHome();
    await dana.untilHome((one) =>
      one.texts.join('\n').includes('Day 7 of Winning Teach: 2 reps, Wed 11 Mar'),
    );
    // A training of Friday: its day 2 is a Sunday, and so is asked next week.
    await makeProgramme(ellen, { name: 'Tailoring', sessionOn: '2026-03-13', reps: ['Sam Rivera'] });
    sam.openHome();
    const home = await sam.untilHome((one) =>
      one.texts.join('\n').includes('Next check-in: day 2, Mon 16 Mar.'),
    );
    expect(home.texts.join('\n')).toContain('Day 7: a quick look, Winning Teach, Tue 10 Mar');
    expect(home.texts.join('\n')).not.toContain('Day 2: a quick look, Tailoring');
  });

  test('asks nothing about day 0 of the fourth wave, and records nothing of them', async () => {
    await begin();
    await setWaves({ 'Kim Osei': 4, 'Noor Haddad': 4 });
    await makeProgramme(ellen, { sessionOn: '2026-02-26', reps: ['Sam Rivera', 'Kim Osei'] });
    await makeProgramme(ellen, { name: 'Apart', sessionOn: '2026-02-25', reps: ['Noor Haddad'] });
    const detail = await openProgramme(ellen);
    expect(detail.texts.join('\n')).toContain('Day 0: recorded for 0 of 1.');
    await detail.press('Day 0');
    const zero = await ellen.untilModal((one) => one.title === 'Day 0');
    expect(zero.labels).toEqual(['Sam Rivera']);
    await zero.choose('Sam Rivera', 'Teach');
    expect(await zero.submit()).toMatchObject({ closed: true });
    await ellen.untilModal((one) => one.texts.some((text) => text.includes('Day 0: recorded for 1 of 1.')));
    const rows = await world.database.inWorkspace('T0WORLD', (trx) =>
      trx.selectFrom('day_zero').select('rep_id').distinct().execute(),
    );
    expect(rows.map(({ rep_id }) => rep_id)).toEqual([userId('Sam Rivera')]);
    expect((await openProgramme(world.person('Priya Nair'), 'Apart')).buttons).not.toContain('Day 0');
    dana.openHome();
    // The Home of before stands until the one of now is made.
    await dana.untilHome((one) => {
      const text = one.texts.join('\n');
      return text.includes('2 of your reps') && !text.includes('Day 0 is not recorded');
    });
  });
});
