import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { changePerson } from '#services/change-person.ts';
import { findMember } from '#storage/members.ts';
import { noteNewcomer } from '#storage/newcomers.ts';
import { currentManagerOf } from '#storage/reporting.ts';
import type { Person } from '#test/person.ts';
import type { SeenModal } from '#test/person-views.ts';
import { startWorld, userId, type World } from '#test/world.ts';
import { refusals } from './inert.ts';

const zone = 'America/New_York';
const many = Array.from({ length: 20 }, (_, index) => `Rep ${String(index + 1).padStart(2, '0')}`);
const team = [
  { name: 'Ellen Park', zone, role: 'enablement' },
  { name: 'Ade Obi', zone, role: 'admin' },
  { name: 'Dana Whitfield', zone, role: 'manager' },
  { name: 'Tomas Roy', zone, role: 'manager' },
  { name: 'Sam Rivera', zone, role: 'rep', manager: 'Dana Whitfield' },
  { name: 'Ana Lima', zone, role: 'rep', manager: 'Dana Whitfield' },
  { name: 'Pat Alone', zone, role: 'rep' },
  ...many.map((name) => ({ name, zone, role: 'rep', manager: 'Tomas Roy' })),
];

let world: World;
let ellen: Person;
let ade: Person;
let dana: Person;
beforeAll(async () => {
  world = await startWorld({
    database: 'embedded',
    now: '2026-03-02T14:00:00Z',
    team,
    strangers: [{ name: 'Nora New', zone }],
  });
  // The week is planned by now.
  await world.travelTo('2026-03-02T14:05:00Z');
  ellen = world.person('Ellen Park');
  ade = world.person('Ade Obi');
  dana = world.person('Dana Whitfield');
  await inWorkspace((trx, workspaceId) =>
    noteNewcomer(trx, workspaceId, userId('Nora New'), new Date('2026-03-01T00:00:00Z')),
  );
});
beforeEach(async () => {
  for (const one of [ellen, ade, dana]) if (one.hasModal()) await one.modal().close({ all: true });
});
afterAll(async () => {
  // A list that was closed meanwhile is not brought up to date.
  const gone = /^views.update: not_found/;
  expect(refusals(world.slack.calls.list()).filter((one) => !gone.test(one))).toEqual([]);
  await world.close();
});

const inWorkspace = <T>(
  work: (trx: Parameters<typeof findMember>[0], workspaceId: string) => Promise<T>,
): Promise<T> => {
  const { workspaceId } = world.application;
  return world.database.inWorkspace(workspaceId, (trx) => work(trx, workspaceId));
};
const memberOf = (name: string) => inWorkspace((trx, id) => findMember(trx, id, userId(name)));
const managerOf = (name: string) => inWorkspace((trx, id) => currentManagerOf(trx, id, userId(name)));

const read = (modal: SeenModal): string => modal.texts.join('\n');

async function list(person: Person, typed = '/coach people'): Promise<SeenModal> {
  await person.run(typed);
  return person.untilModal((modal) => modal.title === 'People' || modal.title === 'Your team');
}

/** The list in front, once it reads like that. */
const once = (person: Person, reads: string | RegExp): Promise<SeenModal> =>
  person.untilModal((modal) => read(modal).match(reads) !== null);

async function editOf(person: Person, name: string): Promise<SeenModal> {
  await list(person, `/coach people ${name}`);
  await person.modal().press(`Edit ${name.split(' ')[0]}`);
  return person.untilModal((modal) => modal.title === name);
}

test('somebody looks through people page by page, on and back', async () => {
  const first = await list(ellen);
  expect(read(first)).toContain('1–10 of 27');
  expect(read(first)).toContain('Ade Obi');
  await first.press('Next');
  const second = await once(ellen, '11–20 of 27');
  await second.press('Next');
  const third = await once(ellen, '21–27 of 27');
  expect(third.buttons).not.toContain('Next');
  expect(read(third)).toContain('Tomas Roy');
  await third.press('Previous');
  await once(ellen, '11–20 of 27');
  await ellen.modal().press('Previous');
  expect((await once(ellen, '1–10 of 27')).buttons).not.toContain('Previous');
});

test('a name is searched with Enter, and what does not fit says what else to do', async () => {
  const modal = await list(ellen);
  await modal.fill('Search', 'riv', { enter: true });
  expect(read(await once(ellen, '1 person'))).toMatch(/Sam Rivera\W+Rep · reports to Dana Whitfield/);
  await ellen.modal().fill('Search', 'nobody at all', { enter: true });
  await once(ellen, 'Nobody fits that');
});

test('menus narrow the list, and what has to be looked at is a press away', async () => {
  await list(ellen);
  await ellen.modal().choose('Who is shown', 'Managers');
  expect(read(await once(ellen, '2 people'))).not.toContain('Sam Rivera');
  expect(ellen.modal().buttons).toEqual(expect.arrayContaining(['1 new in Slack', '1 without a manager']));
  await ellen.modal().press('1 without a manager');
  expect(read(await once(ellen, '1 person'))).toMatch(/Pat Alone\W+Rep · without a manager/);
  await ellen.modal().press('1 new in Slack');
  expect(read(await once(ellen, 'Joined Slack'))).toContain(userId('Nora New'));
});

test('one person is changed, and the list is where it was', async () => {
  const modal = await list(ellen);
  await modal.press('Next');
  await once(ellen, '11–20 of 27');
  await ellen.modal().press('Edit Rep');
  const form = await ellen.untilModal((one) => one.labels.includes('Wave'));
  const name = form.title;
  await form.choose('Wave', 'Wave 2');
  await form.choose('Segment', 'Core');
  await form.choose('Working days', 'Monday', 'Tuesday');
  await form.fill('Public holidays of', 'Deutschland');
  expect((await form.submit()).errors['Public holidays of']).toContain('not known');
  await form.fill('Public holidays of', 'germany');
  expect(await form.submit()).toMatchObject({ closed: true });
  const shown = await once(ellen, 'core · wave 2');
  expect(read(shown)).toContain('11–20 of 27');
  expect(await memberOf(name)).toMatchObject({
    wave: 2,
    segment: 'core',
    workingDays: [1, 2],
    country: 'DE',
  });
});

test('another manager is shown what moves before it is done', async () => {
  const form = await editOf(ellen, 'Sam Rivera');
  await form.choose('Manager', 'Tomas Roy');
  expect(await form.submit()).toMatchObject({ status: 'updated' });
  const asked = ellen.modal();
  expect(read(asked)).toContain(
    '*Sam Rivera* reports to *Tomas Roy* from now on, and not to Dana Whitfield any more.',
  );
  expect(read(asked)).toMatch(/things? that the former manager is still asked about them (is|are) excused/);
  expect(await managerOf('Sam Rivera')).toBe(userId('Dana Whitfield'));
  expect(await asked.submit()).toMatchObject({ closed: true });
  expect(await managerOf('Sam Rivera')).toBe(userId('Tomas Roy'));
  await once(ellen, 'reports to Tomas Roy');
});

test.each([
  ['Ana Lima', 'Ana Lima', 'Nobody is their own manager'],
  ['Ana Lima', 'Pat Alone', 'Pat Alone is not a manager here'],
])('%s does not get %s as manager', async (name, manager, why) => {
  const form = await editOf(ellen, name);
  await form.choose('Manager', manager);
  expect((await form.submit()).errors['Manager']).toContain(why);
});

test('a manager with reports keeps the role until those have another', async () => {
  const form = await editOf(ellen, 'Dana Whitfield');
  await form.choose('Roles', 'Rep');
  expect((await form.submit()).errors['Roles']).toContain('They manage Ana Lima');
  expect((await memberOf('Dana Whitfield'))?.roles).toEqual(['manager']);
});

test('of two who change one person, the second is told, and what they filled in is kept', async () => {
  const form = await editOf(ellen, 'Pat Alone');
  const { context, workspaceId } = world.application;
  const other = { personId: userId('Pat Alone'), change: { country: 'US', workStarts: '08:00' }, seen: {} };
  expect(await changePerson(context, workspaceId, userId('Ade Obi'), other)).toMatchObject({ ok: true });
  await form.fill('Public holidays of', 'France');
  await form.choose('Wave', 'Wave 3');
  expect(await form.submit()).toMatchObject({ status: 'updated' });
  const again = ellen.modal();
  expect(read(again)).toContain('somebody else has changed the country of this person meanwhile');
  expect(again.value('Public holidays of')).toBe('France');
  expect(again.value('Wave')).toBe('Wave 3');
  expect(await again.submit()).toMatchObject({ closed: true });
  expect(await memberOf('Pat Alone')).toMatchObject({ country: 'FR', wave: 3, workStarts: '08:00' });
});

test('somebody is marked away, and back', async () => {
  const form = await editOf(ellen, 'Ana Lima');
  await form.press('Mark away');
  const away = await ellen.untilModal((modal) => modal.title === 'Away');
  await away.pick('First day away', '2026-03-01');
  await away.pick('Last day away', '2026-03-06');
  expect((await away.submit()).errors['First day away']).toContain('This day is over');
  await away.pick('First day away', '2026-03-02');
  expect(await away.submit()).toMatchObject({ closed: true });
  const below = await once(ellen, /Away\W+Mon 2 Mar to Fri 6 Mar/);
  await below.press('End it');
  await ellen.untilModal((modal) => !read(modal).includes('Mon 2 Mar'));
});

test('several of several pages get a wave at once, after a look at what changes', async () => {
  await list(ellen, '/coach people rep');
  await ellen.modal().press('Change several');
  const first = await ellen.untilModal((modal) => modal.buttons.includes('Change those chosen'));
  await first.choose('Who is to be changed?', 'Rep 01', 'Rep 02');
  await first.press('Next');
  await once(ellen, '2 people chosen on other pages');
  await ellen.modal().choose('Who is to be changed?', 'Rep 12');
  await ellen.modal().press('Change those chosen');
  const form = await ellen.untilModal((modal) => modal.submitLabel === 'Preview');
  expect(read(form)).toContain('3 people chosen');
  expect((await form.submit()).errors['Segment']).toContain('Nothing is set yet');
  await form.choose('Wave', 'Wave 4');
  expect(await form.submit()).toMatchObject({ status: 'updated' });
  const preview = ellen.modal();
  expect(read(preview)).toContain('wave: none → *4* (3 people)');
  const { context, workspaceId } = world.application;
  const other = { personId: userId('Rep 01'), change: { wave: 1 }, seen: {} };
  await changePerson(context, workspaceId, userId('Ellen Park'), other);
  expect(await preview.submit()).toMatchObject({ status: 'updated' });
  expect(read(preview)).toContain('somebody else has changed one of them meanwhile');
  expect(preview.submitLabel).toBe('Change 3 people');
  expect(await preview.submit()).toMatchObject({ closed: true });
  await once(ellen, '3 people changed');
  for (const name of ['Rep 01', 'Rep 02', 'Rep 12']) expect(await memberOf(name)).toMatchObject({ wave: 4 });
  expect(await memberOf('Rep 11')).toMatchObject({ wave: null });
});

test('an admin sees everybody, and no segment and no wave', async () => {
  const modal = await list(ade, '/coach people rep 12');
  expect(read(modal)).toMatch(/Rep 12/);
  expect(read(modal)).not.toMatch(/wave 4/);
  expect(modal.labels).toEqual(['Search', 'Who is shown']);
  await modal.press('Edit Rep');
  const form = await ade.untilModal((one) => one.title === 'Rep 12');
  expect(form.labels).not.toContain('Wave');
  expect(form.labels).toContain('Roles');
});

test('a manager sees and corrects their team, and learns whom to ask for the rest', async () => {
  const modal = await list(dana);
  expect(modal.title).toBe('Your team');
  expect(read(modal)).toContain('Ana Lima');
  expect(read(modal)).not.toContain('Rep 01');
  expect(read(modal)).toContain(`Somebody is missing, or is not yours? Ask <@${userId('Ellen Park')}>`);
  await modal.press('Edit Ana');
  const form = await dana.untilModal((one) => one.title === 'Ana Lima');
  expect(form.labels).not.toContain('Roles');
  expect(form.labels).not.toContain('Manager');
  await form.choose('Segment', 'Star');
  expect(await form.submit()).toMatchObject({ closed: true });
  expect(await memberOf('Ana Lima')).toMatchObject({ segment: 'star' });
});

test('a rep, and a manager about somebody else, are told what there is instead', async () => {
  const sam = world.person('Sam Rivera');
  await sam.run('/coach people');
  expect(sam.ephemeral().at(-1)?.text).toContain('/coach privacy');
  await dana.run('/coach people @Rep 01');
  expect(dana.ephemeral().at(-1)?.text).toContain('This person is not yours to change');
  expect(dana.hasModal()).toBe(false);
});

test('what is saved after the right was lost is refused and says so', async () => {
  const form = await editOf(ade, 'Rep 05');
  await form.choose('Roles', 'Rep', 'Manager');
  const { context, workspaceId } = world.application;
  const lost = { personId: userId('Ade Obi'), change: { roles: ['rep' as const] }, seen: {} };
  expect(await changePerson(context, workspaceId, userId('Ellen Park'), lost)).toMatchObject({ ok: true });
  expect((await form.submit()).errors['Roles']).toContain('not yours to set any more');
  expect((await memberOf('Rep 05'))?.roles).toEqual(['rep']);
  await form.press('Mark away');
  await once(ade, 'This person is not yours to change');
  const refused = await inWorkspace((trx) =>
    trx.selectFrom('audit_entry').select(['actor_id', 'about_id']).where('what', '=', 'refused').execute(),
  );
  expect(refused).toContainEqual({ actor_id: userId('Ade Obi'), about_id: userId('Rep 05') });
  await changePerson(context, workspaceId, userId('Ellen Park'), { ...lost, change: { roles: ['admin'] } });
});

test('somebody new in Slack is added with a role and a manager, once', async () => {
  await list(ellen);
  await ellen.modal().press('1 new in Slack');
  await once(ellen, 'Joined Slack');
  await ellen.modal().press('Add a person');
  const form = await ellen.untilModal((modal) => modal.submitLabel === 'Add');
  await form.choose('Who', 'Sam Rivera');
  expect((await form.submit()).errors['Who']).toContain('is in Sideline already');
  await form.choose('Who', 'Nora New');
  await form.choose('Manager', 'Dana Whitfield');
  expect(await form.submit()).toMatchObject({ closed: true });
  await once(ellen, 'Nora New is added');
  expect(await managerOf('Nora New')).toBe(userId('Dana Whitfield'));
  expect(ellen.modal().buttons).not.toContain('1 new in Slack');
});
