import { afterEach, describe, expect, test } from 'vitest';
import { oneDatabase } from '#test/database.ts';
import type { Person } from '#test/person.ts';
import { startWorld, userId, type World } from '#test/world.ts';
import {
  debriefRevisions,
  debriefsAbout,
  fillDebrief,
  observationsAbout,
  openObserve,
  shareOnce,
  sightingsAbout,
  withMore,
  written,
} from './observing.ts';

const team = [
  { name: 'Dana', zone: 'America/New_York', role: 'manager' },
  { name: 'Sam', zone: 'America/Chicago', role: 'rep', manager: 'Dana' },
];

let world: World;
let dana: Person;
let sam: Person;
afterEach(() => world.close());

/** A Friday afternoon; the month begins with the Monday after. */
async function begin(database: 'embedded' | 'postgres' = 'postgres', now = '2026-02-27T21:00:00Z') {
  world = await startWorld({ database, now, team });
  dana = world.person('Dana');
  sam = world.person('Sam');
}

const linesOf = (person: Person): string =>
  person
    .dm()
    .flatMap(({ texts }) => texts)
    .join('\n');

describe.each(oneDatabase)('the live call of the month (%s)', (database) => {
  test('is asked for on the first working day, written after in two presses, shared, and answered in the thread', async () => {
    await begin(database);
    await world.travelTo('2026-03-02T14:00:00Z');
    const card = dana.dm().at(-1);
    expect(card?.texts.join('\n')).toContain('Sam, one live call by Tue 31 Mar');
    expect(card?.buttons).toEqual(expect.arrayContaining(['After the call', 'Plan']));

    // Two presses, beside the typing and the choices: open and share.
    await card?.press('After the call');
    const modal = await fillDebrief(await dana.untilModal());
    expect([modal.title, modal.submitLabel, modal.closeLabel]).toEqual([
      "After Sam's call",
      'Share with Sam',
      'Not now',
    ]);
    expect(await modal.submit()).toMatchObject({ closed: true });
    await dana.until(() => linesOf(dana).includes('Shared: Acme, Mon 2 Mar.') || undefined);

    const [debrief] = await debriefsAbout(world, 'Sam');
    expect(debrief).toMatchObject({
      observer_id: userId('Dana'),
      followed: 'live',
      held_on: '2026-03-02',
      late: false,
    });
    expect(await sightingsAbout(world, 'Sam')).toMatchObject([
      { pillar: 'tailor', seen: 'reminded', live: true, account: 'Acme', held_on: '2026-03-02' },
      { pillar: 'takeControl', seen: 'no_chance' },
      { pillar: 'teach', seen: 'unasked', source: 'debrief', source_id: debrief?.debrief_id },
    ]);
    expect(await observationsAbout(world, 'Sam')).toMatchObject([
      { state: 'done', occurrence_id: debrief?.occurrence_id, period: '2026-03' },
    ]);

    await world.travelTo('2026-03-02T15:00:00Z');
    const shared = await sam.untilMessage((one) =>
      one.texts.join('\n').includes('Dana listened to your call'),
    );
    const text = shared.texts.join('\n');
    expect(text).toContain('Acme, Mon 2 Mar');
    expect(text).toContain(`Worked: ${written['What worked, and why?']}`);
    expect(text).toContain(`One moment to replay: ${written['One moment to replay']}`);
    expect(text).toContain('Teach: unasked · Tailor: when reminded · Take Control: no chance');

    const thread = () =>
      sam
        .dm()
        .find(({ shown }) => shown.ts === shared.shown.ts)
        ?.thread()
        .filter(({ shown }) => shown.author.isApp) ?? [];
    const conversation = sam.session.appConversation();
    sam.session.say(conversation, 'I was afraid of the silence & left too early.', shared.shown.ts);
    const acknowledged = await sam.until(() => thread()[0]);
    expect(acknowledged.text).toBe('Kept as your answer; Dana reads it on their next card.');
    sam.session.say(conversation, 'Next time I count to five.', shared.shown.ts);
    await world.slack.settled();
    await world.travelTo('2026-03-03T14:00:00Z');
    expect(thread()).toHaveLength(1);
    expect(await debriefsAbout(world, 'Sam')).toMatchObject([
      { answer: 'I was afraid of the silence & left too early.\nNext time I count to five.' },
    ]);
    const answer = await dana.untilMessage((one) => one.texts.join('\n').includes('Sam answered'));
    expect(answer.texts.join('\n')).toContain('Next time I count to five.');
    await answer.press('Got it');
    await dana.until(() => (dana.dm().at(-1)?.buttons.includes('Got it') ? undefined : true));
  });
});

test('a recording is kept and shared, and the month still asks for a live call', async () => {
  await begin();
  await world.travelTo('2026-03-02T14:00:00Z');
  await shareOnce(dana, 'Sam', { 'How did you follow it?': 'Recording' });
  expect(await observationsAbout(world, 'Sam')).toMatchObject([{ state: 'due' }]);
  expect(await debriefsAbout(world, 'Sam')).toMatchObject([{ followed: 'recording', occurrence_id: null }]);
  expect(await sightingsAbout(world, 'Sam')).toMatchObject([
    { live: false },
    { live: false },
    { live: false },
  ]);
  await world.travelTo('2026-03-02T15:00:00Z');
  expect(linesOf(sam)).toContain('from the recording');

  // Found out to have been live: changed, with its history, it counts.
  dana.openHome();
  const home = await dana.untilHome((one) =>
    one.texts.join('\n').includes('No live call yet this month: Sam.'),
  );
  await home.press('Change');
  const modal = await dana.untilModal();
  expect(modal.value('Account')).toBe('Acme');
  await modal.choose('How did you follow it?', 'Live');
  expect(await modal.submit()).toMatchObject({ closed: true });
  const [debrief] = await debriefsAbout(world, 'Sam');
  expect(debrief).toMatchObject({ followed: 'live', late: false });
  expect(await observationsAbout(world, 'Sam')).toMatchObject([
    { state: 'done', occurrence_id: debrief?.occurrence_id },
  ]);
  expect(await debriefRevisions(world, debrief?.debrief_id ?? '')).toMatchObject([
    { revision: 1, content: { followed: 'recording' } },
    { revision: 2, content: { followed: 'live' }, saved_by: userId('Dana') },
  ]);
});

test('asked again on the tenth and fifteenth working day; after the month it is kept as logged late', async () => {
  await begin();
  const asks = async (day: string) => {
    await world.travelTo(`${day}T14:00:00Z`);
    return dana.dm().at(-1)?.texts.join('\n').includes('one live call by Tue 31 Mar') ?? false;
  };
  expect(await asks('2026-03-02')).toBe(true);
  await world.travelTo('2026-03-13T14:00:00Z');
  const before = dana.dm().length;
  expect(before).toBeGreaterThan(0);
  expect(await asks('2026-03-13')).toBe(true);
  expect(await asks('2026-03-20')).toBe(true);
  await world.travelTo('2026-04-02T14:00:00Z');
  expect(await observationsAbout(world, 'Sam')).toMatchObject([
    { state: 'expired', period: '2026-03' },
    { period: '2026-04' },
  ]);

  const more = await withMore(dana, await fillDebrief(await openObserve(dana, 'Sam')));
  await more.pick('When the call was', '2026-03-30');
  expect(await more.submit()).toMatchObject({ closed: true });
  const [march, april] = await observationsAbout(world, 'Sam');
  expect([march?.state, april?.state]).toEqual(['expired', 'due']);
  expect(await debriefsAbout(world, 'Sam')).toMatchObject([
    { late: true, occurrence_id: march?.occurrence_id },
  ]);
  await dana.until(() => linesOf(dana).includes('Logged late: Acme, Mon 30 Mar.') || undefined);
});

test('withdrawn, it is shown to nobody and no evidence, and the month stays done', async () => {
  await begin();
  await world.travelTo('2026-03-02T14:00:00Z');
  await shareOnce(dana, 'Sam');
  await world.travelTo('2026-03-02T15:00:00Z');
  await dana.until(() => dana.dm().at(-1)?.buttons.includes('Change') || undefined);
  await dana.dm().at(-1)?.press('Change');
  const modal = await dana.untilModal();
  await modal.press('Withdraw', { confirm: true });
  const told = await dana.untilModal((one) => one.texts.join('\n').includes('Withdrawn.'));
  await told.close();
  const [debrief] = await debriefsAbout(world, 'Sam');
  expect(debrief?.withdrawn_at).not.toBeNull();
  expect(await sightingsAbout(world, 'Sam')).toEqual([]);
  expect(await observationsAbout(world, 'Sam')).toMatchObject([{ state: 'done' }]);
  expect(await debriefRevisions(world, debrief?.debrief_id ?? '')).toMatchObject([
    {},
    { content: { withdrawn: true } },
  ]);
  await dana.until(
    () => linesOf(dana).includes('Stays done; what was written has been withdrawn') || undefined,
  );
  await sam.until(() => linesOf(sam).includes('Dana withdrew what they had shared') || undefined);
  expect(linesOf(sam)).not.toContain(written['One moment to replay']);
});

test('what is private stays private, and the numbers that are low are said', async () => {
  await begin();
  await world.travelTo('2026-03-02T14:00:00Z');
  const more = await withMore(dana, await fillDebrief(await openObserve(dana, 'Sam')));
  expect(more.value('What worked, and why?')).toBe(written['What worked, and why?']);
  await more.fill('How much the buyer talked, in percent', '45 %');
  await more.fill('The pitch began in minute', '9');
  await more.fill('Questions about problems', '3');
  await more.fill('Private note', 'Worried about the quarter.');
  await more.pick('Look at it again on', '2026-03-16');
  expect(await more.submit()).toMatchObject({ status: 'updated' });
  const said = dana.modal().texts.join('\n');
  expect(said).toContain('The buyer talked 45 % of the time; 60 % or more is the aim.');
  expect(said).toContain('The pitch began in minute 9; before minute 15 is early.');
  await dana.modal().close();
  expect(await debriefsAbout(world, 'Sam')).toMatchObject([
    {
      buyer_talk: 45,
      pitch_minute: 9,
      questions: { problem: 3 },
      private_note: 'Worried about the quarter.',
    },
  ]);
  await world.travelTo('2026-03-02T15:00:00Z');
  expect(linesOf(sam)).toContain('You look at it again on Mon 16 Mar.');
  sam.openHome();
  const home = await sam.untilHome((one) => one.texts.join('\n').includes('Your last call'));
  expect(`${linesOf(sam)}\n${home.texts.join('\n')}`).not.toContain('Worried');
});
