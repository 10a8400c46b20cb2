import { ErrorCode } from '@slack/web-api';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { changeSettings } from '#services/change-settings.ts';
import { endAbsence, setAbsence } from '#services/set-absence.ts';
import { takeCall } from '#services/slack-calls.ts';
import { claimDueSweep, scheduleSweeps, sweepPeople } from '#services/sweep-people.ts';
import { noteCalls } from '#storage/slack-limits.ts';
import { openTestDatabase, type TestDatabase } from '#test/database.ts';
import { slackApp } from '#test/world.ts';
import { singleWorkspaceApi } from '../../src/web-api.ts';
import { type Office, openOffice, person, workspaceId } from './office.ts';

const users = [
  ...['Eva', 'Dana', 'Lee', 'Sam', 'Ana', 'Pat'].map((name) => person(name)),
  person('Guest', { isRestricted: true }),
];

let database: TestDatabase;
let office: Office;
beforeAll(async () => {
  database = await openTestDatabase('embedded');
});
beforeEach(async () => {
  office = await openOffice(database, users);
  const imported = await office.import(
    'U0EVA,,enablement,,,,,',
    'U0DANA,,manager,U0LEE,,,,',
    'U0LEE,,manager,,,,,',
    'U0SAM,,rep,U0DANA,,,,',
    'U0ANA,,rep,U0DANA,,,,',
  );
  expect(imported).toMatchObject({ ok: true });
});
afterEach(() => office.close());
afterAll(() => database.close());

const client = () => singleWorkspaceApi(office.slack.apiUrl, slackApp.botToken).client('');
const atNight = (): void => office.clock.travelTo(office.clock.now() + 24 * 60 * 60_000);

/** Everything that events would have told is noticed here, since nobody listens to events. */
async function sweep() {
  await scheduleSweeps(office.context);
  atNight();
  const claimed = await claimDueSweep(office.context);
  if (claimed === undefined) throw new Error('no sweep was due');
  return sweepPeople(office.context, client(), claimed);
}

const lines = () =>
  database.inWorkspace(workspaceId, async (trx) => {
    const rows = await trx
      .selectFrom('reporting')
      .select(['rep_id', 'manager_id'])
      .where('until', 'is', null)
      .execute();
    return rows.map(({ rep_id, manager_id }) => `${rep_id} ${manager_id}`).toSorted();
  });
const member = (id: string) =>
  database.inWorkspace(workspaceId, (trx) =>
    trx.selectFrom('member').selectAll().where('user_id', '=', id).executeTakeFirstOrThrow(),
  );
const absences = (id = 'U0SAM') =>
  database.inWorkspace(workspaceId, async (trx) => {
    const rows = await trx
      .selectFrom('absence')
      .select(['first_day', 'last_day', 'source'])
      .where('member_id', '=', id)
      .where('withdrawn_at', 'is', null)
      .orderBy('first_day')
      .execute();
    return rows.map((row) => `${row.first_day} ${row.last_day} ${row.source}`);
  });
const team = ['U0ANA U0DANA', 'U0DANA U0LEE', 'U0SAM U0DANA'];

describe('the nightly look at Slack', () => {
  test('takes over names, addresses and zones, once, and asks for the next night then', async () => {
    office.slack.changeUser('U0SAM', { realName: 'Sam Rivera', email: 'sr@example.test', tz: 'Asia/Tokyo' });
    expect(await sweep()).toMatchObject({ kind: 'finished', changed: 1 });
    expect(await member('U0SAM')).toMatchObject({
      name: 'Sam Rivera',
      email: 'sr@example.test',
      time_zone: 'Asia/Tokyo',
    });
    expect(await claimDueSweep(office.context)).toBeUndefined();
    expect(await sweep()).toMatchObject({ kind: 'finished', changed: 0 });
  });

  test('is done by one process; what a dead one held goes on at its page, and nobody is read twice', async () => {
    for (let index = 0; index < 1_000; index += 1) office.slack.addUser(person(`Other${index}`));
    office.slack.changeUser('U0SAM', { tz: 'Asia/Tokyo' });
    await scheduleSweeps(office.context);
    atNight();
    const claimed = await claimDueSweep(office.context);
    expect(claimed).toMatchObject({ workspaceId, cursor: null });
    expect(await claimDueSweep(office.context)).toBeUndefined();

    // The second page never comes to this process.
    let calls = 0;
    const dying = client();
    const list = dying.users.list.bind(dying.users);
    dying.users.list = (options) => {
      calls += 1;
      if (calls === 2) throw new Error('this process is killed');
      return list(options);
    };
    await expect(sweepPeople(office.context, dying, claimed ?? fail())).resolves.toMatchObject({
      kind: 'put_off',
    });
    expect((await member('U0SAM')).time_zone).toBe('Asia/Tokyo');
    const rows = () =>
      database.inWorkspace(workspaceId, (trx) =>
        trx.selectFrom('people_sweep').selectAll().executeTakeFirstOrThrow(),
      );
    expect((await rows()).cursor).toEqual(expect.any(String));

    await database.inWorkspace(workspaceId, (trx) =>
      trx
        .updateTable('people_sweep')
        .set({ leased_until: new Date(0) })
        .execute(),
    );
    const rest = await claimDueSweep(office.context);
    expect(await sweepPeople(office.context, client(), rest ?? fail())).toMatchObject({
      kind: 'finished',
      people: expect.toSatisfy((count: number) => count < 100),
    });
    expect(await rows()).toMatchObject({ cursor: null, leased_until: null, finished_at: expect.any(Date) });
  });
});

describe('the list of people', () => {
  const calls = () => office.slack.calls.list().filter(({ method }) => method === 'users.list').length;
  const counted = (at: number, number: number) =>
    database.inWorkspace(workspaceId, (trx) =>
      noteCalls(trx, workspaceId, 'users.list', number, new Date(at)),
    );

  test('is asked for twenty times a minute, whoever asks: a sweep leaves off until there is room', async () => {
    const machine = office.clock.machineNow();
    await counted(machine, 20);
    expect(await sweep()).toEqual({ kind: 'goes_on', people: 0, changed: 0 });
    expect(calls()).toBe(0);
    const { leased_until: until } = await database.inWorkspace(workspaceId, (trx) =>
      trx.selectFrom('people_sweep').selectAll().executeTakeFirstOrThrow(),
    );
    expect(until?.getTime()).toBeGreaterThan(machine + 55_000);
  });

  test('is waited for by an import, which counts what it asks for', async () => {
    for (let index = 0; index < 41; index += 1) office.slack.addUser(person(`Rep${index}`));
    const began = office.clock.machineNow();
    const room = began - 60_000 + 500;
    await counted(room, 20);
    const rows = Array.from({ length: 41 }, (_, index) => `U0REP${index},,rep,,,,,`);
    expect(await office.import(...rows)).toMatchObject({ ok: true, value: { added: 41 } });
    expect(calls()).toBe(1);
    expect(office.clock.machineNow()).toBeGreaterThanOrEqual(room + 60_000);
    await counted(office.clock.machineNow(), 19);
    expect(await sweep()).toMatchObject({ kind: 'goes_on', people: 0 });
  });

  test('is left alone by all of them for as long as Slack says', async () => {
    const limited = client();
    limited.users.list = () => {
      throw Object.assign(new Error('limited'), { code: ErrorCode.RateLimitedError, retryAfter: 30 });
    };
    await scheduleSweeps(office.context);
    atNight();
    const claimed = (await claimDueSweep(office.context)) ?? fail();
    expect(await sweepPeople(office.context, limited, claimed)).toMatchObject({ kind: 'put_off' });
    const again = await takeCall(office.context, workspaceId, 'users.list');
    expect(again?.getTime()).toBeGreaterThan(office.clock.machineNow() + 20_000);
  });
});

describe('who leaves', () => {
  test('as a manager, leaves reps without one; back again, they have their team again', async () => {
    office.slack.changeUser('U0DANA', { deleted: true });
    await sweep();
    expect(await lines()).toEqual([]);
    expect(await member('U0DANA')).toMatchObject({ status: 'deactivated', time_zone: 'Europe/Berlin' });
    office.slack.changeUser('U0DANA', { deleted: false });
    await sweep();
    expect(await lines()).toEqual(team);
  });

  test('does not get back who has found another manager, or has left too', async () => {
    office.slack.changeUser('U0DANA', { deleted: true });
    await sweep();
    await office.import('U0SAM,,rep,U0LEE,,,,');
    office.slack.changeUser('U0ANA', { deleted: true });
    await sweep();
    office.slack.changeUser('U0DANA', { deleted: false });
    await sweep();
    expect(await lines()).toEqual(['U0DANA U0LEE', 'U0SAM U0LEE']);
    // With both back the line is whole again.
    office.slack.changeUser('U0ANA', { deleted: false });
    await sweep();
    expect(await lines()).toEqual(['U0ANA U0DANA', 'U0DANA U0LEE', 'U0SAM U0LEE']);
  });

  test('becomes a guest, or turns out to be of another organisation', async () => {
    office.slack.changeUser('U0SAM', { isRestricted: true });
    office.slack.changeUser('U0ANA', { isStranger: true });
    await sweep();
    expect(await lines()).toEqual(['U0DANA U0LEE']);
    expect(await member('U0SAM')).toMatchObject({ status: 'guest', is_guest: true });
    expect(await member('U0ANA')).toMatchObject({ status: 'guest', is_guest: false });
  });

  test('guests are people like others where the workspace says so, strangers never', async () => {
    const allow = (guestsAllowed: boolean) =>
      changeSettings(office.context, workspaceId, {
        userId: 'U0EVA',
        viewId: `V${guestsAllowed}`,
        wanted: { guestsAllowed },
      });
    office.slack.changeUser('U0SAM', { isRestricted: true });
    office.slack.changeUser('U0ANA', { isStranger: true });
    await sweep();
    expect(await office.import('U0GUEST,,rep,U0DANA,,,,')).toMatchObject({ ok: false });
    office.clock.travelTo(office.clock.now() + 60_000);
    expect(await allow(true)).toMatchObject({ ok: true });
    expect(await lines()).toEqual(['U0DANA U0LEE', 'U0SAM U0DANA']);
    expect(await office.import('U0GUEST,,rep,U0DANA,,,,')).toMatchObject({ ok: true });
    expect(await sweep()).toMatchObject({ changed: 0 });
    expect(await lines()).toEqual(['U0DANA U0LEE', 'U0GUEST U0DANA', 'U0SAM U0DANA']);
    expect(await allow(false)).toMatchObject({ ok: true });
    expect(await lines()).toEqual(['U0DANA U0LEE']);
  });
});

describe('being away by status', () => {
  const status = (emoji: string, until?: string): void =>
    office.slack.changeUser('U0SAM', {
      statusEmoji: emoji,
      statusExpiration: until === undefined ? 0 : Date.parse(until) / 1000,
    });
  const byHand = (firstDay: string, lastDay: string) =>
    setAbsence(office.context, workspaceId, {
      memberId: 'U0SAM',
      replaces: undefined,
      firstDay,
      lastDay,
      standInId: undefined,
      isSure: false,
    });

  // Monday 2 March; the first sweep is on Tuesday.
  test('is out sick or on vacation, to the end of the status', async () => {
    status(':palm_tree:', '2026-03-07T00:00:00Z');
    await sweep();
    expect(await absences()).toEqual(['2026-03-03 2026-03-06 status']);
    await sweep();
    expect(await absences()).toEqual(['2026-03-03 2026-03-06 status']);
    status(':face_with_thermometer:', '2026-03-10T22:59:59Z');
    await sweep();
    expect(await absences()).toEqual(['2026-03-03 2026-03-10 status']);
  });

  test.each([':house_with_garden:', ':bus:', ':spiral_calendar_pad:', ''])('is not %s', async (emoji) => {
    status(emoji, '2026-03-07T00:00:00Z');
    await sweep();
    expect(await absences()).toEqual([]);
  });

  test('without an end lasts until it is cleared, and calls nothing off further ahead', async () => {
    status(':palm_tree:');
    await sweep();
    expect(await absences()).toEqual(['2026-03-03 2026-03-04 status']);
    await sweep();
    expect(await absences()).toEqual(['2026-03-03 2026-03-05 status']);
    status('');
    await sweep();
    expect(await absences()).toEqual(['2026-03-03 2026-03-04 status']);
  });

  test('leaves alone what somebody set by hand, and gives way to it', async () => {
    await byHand('2026-03-03', '2026-03-04');
    status(':palm_tree:', '2026-03-07T00:00:00Z');
    await sweep();
    expect(await absences()).toEqual(['2026-03-03 2026-03-04 member', '2026-03-05 2026-03-06 status']);
    status('');
    await sweep();
    expect(await absences()).toEqual(['2026-03-03 2026-03-04 member']);

    status(':palm_tree:', '2026-03-14T00:00:00Z');
    await sweep();
    expect(await byHand('2026-03-06', '2026-03-09')).toMatchObject({ ok: true });
    expect(await absences()).toEqual(['2026-03-03 2026-03-04 member', '2026-03-06 2026-03-09 member']);
  });

  test('does not come back with the same status once its owner has ended it', async () => {
    status(':palm_tree:', '2026-03-14T00:00:00Z');
    await sweep();
    await endAbsence(office.context, workspaceId, 'U0SAM', 'current');
    await sweep();
    expect(await absences()).toEqual([]);
    status(':face_with_thermometer:', '2026-03-14T00:00:00Z');
    await sweep();
    expect(await absences()).toEqual(['2026-03-05 2026-03-13 status']);
  });
});

function fail(): never {
  throw new Error('no sweep was due');
}
