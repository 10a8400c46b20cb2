import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { addPerson } from '#services/add-person.ts';
import { applyImport } from '#services/apply-import.ts';
import { changePerson } from '#services/change-person.ts';
import { erase } from '#services/erase-person.ts';
import { followPeople } from '#services/follow-people.ts';
import { noteJoined } from '#services/note-joined.ts';
import { optionalScopes, scopes } from '#services/register-workspace.ts';
import { asSlackPerson } from '#services/slack-people.ts';
import type { SlackUser } from '#services/slack-users.ts';
import { countNewcomers } from '#storage/newcomers.ts';
import type { Person } from '#test/person.ts';
import { startWorld, userId, type World } from '#test/world.ts';

const zone = 'America/New_York';
const people = {
  ellen: 'Ellen Park',
  ada: 'Ada Admin',
  dana: 'Dana Whitfield',
  lee: 'Lee Sun',
  sam: 'Sam Rivera',
  ana: 'Ana <!channel> Lima',
  kim: 'Kim Oda',
  pia: 'Pia Neu',
  tom: 'Tom Ruiz',
};

const granted: string[] = [...scopes, ...optionalScopes];

let world: World;
let ellen: Person;
beforeAll(async () => {
  world = await startWorld({
    database: 'embedded',
    now: '2026-03-04T15:00:00Z',
    team: [
      { name: people.ellen, zone, role: 'enablement+admin' },
      { name: people.ada, zone, role: 'admin' },
      { name: people.dana, zone, role: 'manager' },
      { name: people.lee, zone, role: 'manager' },
      { name: people.sam, zone, role: 'rep', manager: people.dana },
    ],
    strangers: [
      { name: people.ana, zone },
      { name: people.kim, zone },
      { name: people.pia, zone },
      { name: people.tom, zone },
    ],
    scopes: granted,
    profileFields: [
      { id: 'Xf0HOUSE', label: 'Manager of the house', type: 'text' },
      { id: 'Xf0BUDDY', label: 'Buddy', type: 'user' },
      { id: 'Xf0BOSS', label: 'Manager', type: 'user' },
    ],
    userGroups: [
      { id: 'S0REPS', name: 'Sales reps', handle: 'reps', users: [userId(people.ana), userId(people.kim)] },
    ],
  });
  ellen = world.person(people.ellen);
  // What is due this week is planned, so that there is something to move.
  await world.travelTo('2026-03-04T15:05:00Z');
});
afterAll(() => world.close());
beforeEach(async () => {
  for (const name of [people.ellen, people.ada]) {
    const person = world.person(name);
    if (person.hasModal()) await person.modal().close({ all: true });
  }
  await world.travelTo(new Date(world.clock.now() + 60_000).toISOString());
});

const csv = (text: string, name = 'people.csv') => ({
  name,
  mimetype: 'text/csv',
  base64: Buffer.from(text).toString('base64'),
});
const read = (person: Person): string => person.modal().texts.join('\n');

async function preview(person: Person, text: string): Promise<void> {
  await person.run('/coach import');
  const modal = await person.untilModal(({ labels }) => labels.includes('People file'));
  await modal.attach('People file', csv(text));
  await modal.submit();
  await person.untilModal(
    ({ texts, labels }) => !labels.includes('People file') && !/^Reading/.test(texts[0] ?? ''),
  );
}

const inWorkspace = <T>(work: Parameters<typeof world.database.inWorkspace<T>>[1]): Promise<T> =>
  world.database.inWorkspace('T0WORLD', work);
const members = () =>
  inWorkspace((trx) =>
    trx.selectFrom('member').select(['user_id', 'roles', 'wave', 'segment']).orderBy('name').execute(),
  );
const managerOf = (name: string) =>
  inWorkspace(async (trx) => {
    const row = await trx
      .selectFrom('reporting')
      .select('manager_id')
      .where('rep_id', '=', userId(name))
      .where('until', 'is', null)
      .executeTakeFirst();
    return row?.manager_id;
  });

describe('a people file in Slack', () => {
  test('is shown before it is applied, and applied once', async () => {
    const before = await members();
    await preview(
      ellen,
      [
        'slack_user_id,role,manager,wave',
        `${userId(people.sam)},rep,${userId(people.lee)},2`,
        `${userId(people.ana)},rep,${userId(people.lee)},`,
      ].join('\n'),
    );
    const shown = read(ellen);
    expect(shown).toContain('This would change: 1 added, 1 changed, 2 with another manager, 0 as they are.');
    expect(shown).toContain('• Ana <!channel> Lima: rep');
    // Ellen, Ada, Dana and Lee.
    expect(shown).toContain('4 people known to Sideline are not in the file; they stay as they are.');
    expect(shown).toContain('• Sam Rivera: wave none → 2');
    expect(shown).toMatch(/• Sam Rivera: Dana Whitfield → Lee Sun; \d+ open (is|are) excused/);
    // What somebody is called is never mark-up.
    expect(JSON.stringify(ellen.modal().shown.blocks)).not.toContain('mrkdwn');
    expect(await members()).toEqual(before);

    await ellen.modal().submit();
    expect(read(ellen)).toContain('Done: 1 added, 1 changed, 2 with another manager, 0 as they were.');
    // Slack sends a form again whose answer was lost.
    const kept = await inWorkspace((trx) =>
      trx.selectFrom('people_import').selectAll().executeTakeFirstOrThrow(),
    );
    expect(kept).toMatchObject({ state: 'applied', wanted: null });
    const again = { userId: userId(people.ellen), importId: kept.import_id, digest: kept.digest };
    expect(await applyImport(world.application.context, 'T0WORLD', again)).toMatchObject({
      ok: true,
      value: { added: 1, updated: 1 },
    });
    expect(await managerOf(people.sam)).toBe(userId(people.lee));
    const audited = await inWorkspace((trx) =>
      trx.selectFrom('audit_entry').selectAll().where('actor_id', '=', userId(people.ellen)).execute(),
    );
    expect(audited).toMatchObject([{ what: 'people_imported', detail: { source: 'file', added: 1 } }]);
  });

  test('that changes nothing has nothing to apply', async () => {
    await preview(ellen, `slack_user_id,role\n${userId(people.dana)},manager`);
    expect(read(ellen)).toContain('Nothing would change');
    expect(ellen.modal().shown.submit).toBeNull();
  });

  test('with bad lines names each kind of mistake with its lines, up to twenty kinds', async () => {
    const before = await members();
    const rows = Array.from({ length: 23 }, () => 'U0NOBODY1,boss');
    await preview(ellen, ['slack_user_id,role', ...rows].join('\n'));
    expect(read(ellen)).toContain('Nothing was changed.');
    expect(read(ellen)).toContain('• lines 2, 3, 4, 5, 6, 7 and 17 more: role "boss" is not known');
    await ellen.modal().close({ all: true });
    const others = Array.from({ length: 23 }, (_, index) => `U0NOBODY1,boss${index}`);
    await preview(ellen, ['slack_user_id,role', ...others].join('\n'));
    expect(read(ellen)).toContain('• line 21: role "boss19" is not known');
    expect(read(ellen)).not.toContain('line 22');
    expect(read(ellen)).toContain('… and 3 more');
    expect(await members()).toEqual(before);
  });

  test('that is too large, or in another encoding, says so', async () => {
    await preview(ellen, `slack_user_id,role\n${' '.repeat(5_000_001)}`);
    expect(read(ellen)).toContain('larger than 5 MB');
    await ellen.modal().close({ all: true });
    await ellen.run('/coach import');
    const modal = await ellen.untilModal();
    const latin = Buffer.from('slack_user_id,role\nU0J\xfcrgen,rep', 'latin1').toString('base64');
    await modal.attach('People file', { ...csv(''), base64: latin });
    await modal.submit();
    expect(read(ellen)).toContain('not in UTF-8');
    await ellen.modal().close({ all: true });
    await preview(ellen, 'PK\x03\x04\x14');
    expect(read(ellen)).toContain('This is a spreadsheet.');
  });

  test('is not applied over what has changed since it was shown: that is shown first', async () => {
    await preview(ellen, `slack_user_id,role,wave\n${userId(people.sam)},rep,3`);
    const { context } = world.application;
    const changed = await changePerson(context, 'T0WORLD', userId(people.ellen), {
      personId: userId(people.sam),
      change: { wave: 4 },
      seen: {},
    });
    expect(changed).toMatchObject({ ok: true });
    await ellen.modal().submit();
    expect(read(ellen)).toContain('Not applied: something has changed since you saw it.');
    expect(read(ellen)).toContain('wave 4 → 3');
    await ellen.modal().submit();
    expect(read(ellen)).toContain('Done: 0 added, 1 changed');
  });

  test('is refused to who lost the right meanwhile, and to everybody else', async () => {
    const ada = world.person(people.ada);
    await preview(ada, `slack_user_id,role,wave,segment\n${userId(people.sam)},rep,1,low`);
    // An admin is not shown the tier that somebody has.
    expect(read(ada)).toContain('• Sam Rivera: segment changes; wave changes');
    const { context } = world.application;
    const wish = { personId: userId(people.ada), change: { roles: ['rep' as const] }, seen: {} };
    expect(await changePerson(context, 'T0WORLD', userId(people.ellen), wish)).toMatchObject({ ok: true });
    const before = await members();
    await ada.modal().submit();
    expect(read(ada)).toContain('for enablement and admins');
    expect(await members()).toEqual(before);
    await world.person(people.sam).run('/coach import');
    expect(world.person(people.sam).ephemeral().at(-1)?.text).toContain('for enablement and admins');
    expect(world.person(people.sam).hasModal()).toBe(false);
  });
});

describe('what is missing', () => {
  const tick = 'Fill in what is missing from Slack profiles';
  const label = 'Start dates and managers that are missing';

  test('is filled in from Slack profiles where that is chosen, and told so', async () => {
    const [pia, tom, lee] = [userId(people.pia), userId(people.tom), userId(people.lee)];
    world.slack.changeUser(pia, {
      startDate: '2025-09-01',
      profileFields: { Xf0BOSS: lee, Xf0BUDDY: userId(people.sam), Xf0HOUSE: 'Pia' },
    });
    // Sam is nobody's manager.
    world.slack.changeUser(tom, { profileFields: { Xf0BOSS: userId(people.sam) } });
    await ellen.run('/coach import');
    const modal = await ellen.untilModal(({ labels }) => labels.includes('People file'));
    await modal.attach(
      'People file',
      csv(`slack_user_id,role,start_date\n${pia},rep,\n${tom},rep,2024-02-01\n${lee},manager,2020-01-02`),
    );
    await modal.choose(label, tick);
    await modal.submit();
    await ellen.untilModal(({ texts }) => texts.join('').includes('This would change'));
    const shown = read(ellen);
    expect(shown).toContain('• Pia Neu: rep; start date 2025-09-01 (from their Slack profile)');
    expect(shown).toContain('• Pia Neu: nobody → Lee Sun (from their Slack profile)');
    expect(shown).toContain('• Lee Sun: start date none → 2020-01-02');
    expect(shown).not.toContain('2020-01-02 (from');
    expect(shown).toContain('3 Slack profiles read. 1 of them names as manager somebody who is none here');
    await ellen.modal().submit();
    expect(read(ellen)).toContain('Done: 2 added');
    expect(await managerOf(people.pia)).toBe(lee);
    expect(await managerOf(people.tom)).toBeUndefined();

    // What is known is not looked up again.
    const calls = () =>
      world.slack.calls.list().filter(({ method }) => method === 'users.profile.get').length;
    const before = calls();
    await ellen.modal().close({ all: true });
    await ellen.run('/coach import');
    const again = await ellen.untilModal(({ labels }) => labels.includes('People file'));
    await again.attach('People file', csv(`slack_user_id,role\n${pia},rep`));
    await again.choose(label, tick);
    await again.submit();
    await ellen.untilModal(({ texts }) => texts.join('').includes('Nothing would change'));
    expect(calls()).toBe(before);
  });

  test('is not looked up without the scope, which the form names', async () => {
    granted.splice(granted.indexOf('users.profile:read'), 1);
    await ellen.run('/coach import');
    const modal = await ellen.untilModal(({ labels }) => labels.includes('People file'));
    expect(modal.labels).not.toContain(label);
    expect(modal.texts.join(' ')).toContain('needs the scope users.profile:read');
    granted.push('users.profile:read');
  });
});

test('a user group adds a role to its members, and what else was chosen', async () => {
  await ellen.run('/coach import');
  await (await ellen.untilModal()).press('Take a user group instead');
  const modal = await ellen.untilModal(({ labels }) => labels.includes('User group'));
  await modal.choose('User group', 'Sales reps (@reps)');
  await modal.choose('Wave', '1');
  await modal.submit();
  expect(read(ellen)).toContain('This would change: 1 added, 1 changed');
  expect(read(ellen)).toContain('• Kim Oda: rep');
  await ellen.modal().submit();
  expect(read(ellen)).toContain('Done: 1 added');
  expect((await members()).filter(({ wave }) => wave === 1).map(({ user_id }) => user_id)).toEqual([
    userId(people.ana),
    userId(people.kim),
  ]);
});

test('somebody who joins Slack gets no message; they are counted for whoever imports people', async () => {
  const newcomers = () => inWorkspace((trx) => countNewcomers(trx, 'T0WORLD'));
  world.slack.addUser({
    id: 'U0NEW',
    name: 'new',
    realName: 'New Person',
    email: 'new@example.test',
    tz: zone,
  });
  await expect.poll(newcomers).toBe(1);
  world.slack.changeUser('U0NEW', { deleted: true });
  await expect.poll(newcomers).toBe(0);
  expect(world.slack.person('U0NEW').appMessages()).toEqual([]);
});

test('a profile that changes moves what is planned; a status of vacation is an absence', async () => {
  const due = () =>
    inWorkspace(async (trx) => {
      const row = await trx
        .selectFrom('cadence')
        .select('next_due_at')
        .where('kind', '=', 'time_report')
        .where('asked_id', '=', userId(people.lee))
        .where('ended_at', 'is', null)
        .executeTakeFirst();
      return row?.next_due_at?.toISOString();
    });
  const before = await due();
  world.slack.changeUser(userId(people.lee), { tz: 'America/Los_Angeles', statusEmoji: ':palm_tree:' });
  await expect.poll(due).not.toBe(before);
  const away = () =>
    inWorkspace(async (trx) => {
      const rows = await trx.selectFrom('absence').selectAll().where('withdrawn_at', 'is', null).execute();
      return rows.map(({ member_id, source }) => `${member_id} ${source}`);
    });
  await expect.poll(away).toEqual([`${userId(people.lee)} status`]);
});

test('whoever was erased comes back only by a file of which that is said', async () => {
  const { context } = world.application;
  const kim = userId(people.kim);
  const isThere = async () => (await members()).some(({ user_id }) => user_id === kim);
  expect(await erase(context, 'T0WORLD', kim, 'operator')).toMatchObject({ ok: true });

  await preview(ellen, `slack_user_id,role\n${kim},rep`);
  expect(read(ellen)).toContain('Nothing was changed.');
  expect(read(ellen)).toContain(`• line 2: ${kim} was erased on 2026-03-04; an import that says`);
  await ellen.modal().close({ all: true });

  await ellen.run('/coach import');
  await (await ellen.untilModal()).press('Take a user group instead');
  const group = await ellen.untilModal(({ labels }) => labels.includes('User group'));
  await group.choose('User group', 'Sales reps (@reps)');
  await group.submit();
  expect(read(ellen)).toContain('1 left out, who get no messages: guests, bots, deactivated or erased.');
  expect(read(ellen)).toContain('Nothing would change');
  await ellen.modal().close({ all: true });

  const client = context.slack.client('T0WORLD');
  const toAdd = { personId: kim, roles: ['rep' as const], managerId: undefined };
  expect(await addPerson({ ...context, client }, 'T0WORLD', userId(people.ellen), toAdd)).toMatchObject({
    ok: false,
    problem: { kind: 'refused', reasons: [expect.stringContaining('was erased on 2026-03-04')] },
  });
  const { user } = await client.users.info({ user: kim });
  const joined = asSlackPerson(user as SlackUser);
  if (joined === undefined) throw new Error('Slack knows nobody of that id');
  await noteJoined(context, 'T0WORLD', joined);
  await followPeople(context, 'T0WORLD', [{ ...joined, name: 'Kim again' }]);
  expect(await inWorkspace((trx) => countNewcomers(trx, 'T0WORLD'))).toBe(0);
  expect(await isThere()).toBe(false);

  await ellen.run('/coach import');
  const modal = await ellen.untilModal(({ labels }) => labels.includes('People file'));
  await modal.attach('People file', csv(`slack_user_id,role\n${kim},rep`));
  await modal.choose('People in it who were erased', 'Take them in again');
  await modal.submit();
  await ellen.untilModal((one) => one.texts.join('').includes('This would change: 1 added'));
  await ellen.modal().submit();
  expect(read(ellen)).toContain('Done: 1 added');
  expect(await isThere()).toBe(true);
});

test('the nightly look at Slack runs by itself', async () => {
  await world.application.peopleSweep.tick();
  await inWorkspace((trx) =>
    trx.updateTable('member').set({ name: 'Somebody' }).where('user_id', '=', userId(people.kim)).execute(),
  );
  await inWorkspace((trx) =>
    trx
      .updateTable('people_sweep')
      .set({ due_at: new Date(0) })
      .execute(),
  );
  await world.application.peopleSweep.tick();
  const kim = await inWorkspace((trx) =>
    trx.selectFrom('member').select('name').where('user_id', '=', userId(people.kim)).executeTakeFirst(),
  );
  expect(kim?.name).toBe(people.kim);
});
