import { afterEach, describe, expect, test } from 'vitest';
import { validateView } from '#sandbox/local-slack/blocks/validate.ts';
import { oneDatabase } from '#test/database.ts';
import type { Person } from '#test/person.ts';
import type { SeenModal } from '#test/person-views.ts';
import { holdTable } from '#test/storage/outage.ts';
import { startWorld, type TeamMember, userId, type World, type WorldOptions } from '#test/world.ts';
import { markedUp, refusals } from './inert.ts';

const team: TeamMember[] = [
  { name: 'Priya Raman', zone: 'Europe/London', role: 'enablement' },
  { name: 'Adam Stone', zone: 'Europe/London', role: 'admin' },
  { name: 'Dana Whitfield', zone: 'America/New_York', role: 'manager' },
  { name: 'Lee Grant', zone: 'Europe/Berlin', role: 'manager' },
  { name: 'Sam Rivera', zone: 'America/Chicago', role: 'rep', manager: 'Dana Whitfield' },
  { name: 'Ana Lima', zone: 'America/Chicago', role: 'rep', manager: 'Dana Whitfield' },
  { name: 'Kim Berg', zone: 'Europe/Berlin', role: 'rep', manager: 'Lee Grant' },
  { name: 'Leo Adrift', zone: 'America/Chicago', role: 'rep' },
];
const strangers = [{ name: 'Nora New', zone: 'Europe/Berlin' }];

let world: World;
afterEach(() => world.close());

/** Sunday evening in New York; nothing has been started. */
async function unstarted(options: Partial<WorldOptions> = {}): Promise<World> {
  world = await startWorld({ now: '2026-03-01T22:00:00Z', team, strangers, start: false, ...options });
  return world;
}

const shown = (modal: SeenModal): string => modal.texts.join('\n');

async function beginning(person: Person): Promise<SeenModal> {
  await person.run('/coach start');
  return person.untilModal((modal) => modal.title === 'Before it starts');
}

async function startFor(person: Person, ...managers: string[]): Promise<SeenModal> {
  let modal = await beginning(person);
  if (managers.length > 0) {
    await modal.choose('Who begins?', 'A pilot group');
    modal = await person.untilModal((one) => one.labels.includes('Their managers'));
    await modal.choose('Their managers', ...managers);
    modal = await person.untilModal((one) => !shown(one).includes('Choose managers to see'));
  }
  expect((await modal.submit()).errors).toEqual({});
  return person.untilModal((one) => one.title === 'Started');
}

/** How many messages each person got from the app, and when the first came. */
const sentTo = () =>
  world.database.inWorkspace('T0WORLD', (trx) =>
    trx
      .selectFrom('delivery')
      .select(['receiver_id', 'due_at'])
      .where('state', '=', 'delivered')
      .where('receiver_id', 'is not', null)
      .orderBy('due_at')
      .execute(),
  );

const told = (person: Person): string => person.ephemeral().at(-1)?.text ?? '';

describe.each(oneDatabase)('/coach start (%s)', (database) => {
  test('shows how it is set up and who would get what, and sends nothing before it is pressed', async () => {
    await unstarted({ database });
    const priya = world.person('Priya Raman');
    const modal = await beginning(priya);
    expect(shown(modal)).toContain('People: 2 managers, 4 reps.');
    expect(shown(modal)).toContain('Without a manager, so not coached: Leo Adrift.');
    expect(shown(modal)).toContain('Settings: the defaults.');
    expect(shown(modal)).toContain('Weekly digest: no channel chosen yet');
    expect(shown(modal)).toMatch(
      /The first week, at most\n\d+ messages to 5 people\. 3 people get nothing\./,
    );
    expect(shown(modal)).toContain('Dana Whitfield: ');
    expect(modal.texts.at(-1)).toContain('Nothing is sent before you press Start');

    await modal.choose("See one person's week", 'Sam Rivera');
    const week = await priya.untilModal((one) => one.title === "Sam's first week");
    expect(shown(week)).toContain(
      'Wed 4 Mar, 09:00, the card of the day\na question before their 1:1, Thu 5 Mar, 15:00',
    );
    await week.close();
    await world.travelTo('2026-03-06T22:00:00Z');
    expect(await sentTo()).toEqual([]);
    expect(refusals(world.slack.calls.list())).toEqual([]);
  });

  test('what was foreseen is what comes, if nothing is done meanwhile', async () => {
    await unstarted({ database });
    const priya = world.person('Priya Raman');
    const modal = await beginning(priya);
    const foreseen = shown(modal)
      .split('\n')
      .flatMap((line) => /^(.+): (\d+), the first /.exec(line)?.slice(1) ?? []);
    await modal.submit();
    const started = await priya.untilModal((one) => one.title === 'Started');
    expect(shown(started)).toContain(
      'for everybody. 2 managers and 4 reps take part. The first message goes out Mon 2 Mar, 09:00',
    );
    await world.travelTo('2026-03-08T21:59:00Z');
    const sent = await sentTo();
    const counts = team.flatMap(({ name }) => {
      const count = sent.filter((one) => one.receiver_id === userId(name)).length;
      return count === 0 ? [] : [[name, String(count)]];
    });
    const pairs = foreseen.flatMap((name, at) => (at % 2 === 0 ? [[name, foreseen[at + 1] ?? '']] : []));
    expect(pairs.toSorted()).toEqual(counts.toSorted());
  });

  test('for a pilot group asks them and their team, and for everybody later the others, too', async () => {
    await unstarted({ database });
    const priya = world.person('Priya Raman');
    const started = await startFor(priya, 'Lee Grant');
    expect(shown(started)).toContain(
      'for a pilot group: Lee Grant, with their teams. 1 manager and 1 rep take part.',
    );
    await started.close();
    await world.travelTo('2026-03-06T22:00:00Z');
    const first = new Set((await sentTo()).map((one) => one.receiver_id));
    expect(first).toEqual(new Set([userId('Lee Grant'), userId('Kim Berg')]));

    await priya.run('/coach start');
    const again = await priya.untilModal((one) => one.title === 'Start for more people');
    expect(shown(again)).toContain('for a pilot group: Lee Grant, with their teams.');
    expect(again.value('Their managers')).toEqual(['Lee Grant']);
    await again.choose('Who begins?', 'Everybody');
    const forAll = await priya.untilModal((one) => shown(one).includes('Dana Whitfield: '));
    await forAll.submit();
    await priya.untilModal((one) => shown(one).includes('for everybody. 2 managers and 4 reps take part.'));
    await world.travelTo('2026-03-13T22:00:00Z');
    const all = new Set((await sentTo()).map((one) => one.receiver_id));
    expect(all).toEqual(
      new Set(['Lee Grant', 'Kim Berg', 'Dana Whitfield', 'Sam Rivera', 'Ana Lima'].map(userId)),
    );
  });

  test('a week paused, and then one message to each, and no burst', async () => {
    await unstarted({ database });
    const adam = world.person('Adam Stone');
    await (await startFor(adam)).close();
    await world.travelTo('2026-03-09T12:00:00Z');
    await adam.run('/coach pause');
    expect(told(adam)).toContain('With Pause nothing more is sent to anybody');
    const before = (await sentTo()).length;
    await adam.ephemeral().at(-1)?.press('Pause');
    await adam.until(() => (told(adam).startsWith('Paused: ') ? true : undefined));
    await adam.ephemeral().at(-2)?.press('Pause');
    await adam.until(() => (told(adam).includes('paused already') ? true : undefined));
    await world.travelTo('2026-03-16T12:30:00Z');
    expect(await sentTo()).toHaveLength(before);

    await adam.run('/coach resume');
    expect(told(adam)).toContain('Sideline is paused since Mon 9 Mar');
    await adam.ephemeral().at(-1)?.press('Resume');
    await adam.until(() => (told(adam).startsWith('Sideline goes on.') ? true : undefined));
    await world.travelTo('2026-03-16T20:00:00Z');
    const after = (await sentTo()).slice(before).map((one) => one.receiver_id);
    expect(new Set(after).size).toBe(after.length);
    expect(after).toContain(userId('Dana Whitfield'));
  });
});

test('who may not is told who may, and nothing happens', async () => {
  await unstarted();
  for (const name of ['Sam Rivera', 'Dana Whitfield']) {
    const person = world.person(name);
    for (const word of ['start', 'pause', 'resume']) {
      await person.run(`/coach ${word}`);
      expect(told(person)).toBe(
        'Enablement and admins start, pause and resume Sideline. Ask <@UADAMSTONE> or <@UPRIYARAMAN>; nothing was changed.',
      );
    }
    expect(person.hasModal()).toBe(false);
  }
  const nora = world.person('Nora New');
  await nora.run('/coach start');
  expect(told(nora)).toContain('you are not on its list yet');
});

test('pause and resume before the start say that there is nothing to stop', async () => {
  await unstarted();
  const priya = world.person('Priya Raman');
  for (const word of ['pause', 'resume']) {
    await priya.run(`/coach ${word}`);
    expect(told(priya)).toContain('Sideline has not started here');
  }
});

test('once it runs for everybody, start says since when, and shows the week ahead', async () => {
  await unstarted();
  const priya = world.person('Priya Raman');
  await (await startFor(priya)).close();
  await world.travelTo('2026-03-09T12:00:00Z');
  await priya.run('/coach start');
  const answer = priya.ephemeral().at(-1);
  expect(answer?.text).toBe('Running since Sun 1 Mar, 22:00, for everybody.');
  await answer?.press('The week ahead');
  const week = await priya.untilModal((one) => one.title === 'The week ahead');
  expect(shown(week)).toContain('Dana Whitfield: ');
  expect(week.buttons).toEqual([]);
});

test('two who press start at once start it once, and both are told', async () => {
  await unstarted({ database: 'postgres' });
  const people = ['Priya Raman', 'Adam Stone'].map((name) => world.person(name));
  const modals = await Promise.all(people.map(beginning));
  await Promise.all(modals.map((modal) => modal.submit()));
  for (const person of people) {
    const started = await person.untilModal((one) => one.title === 'Started');
    expect(shown(started)).toContain('Running since Sun 1 Mar, 22:00, for everybody.');
  }
});

test('a pilot group of nobody, or of people who coach nobody, is refused at the field, and kept', async () => {
  await unstarted();
  const priya = world.person('Priya Raman');
  const modal = await beginning(priya);
  await modal.choose('Who begins?', 'A pilot group');
  const withPicker = await priya.untilModal((one) => one.labels.includes('Their managers'));
  await withPicker.choose('Their managers', 'Dana Whitfield', 'Sam Rivera', 'Nora New');
  expect((await withPicker.submit()).errors['Their managers']).toContain('Sam Rivera coaches nobody here');
  expect(withPicker.value('Their managers')).toEqual(['Dana Whitfield', 'Sam Rivera', 'Nora New']);
  const { started_at } = await world.database.owner
    .selectFrom('workspace')
    .select('started_at')
    .executeTakeFirstOrThrow();
  expect(started_at).toBeNull();
});

test('who is neither any more when they press start is told so', async () => {
  await unstarted();
  const modal = await beginning(world.person('Priya Raman'));
  await world.database.owner
    .updateTable('member')
    .set({ roles: ['rep'] })
    .where('name', '=', 'Priya Raman')
    .execute();
  expect((await modal.submit()).errors['Who begins?']).toContain('you are neither at the moment');
});

test('opens light while the database is slow, and is filled', async () => {
  await unstarted({ database: 'postgres' });
  const priya = world.person('Priya Raman');
  const hold = await holdTable(world.database.url ?? '', 'cadence');
  const running = priya.run('/coach start');
  const light = await priya.untilModal((modal) => modal.texts.includes('One moment…'));
  await hold.letGo();
  const filled = await priya.untilModal((modal) => modal.title === 'Before it starts');
  expect(filled.id).toBe(light.id);
  await running;
});

const hostile = [
  '<!channel> Eve',
  '*Bold* `Code`',
  'שרה Levi',
  'Turned \u202Earound',
  `Em${'🧑🏽‍🚀'.repeat(30)}`,
  `Amp${'&'.repeat(60)}`,
];
const written = [/<!/, /`Code`/, /\*Bold\*/, /[\u202A-\u202E]/];

test.each([0, 1, 8, 60])('with %i reps of hostile names the preview is what Slack takes', async (count) => {
  const reps = Array.from({ length: count }, (_, at): TeamMember => {
    const name = `${hostile[at % hostile.length]} ${at}`;
    return { name, zone: 'America/Chicago', role: 'rep', ...(at % 7 === 6 ? {} : { manager: 'Mo Ram' }) };
  });
  await unstarted({
    team: [{ name: 'Mo Ram', zone: 'America/New_York', role: 'manager+enablement' }, ...reps],
    database: 'postgres',
  });
  const mo = world.person('Mo Ram');
  const modal = await beginning(mo);
  const { title, submit, close, blocks } = modal.shown;
  expect(validateView({ type: 'modal', title, submit, close, blocks })).toEqual([]);
  if (count > 0) {
    await modal.choose("See one person's week", 'Mo Ram');
    const week = await mo.untilModal((one) => one.title === "Mo's first week");
    const { title: heading, close: label, blocks: lines } = week.shown;
    expect(validateView({ type: 'modal', title: heading, close: label, blocks: lines })).toEqual([]);
  }
  const calls = world.slack.calls.list().filter(({ kind }) => kind !== 'event');
  expect(refusals(calls)).toEqual([]);
  expect(markedUp(calls, written)).toEqual([]);
});
