import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { changePerson } from '#services/change-person.ts';
import { startWorkspace } from '#services/start-workspace.ts';
import { findMember } from '#storage/members.ts';
import type { Person } from '#test/person.ts';
import type { SeenHome, SeenModal } from '#test/person-views.ts';
import { startWorld, userId, type World } from '#test/world.ts';
import { refusals } from './inert.ts';

const zone = 'Europe/London';
const file = [
  'email,role,manager',
  'dana.whitfield@example.test,manager,',
  'sam.rivera@example.test,rep,dana.whitfield@example.test',
  'lee.grant@example.test,enablement,',
].join('\n');

let world: World;
let ida: Person;
let sam: Person;
let lee: Person;
beforeAll(async () => {
  world = await startWorld({
    database: 'embedded',
    now: '2026-03-02T10:00:00Z',
    team: [],
    strangers: [
      { name: 'Ida Owner', zone, admin: true },
      { name: 'Dana Whitfield', zone },
      { name: 'Sam Rivera', zone },
      { name: 'Lee Grant', zone },
    ],
    channels: [{ id: 'C0COACHING', name: 'coaching' }],
    start: false,
  });
  ida = world.person('Ida Owner');
  sam = world.person('Sam Rivera');
  lee = world.person('Lee Grant');
});
afterAll(async () => {
  expect(refusals(world.slack.calls.list()).filter((one) => !one.includes('not_found'))).toEqual([]);
  await world.close();
});

const memberOf = (name: string) => {
  const { workspaceId } = world.application;
  return world.database.inWorkspace(workspaceId, (trx) => findMember(trx, workspaceId, userId(name)));
};
const noted = (what: string) => {
  const { workspaceId } = world.application;
  return world.database.inWorkspace(workspaceId, (trx) =>
    trx.selectFrom('audit_entry').select('actor_id').where('what', '=', what).execute(),
  );
};
const read = (seen: SeenHome | SeenModal): string => seen.texts.join('\n');

/** Leaves Home, and comes back to it. */
async function homeOf(person: Person, reads: string | RegExp): Promise<SeenHome> {
  person.openHome();
  return person.untilHome((home) => read(home).match(reads) !== null);
}

test('who is no admin in Slack is not offered to set it up, and is told who can', async () => {
  expect((await homeOf(sam, 'not on its list')).buttons).toEqual([]);
  await sam.run('/coach setup');
  expect(sam.ephemeral().at(-1)?.text).toContain('An admin or owner of the Slack workspace');
  expect(await memberOf('Sam Rivera')).toBeUndefined();
});

test('an admin of the Slack workspace begins, by one press, and it is in the audit trail', async () => {
  const home = await homeOf(ida, 'nobody has set it up yet');
  await home.press('Set up Sideline');
  await ida.untilHome((one) => read(one).includes('5 of 5 steps left'));
  expect((await memberOf('Ida Owner'))?.roles).toEqual(['enablement', 'admin']);
  const { workspaceId } = world.application;
  const audited = await world.database.inWorkspace(workspaceId, (trx) =>
    trx.selectFrom('audit_entry').select(['actor_id', 'what', 'detail']).execute(),
  );
  expect(audited).toEqual([
    {
      actor_id: userId('Ida Owner'),
      what: 'roles_changed',
      detail: { from: [], to: ['enablement', 'admin'] },
    },
  ]);
});

test('another one finds that somebody has it in hand', async () => {
  const home = await homeOf(sam, `<@${userId('Ida Owner')}>`);
  expect(read(home)).toContain('not on its list');
});

test('later steps wait for people, who come from a file', async () => {
  const home = await homeOf(ida, 'Waits for people: then you see');
  expect(home.buttons).not.toContain('Start');
  expect(home.buttons).not.toContain('See the first week');
  await home.press('Import people');
  const modal = await ida.untilModal((one) => one.labels.includes('People file'));
  await modal.attach('People file', {
    name: 'people.csv',
    mimetype: 'text/csv',
    base64: Buffer.from(file).toString('base64'),
  });
  await modal.submit();
  const preview = await ida.untilModal((one) => one.submitLabel === 'Apply');
  await preview.submit();
  await ida.modal().close({ all: true });
  const after = await homeOf(ida, '✓ People');
  expect(read(after)).toContain('4 people, 1 manager with a team.');
  expect(read(after)).toContain('4 of 5 steps left');
  expect(after.buttons).toContain('Start');
});

test('the defaults are looked at, one is changed, and they are kept by somebody else', async () => {
  await (await homeOf(ida, 'Defaults and words')).press('Look at the defaults');
  const modal = await ida.untilModal((one) => one.title === 'Defaults');
  await modal.press('Edit words');
  const form = await ida.untilModal((one) => one.title === 'Words');
  await form.fill('Teach', 'Challenge');
  expect(await form.submit()).toMatchObject({ closed: true });
  const again = await ida.untilModal((one) => read(one).includes('*Challenge*'));
  expect(again.title).toBe('Defaults');
  // Left here, it is open still.
  await again.close({ all: true });
  await homeOf(
    ida,
    /2\. Defaults and words\W+Mon–Fri 09:00–17:00, fiscal year from January; Challenge, Tailor/,
  );

  await (await homeOf(lee, '2. Defaults and words')).press('Look at the defaults');
  const kept = await lee.untilModal((one) => one.submitLabel === 'Keep these');
  expect(await kept.submit()).toMatchObject({ closed: true });
  await homeOf(ida, '✓ Defaults and words');
});

test('a step is refused to somebody who has lost the right, and says whom to ask', async () => {
  const home = await homeOf(lee, 'No digest|Weekly digest');
  const { context, workspaceId } = world.application;
  const by = userId('Ida Owner');
  const wish = { personId: userId('Lee Grant'), seen: {} };
  await changePerson(context, workspaceId, by, { ...wish, change: { roles: ['rep'] } });
  await home.press('No digest for now');
  const told = await lee.untilModal((one) => read(one).includes('set up by enablement and admins'));
  expect(read(told)).toContain(`<@${by}>`);
  await told.close({ all: true });
  expect(await noted('refused')).toEqual([{ actor_id: userId('Lee Grant') }]);
  await lee.untilHome((one) => !read(one).includes('Set up Sideline'));
  expect(read(await homeOf(ida, 'Weekly digest'))).toContain('3. Weekly digest');
});

test('a channel gets the digest, the week is looked at, and it starts; then all of it is gone', async () => {
  await (await homeOf(ida, '3. Weekly digest')).press('Choose a channel');
  const digest = await ida.untilModal((one) => one.labels.includes('Channel'));
  await digest.choose('Channel', 'coaching');
  await digest.submit();
  await ida.modal().close({ all: true });
  expect(read(await homeOf(ida, '✓ Weekly digest'))).toContain('Goes to <#C0COACHING>');

  await ida.home().press('See the first week');
  const week = await ida.untilModal((one) => one.title === 'Before it starts');
  await week.close({ all: true });
  expect(read(await homeOf(ida, '✓ Preview'))).toContain('1 of 5 steps left');

  await ida.home().press('Start');
  const start = await ida.untilModal((one) => one.submitLabel === 'Start');
  expect(await start.submit()).toMatchObject({ status: 'updated' });
  await ida.modal().close({ all: true });
  ida.openHome();
  await ida.untilHome((one) => !read(one).includes('Set up Sideline'));

  await ida.run('/coach settings');
  const settings = await ida.untilModal((one) => one.title === 'Settings');
  expect(read(settings)).toContain('Set up, and started on Mon 2 Mar 2026.');
});

describe('where people are known already', () => {
  let known: World;
  let ade: Person;
  beforeAll(async () => {
    known = await startWorld({
      database: 'embedded',
      now: '2026-03-02T10:00:00Z',
      team: [
        { name: 'Ade Obi', zone, role: 'admin' },
        { name: 'Dana Whitfield', zone, role: 'manager' },
        { name: 'Sam Rivera', zone, role: 'rep', manager: 'Dana Whitfield' },
      ],
      strangers: [
        { name: 'Ivo Installer', zone },
        { name: 'Olga Owner', zone, admin: true },
      ],
      start: false,
    });
    ade = known.person('Ade Obi');
  });
  afterAll(() => known.close());

  test('an admin who is not enablement declines the digest, and leaves the rest once it runs', async () => {
    const home = await homeOf(ade, 'Enablement chooses it');
    expect(read(home)).toContain('✓ People');
    await home.press('No digest for now');
    await ade.untilHome((one) => read(one).includes('3 of 5 steps left'));
    await startWorkspace(known.application.context, known.application.workspaceId);
    await (await homeOf(ade, /Runs since Mon 2 Mar, for everybody/)).press('Leave the rest as it is');
    await ade.untilHome((one) => !read(one).includes('Set up Sideline'));
    await ade.run('/coach setup');
    const told = ade.ephemeral().at(-1);
    expect(told?.texts.join('\n')).toContain('1 of 5 steps left');
  });

  test('a manager and a rep are shown nothing of it', async () => {
    for (const name of ['Dana Whitfield', 'Sam Rivera']) {
      const person = known.person(name);
      expect(read(await homeOf(person, 'To do'))).not.toContain('Set up');
      await person.run('/coach setup');
      expect(person.ephemeral().at(-1)?.text).toContain(`Ask <@${userId('Ade Obi')}>`);
    }
  });

  test('where nobody is admin any more, of those who may begin the first one does', async () => {
    const { workspaceId } = known.application;
    const { owner } = known.database;
    await owner
      .updateTable('member')
      .set({ roles: ['rep'] })
      .where('user_id', '=', userId('Ade Obi'))
      .execute();
    await owner
      .updateTable('workspace')
      .set({ installed_by: userId('Ivo Installer') })
      .where('workspace_id', '=', workspaceId)
      .execute();
    const ivo = known.person('Ivo Installer');
    const olga = known.person('Olga Owner');
    const hers = await homeOf(olga, 'nobody has set it up yet');
    const his = await homeOf(ivo, 'nobody has set it up yet');
    await his.press('Set up Sideline');
    await ivo.untilHome((one) => read(one).includes('First of all') || read(one).includes('To do'));
    await hers.press('Set up Sideline');
    const told = await olga.untilModal();
    expect(read(told)).toContain(`<@${userId('Ivo Installer')}>`);
    const rows = await owner.selectFrom('member').select(['user_id', 'roles']).execute();
    expect(rows.filter(({ roles }) => roles.includes('admin')).map((one) => one.user_id)).toEqual([
      userId('Ivo Installer'),
    ]);
  });
});
