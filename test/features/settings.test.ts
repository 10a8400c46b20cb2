import { afterEach, expect, test } from 'vitest';
import { defaultSettings, type Settings } from '#domain/settings.ts';
import { changeSettings } from '#services/change-settings.ts';
import { currentSettings } from '#storage/settings.ts';
import { databaseKinds } from '#test/database.ts';
import type { Person } from '#test/person.ts';
import type { SeenModal } from '#test/person-views.ts';
import { holdTable } from '#test/storage/outage.ts';
import { startWorld, type World } from '#test/world.ts';
import { refusals } from './inert.ts';

const team = [
  { name: 'Mara Ellis', zone: 'Europe/Berlin', role: 'enablement' },
  { name: 'Ade Obi', zone: 'America/New_York', role: 'admin' },
  { name: 'Dana Whitfield', zone: 'America/New_York', role: 'manager' },
  { name: 'Sam Rivera', zone: 'America/Los_Angeles', role: 'rep', manager: 'Dana Whitfield' },
];

let world: World;
afterEach(() => world.close());

const start = async (database: (typeof databaseKinds)[number] = 'postgres') => {
  world = await startWorld({ database, now: '2026-03-02T14:00:00Z', team });
  return world;
};

async function settingsOf(person: Person): Promise<SeenModal> {
  await person.run('/coach settings');
  return person.untilModal((modal) => modal.title === 'Settings');
}

async function formOf(person: Person, button: string): Promise<SeenModal> {
  const list = await settingsOf(person);
  await list.press(button);
  return person.untilModal((modal) => modal.labels.length > 0);
}

const held = () => {
  const { workspaceId } = world.application;
  return world.database.inWorkspace(workspaceId, (trx) => currentSettings(trx, workspaceId));
};

const rows = async () => (await world.database.owner.selectFrom('setting').selectAll().execute()).length;

const shownIn = (modal: SeenModal): string => modal.texts.join('\n');

test.each(databaseKinds)(
  'enablement changes a setting, and everybody who may sees it and who did it (%s)',
  async (kind) => {
    await start(kind);
    const mara = world.person('Mara Ellis');
    const form = await formOf(mara, 'Edit 1:1s');
    expect(form.value('Time')).toBe('16:00');
    await form.choose('Day', 'Wednesday');
    await form.fill('A commitment closes after', '45');
    expect(await form.submit()).toMatchObject({ closed: true });

    const list = await mara.untilModal((modal) => shownIn(modal).includes('45 days'));
    expect(shownIn(list)).toContain('Day: *Wednesday* (default: Thursday)');
    expect(await held()).toEqual({ ...defaultSettings, oneOnOneWeekday: 3, commitmentClosesAfterDays: 45 });

    const ade = world.person('Ade Obi');
    const seen = await settingsOf(ade);
    expect(shownIn(seen)).toContain('A commitment closes after: *45 days* (default: 30 days)');
    await seen.press('History');
    const history = await ade.untilModal((modal) => modal.title === 'History of settings');
    expect(history.texts[0]).toBe(
      [
        '*Mara Ellis*, Mon 2 Mar 2026, 09:00',
        '1:1s · Day: Thursday → Wednesday',
        '1:1s · A commitment closes after: 30 days → 45 days',
      ].join('\n'),
    );
    expect(refusals(world.slack.calls.list())).toEqual([]);
  },
);

test('the defaults are filled in, hold once saved, and both changes stay in the history', async () => {
  await start();
  const mara = world.person('Mara Ellis');
  const form = await formOf(mara, 'Edit words');
  await form.fill('Take Control', 'Lead');
  await form.submit();

  const again = await formOf(mara, 'Edit words');
  expect(again.value('Take Control')).toBe('Lead');
  await again.press('Back to the defaults');
  const filled = await mara.untilModal((modal) => modal.value('Take Control') === 'Take Control');
  expect((await held()).pillarNames.takeControl).toBe('Lead');
  expect(await filled.submit()).toMatchObject({ closed: true });
  expect(await held()).toEqual(defaultSettings);

  const list = await settingsOf(mara);
  await list.press('History');
  const history = await mara.untilModal((modal) => modal.title === 'History of settings');
  expect(history.texts.slice(0, 2)).toEqual([
    '*Mara Ellis*, Mon 2 Mar 2026, 15:00\nWords · Take Control: Lead → Take Control (the default)',
    '*Mara Ellis*, Mon 2 Mar 2026, 15:00\nWords · Take Control: Take Control → Lead',
  ]);
});

test('every field says what it takes, and nothing is saved before all fit', async () => {
  await start();
  const mara = world.person('Mara Ellis');
  const checkIns = await formOf(mara, 'Edit check-ins');
  await checkIns.fill('Days after training', '2, seven');
  await checkIns.fill('Closes after', '100');
  await checkIns.fill('Asked again after', '2,5');
  expect((await checkIns.submit()).errors).toEqual({
    'Days after training':
      '“2, seven” does not fit here. Write whole numbers from 1 to 365, with commas between them.',
    'Closes after': '“100” does not fit here. Write a whole number from 3 to 60.',
    'Asked again after': '“2,5” does not fit here. Write a whole number from 1 to 10.',
  });
  expect(checkIns.value('Days after training')).toBe('2, seven');
  await checkIns.fill('Days after training', '30 7; 2, 7');
  await checkIns.fill('Closes after', ' 21 ');
  await checkIns.fill('Asked again after', '3');
  expect(await checkIns.submit()).toMatchObject({ closed: true });
  expect(await held()).toMatchObject({
    checkInDays: [2, 7, 30],
    checkInClosesAfterDays: 21,
    checkInAskedAgainAfterWorkingDays: 3,
  });

  const hours = await formOf(mara, 'Edit working time');
  await hours.pick('Day starts', '18:00');
  expect((await hours.submit()).errors).toEqual({
    'Day ends': 'The day starts at 18:00, so it cannot end at 17:00. Choose a later end.',
  });

  const messages = await formOf(mara, 'Edit messages');
  await messages.fill('Most to a rep in a day', '5');
  expect((await messages.submit()).errors).toEqual({
    'Most to a rep in a week': 'A week cannot hold fewer than a day: write at least 5.',
  });

  const words = await formOf(mara, 'Edit words');
  await words.fill('Tailor', 'teach');
  expect((await words.submit()).errors).toEqual({
    Tailor: 'Another pillar has this name. Give each its own.',
  });
  expect(await rows()).toBe(3);
});

test('a reference mix sums to 100, with commas or points', async () => {
  await start();
  const mara = world.person('Mara Ellis');
  const form = await formOf(mara, 'Edit time');
  await form.fill('Reference mix: innovating', '26,5');
  await form.fill('Reference mix: coaching', '27.5 %');
  expect((await form.submit()).errors).toEqual({
    'Reference mix: resource allocation':
      'The four sum to 97 %, 3 % too little. Change one so that they make 100 %.',
  });
  await form.fill('Reference mix: resource allocation', '19');
  expect(await form.submit()).toMatchObject({ closed: true });
  expect((await held()).referenceMix).toEqual({
    innovating: 26.5,
    coaching: 27.5,
    selling: 27,
    allocation: 19,
  });
});

test('a follow-up may be left out', async () => {
  await start();
  const form = await formOf(world.person('Ade Obi'), 'Edit observed calls');
  await form.clear('Asked again on working days');
  expect(await form.submit()).toMatchObject({ closed: true });
  expect((await held()).observedCallFollowUps).toEqual([]);
});

test('reps and managers are told who changes settings; somebody unknown, who can add them', async () => {
  world = await startWorld({
    now: '2026-03-02T14:00:00Z',
    team,
    strangers: [{ name: 'Nia Stone', zone: 'Europe/London' }],
  });
  for (const name of ['Dana Whitfield', 'Sam Rivera']) {
    const person = world.person(name);
    await person.run('/coach settings');
    expect(person.ephemeral().at(-1)?.text).toBe(
      'Settings are changed by enablement and admins. Ask <@UADEOBI> or <@UMARAELLIS>; nothing was changed.',
    );
    expect(person.hasModal()).toBe(false);
  }
  const nia = world.person('Nia Stone');
  await nia.run('/coach settings');
  expect(nia.ephemeral().at(-1)?.text).toContain('you are not on its list yet');
});

test('who is neither any more when they save is told so, and what they typed stays', async () => {
  await start();
  const mara = world.person('Mara Ellis');
  const form = await formOf(mara, 'Edit practice');
  await form.fill('For a rep in a week', '3');
  await world.database.owner
    .updateTable('member')
    .set({ roles: ['rep'] })
    .where('name', '=', 'Mara Ellis')
    .execute();
  expect((await form.submit()).errors).toEqual({
    'For a rep in a week':
      'Not saved: settings are changed by enablement and admins, and you are neither at the moment.',
  });
  expect(form.value('For a rep in a week')).toBe('3');
  expect(await rows()).toBe(0);
});

test('saved without a change, nothing is written', async () => {
  await start();
  const form = await formOf(world.person('Mara Ellis'), 'Edit digest');
  expect(await form.submit()).toMatchObject({ closed: true });
  expect(await rows()).toBe(0);
});

test.each(databaseKinds)(
  'one form sent several times is written once, and a late copy undoes nothing (%s)',
  async (kind) => {
    await start(kind);
    const { context, workspaceId } = world.application;
    const send = (userId: string, viewId: string, digestWeekday: number) =>
      changeSettings(context, workspaceId, { userId, viewId, wanted: { digestWeekday } });
    const together = await Promise.all([1, 2, 3].map(() => send('UMARAELLIS', 'V1', 1)));
    expect(together.map((one) => one.ok)).toEqual([true, true, true]);
    expect(await rows()).toBe(1);

    await send('UADEOBI', 'V2', 3);
    await send('UMARAELLIS', 'V1', 1);
    expect((await held()).digestWeekday).toBe(3);
    // A correction of the same form is a change of its own, and so is a form opened later.
    await send('UMARAELLIS', 'V1', 4);
    await send('UMARAELLIS', 'V3', 1);
    expect((await held()).digestWeekday).toBe(1);
    expect(await rows()).toBe(4);
  },
);

test('copies of a form that arrive at the same moment take turns', async () => {
  await start('postgres');
  const { context, workspaceId } = world.application;
  // Nothing can be added meanwhile, everything can be read.
  const hold = await holdTable(world.database.url ?? '', 'workspace');
  const copies = [1, 2, 3].map(() =>
    changeSettings(context, workspaceId, {
      userId: 'UMARAELLIS',
      viewId: 'V1',
      wanted: { digestTime: '10:00' },
    }),
  );
  await hold.untilWaiting(3);
  await hold.letGo();
  expect((await Promise.all(copies)).map((one) => one.ok)).toEqual([true, true, true]);
  expect(await rows()).toBe(1);
});

test('what does not go with what somebody else has just set is not saved', async () => {
  await start();
  const { context, workspaceId } = world.application;
  const send = (viewId: string, wanted: Partial<Settings>) =>
    changeSettings(context, workspaceId, { userId: 'UMARAELLIS', viewId, wanted });
  expect(await send('V1', { workEnds: '12:00' })).toMatchObject({ ok: true });
  expect(await send('V2', { workStarts: '13:00' })).toEqual({ ok: false, problem: { kind: 'do_not_fit' } });
  expect(await held()).toMatchObject({ workStarts: '09:00', workEnds: '12:00' });
});

test('a history longer than a page is read page by page', async () => {
  await start();
  const { context, workspaceId } = world.application;
  for (let at = 1; at <= 50; at++) {
    const wanted = { practiceClosesAfterDays: 10 + (at % 2) };
    await changeSettings(context, workspaceId, { userId: 'UMARAELLIS', viewId: `V${at}`, wanted });
  }
  const mara = world.person('Mara Ellis');
  const list = await settingsOf(mara);
  await list.press('History');
  const newest = await mara.untilModal((modal) => modal.buttons.includes('Earlier changes'));
  const first = newest.texts.length;
  await newest.press('Earlier changes');
  const earlier = await mara.untilModal((modal) => modal.texts.length < first);
  expect(shownIn(earlier)).toContain('Practice · Closes after: 7 days → 11 days');
  expect(earlier.buttons).not.toContain('Earlier changes');
});

test('two people who change one group at the same time keep what the other changed', async () => {
  await start();
  const mara = world.person('Mara Ellis');
  const ade = world.person('Ade Obi');
  const first = await formOf(mara, 'Edit practice');
  const second = await formOf(ade, 'Edit practice');
  await first.fill('Closes after', '10');
  await second.fill('For a rep in a week', '3');
  await first.submit();
  await second.submit();
  expect(await held()).toMatchObject({ practiceClosesAfterDays: 10, practicePerWeek: 3 });
});

test('while the database is slow, a form opens light on top of the list, and a saved one is found again', async () => {
  await start('postgres');
  const url = world.database.url ?? '';
  const mara = world.person('Mara Ellis');
  const list = await settingsOf(mara);
  const hold = await holdTable(url, 'setting');
  const pressing = list.press('Edit certification');
  const light = await mara.untilModal((modal) => modal.texts.includes('One moment…'));
  expect(light.title).toBe('Certification');
  expect(list.isOpen).toBe(true);
  await hold.letGo();
  const form = await mara.untilModal((modal) => modal.labels.includes('Valid for'));
  expect(form.id).toBe(light.id);
  await pressing;

  await form.fill('Valid for', '365');
  const again = await holdTable(url, 'setting');
  expect((await form.submit()).errors["Manager's rating, at least"]).toContain('could not be saved just now');
  await again.letGo();
  expect(await form.submit()).toMatchObject({ closed: true });
  expect(await rows()).toBe(1);
  await mara.untilModal((modal) => shownIn(modal).includes('Valid for: *365 days* (default: 180 days)'));
});
