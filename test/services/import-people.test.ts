import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { readPeopleFile } from '#services/people-file.ts';
import { planImport } from '#services/plan-import.ts';
import { startWorkspace } from '#services/start-workspace.ts';
import { onBothDatabases, type TestDatabase } from '#test/database.ts';
import { slackApp } from '#test/world.ts';
import { singleWorkspaceApi } from '../../src/web-api.ts';
import { header, type Office, openOffice, person, workspaceId } from './office.ts';

const users = [
  person('Dana'),
  person('Lee'),
  person('Pat'),
  person('Sam'),
  person('Ana', { tz: 'Asia/Tokyo' }),
  // No zone of a place: whose summer time would that be?
  person('Nowhere', { tz: 'IST' }),
  person('Guest', { isRestricted: true }),
  person('Single', { isUltraRestricted: true }),
  person('Connect', { isStranger: true }),
  person('Gone', { deleted: true }),
  person('Left', { deleted: true }),
  person('Robot', { isBot: true }),
];

onBothDatabases('importing people', (open) => {
  let database: TestDatabase;
  let office: Office;
  beforeAll(async () => {
    database = await open();
  });
  beforeEach(async () => {
    office = await openOffice(database, users);
  });
  afterEach(() => office.close());
  afterAll(() => database.close());

  const tables = () =>
    office.context.database.inWorkspace(workspaceId, async (trx) => ({
      members: await trx.selectFrom('member').selectAll().orderBy('user_id').execute(),
      lines: await trx.selectFrom('reporting').selectAll().orderBy('rep_id').orderBy('since').execute(),
      cadences: await trx
        .selectFrom('cadence')
        .select(['asked_id', 'about_id', 'kind', 'ended_at', 'plan_at'])
        .orderBy('asked_id')
        .execute(),
      occurrences: await trx.selectFrom('occurrence').select(['state', 'reason']).execute(),
    }));

  /** The 1:1 of the week of Dana with Sam, who have one. */
  async function planOneOnOne(): Promise<void> {
    await office.context.database.inWorkspace(workspaceId, async (trx) => {
      const [cadence] = await trx
        .selectFrom('cadence')
        .select('cadence_id')
        .where('kind', '=', 'one_on_one')
        .execute();
      await trx
        .insertInto('occurrence')
        .values({
          workspace_id: workspaceId,
          occurrence_id: crypto.randomUUID(),
          cadence_id: cadence?.cadence_id ?? '',
          period: '2026-W10',
          kind: 'one_on_one',
          asked_id: 'U0DANA',
          about_id: 'U0SAM',
          due_at: new Date('2026-03-05T15:00:00Z'),
          closes_at: new Date('2026-03-12T15:00:00Z'),
          state: 'planned',
          asked_at: null,
          settled_at: null,
          reason: null,
        })
        .execute();
    });
  }

  async function refusal(...rows: string[]): Promise<string[]> {
    const before = await tables();
    const imported = await office.import(...rows);
    // All or nothing: whatever else the file says is not taken either.
    expect(await tables()).toEqual(before);
    return imported.ok
      ? ['it was imported']
      : imported.problem.map(({ line, reason }) => `${line}: ${reason}`);
  }

  test('takes people over by id or by email, with what Slack knows of them', async () => {
    const imported = await office.import(
      'U0DANA,,manager,,,,,',
      ',SAM@example.test,rep,dana@example.test,core,2,2026-01-05,DE',
      'U0ANA,ana@example.test,rep,U0DANA,star,1,,JP',
      'U0NOWHERE,,enablement+admin,,,,,',
    );
    expect(imported).toEqual({ ok: true, value: { added: 4, updated: 0, unchanged: 0, managersChanged: 2 } });
    const { members, lines, cadences } = await tables();
    expect(members).toMatchObject([
      {
        user_id: 'U0ANA',
        name: 'Ana',
        email: 'ana@example.test',
        time_zone: 'Asia/Tokyo',
        segment: 'star',
        wave: 1,
      },
      { user_id: 'U0DANA', roles: ['manager'], segment: null, wave: null, start_date: null },
      { user_id: 'U0NOWHERE', roles: ['enablement', 'admin'], time_zone: 'UTC' },
      {
        user_id: 'U0SAM',
        segment: 'core',
        wave: 2,
        start_date: '2026-01-05',
        country: 'DE',
        status: 'active',
      },
    ]);
    expect(lines).toMatchObject([
      { rep_id: 'U0ANA', manager_id: 'U0DANA', until: null },
      { rep_id: 'U0SAM', manager_id: 'U0DANA', until: null },
    ]);
    // Nothing is planned before somebody presses start.
    expect(cadences.filter(({ kind }) => kind === 'one_on_one')).toMatchObject([
      { asked_id: 'U0DANA', about_id: expect.any(String) },
      { asked_id: 'U0DANA', about_id: expect.any(String) },
    ]);
    expect(cadences.filter(({ plan_at }) => plan_at !== null)).toEqual([]);
  });

  test('imported again it changes nothing', async () => {
    const rows = ['U0DANA,,manager,,,,,', 'U0SAM,,rep,U0DANA,core,2,2026-01-05,DE'];
    await office.import(...rows);
    const before = await tables();
    office.clock.travelTo(Date.parse('2026-03-03T14:00:00Z'));
    expect(await office.import(...rows)).toEqual({
      ok: true,
      value: { added: 0, updated: 0, unchanged: 2, managersChanged: 0 },
    });
    const withoutTime = ({ members, ...rest }: typeof before) => ({
      ...rest,
      members: members.map(({ updated_at: _, ...member }) => member),
    });
    expect(withoutTime(await tables())).toEqual(withoutTime(before));
  });

  test('counts what has changed, in the file or in Slack', async () => {
    await office.import('U0DANA,,manager,,,,,', 'U0SAM,,rep,U0DANA,core,,,');
    office.slack.changeUser('U0DANA', { tz: 'America/New_York', realName: 'Dana Whitfield' });
    expect(await office.import('U0DANA,,manager,,,,,', 'U0SAM,,rep,U0DANA,star,,,')).toMatchObject({
      ok: true,
      value: { updated: 2, unchanged: 0 },
    });
    const { members } = await tables();
    expect(members).toMatchObject([
      { name: 'Dana Whitfield', time_zone: 'America/New_York' },
      { name: 'Sam', segment: 'star' },
    ]);
  });

  test('people and columns that are not in the file stay as they are', async () => {
    await office.import('U0DANA,,manager,,,,,', 'U0SAM,,rep,U0DANA,core,2,,DE', 'U0ANA,,rep,U0DANA,,,,');
    expect(await office.importText('email,role\nsam@example.test,rep+admin')).toMatchObject({
      ok: true,
      value: { updated: 1, managersChanged: 0 },
    });
    const { members, lines } = await tables();
    expect(members).toHaveLength(3);
    expect(members.find(({ user_id }) => user_id === 'U0SAM')).toMatchObject({
      roles: ['rep', 'admin'],
      segment: 'core',
      wave: 2,
      country: 'DE',
    });
    expect(lines.filter(({ until }) => until === null)).toHaveLength(2);
  });

  test('an empty manager takes the manager away', async () => {
    await office.import('U0DANA,,manager,,,,,', 'U0SAM,,rep,U0DANA,,,,');
    office.clock.travelTo(Date.parse('2026-03-03T14:00:00Z'));
    expect(await office.import('U0SAM,,rep,,,,,')).toMatchObject({ ok: true, value: { managersChanged: 1 } });
    const { lines, cadences } = await tables();
    expect(lines.filter(({ until }) => until === null)).toEqual([]);
    expect(cadences.filter(({ ended_at }) => ended_at === null)).toEqual([]);
  });

  test('a new manager ends the old cadence, excuses what was open and starts a new one', async () => {
    await office.import('U0DANA,,manager,,,,,', 'U0LEE,,manager,,,,,', 'U0SAM,,rep,U0DANA,,,,');
    await startWorkspace(office.context, workspaceId);
    const oneOnOnes = async () => (await tables()).cadences.filter(({ kind }) => kind === 'one_on_one');
    expect(await oneOnOnes()).toMatchObject([
      { asked_id: 'U0DANA', ended_at: null, plan_at: expect.any(Date) },
    ]);
    await planOneOnOne();

    office.clock.travelTo(Date.parse('2026-03-04T14:00:00Z'));
    office.woken.length = 0;
    expect(await office.import('U0SAM,,rep,lee@example.test,,,,')).toMatchObject({
      ok: true,
      value: { managersChanged: 1 },
    });
    const { lines, occurrences } = await tables();
    const changed = new Date('2026-03-04T14:00:00Z');
    expect(lines).toMatchObject([
      { manager_id: 'U0DANA', until: changed },
      { manager_id: 'U0LEE', since: changed, until: null },
    ]);
    const [former, current] = (await oneOnOnes()).toSorted((a, b) => (a.asked_id < b.asked_id ? -1 : 1));
    expect(former).toMatchObject({ asked_id: 'U0DANA', ended_at: changed, plan_at: null });
    expect(current).toMatchObject({ asked_id: 'U0LEE', ended_at: null, plan_at: expect.any(Date) });
    expect(occurrences).toEqual([{ state: 'excused', reason: 'manager_changed' }]);
    expect(office.woken).toEqual([workspaceId]);
  });

  test('a manager may stand below their reps, and reps below those below them', async () => {
    expect(
      await office.import(
        'U0SAM,,rep,lee@example.test,,,,',
        'U0LEE,,manager,U0DANA,,,,',
        'U0DANA,,manager,,,,,',
      ),
    ).toMatchObject({ ok: true, value: { added: 3, managersChanged: 2 } });
  });

  test('a rep who becomes a manager is coached no more; what was open about them is excused', async () => {
    await office.import('U0DANA,,manager,,,,,', 'U0SAM,,rep,U0DANA,,,,');
    await startWorkspace(office.context, workspaceId);
    await planOneOnOne();
    office.clock.travelTo(Date.parse('2026-03-04T14:00:00Z'));
    expect(await office.import('U0SAM,,manager,U0DANA,,,,', 'U0ANA,,rep,U0SAM,,,,')).toMatchObject({
      ok: true,
      value: { added: 1, updated: 1, managersChanged: 1 },
    });
    const { cadences, lines, occurrences } = await tables();
    expect(occurrences).toEqual([{ state: 'excused', reason: 'manager_changed' }]);
    const current = cadences.filter(({ ended_at }) => ended_at === null);
    expect(
      current.map(({ asked_id, about_id, kind }) => `${kind} ${asked_id} ${about_id}`).toSorted(),
    ).toEqual(['observed_call U0SAM U0ANA', 'one_on_one U0SAM U0ANA', 'time_report U0SAM U0SAM']);
    // Who they report to stays.
    expect(lines).toMatchObject([
      { rep_id: 'U0ANA', manager_id: 'U0SAM', until: null },
      { rep_id: 'U0SAM', manager_id: 'U0DANA', until: null },
    ]);
  });

  test('who comes to report to a manager of the pilot group takes part, too, and so does their team', async () => {
    await office.import(
      'U0DANA,,manager,,,,,',
      'U0SAM,,rep,U0DANA,,,,',
      'U0LEE,,manager,,,,,',
      'U0ANA,,rep,U0LEE,,,,',
    );
    await startWorkspace(office.context, workspaceId, ['U0DANA']);
    const inPilot = async () =>
      (await tables()).members.filter(({ in_pilot }) => in_pilot).map((one) => one.user_id);
    const begun = async () =>
      (await tables()).cadences
        .filter((one) => one.plan_at !== null)
        .map((one) => `${one.asked_id} ${one.kind}`);
    expect((await inPilot()).toSorted()).toEqual(['U0DANA', 'U0SAM']);
    expect((await begun()).filter((one) => one.startsWith('U0LEE'))).toEqual([]);
    office.clock.travelTo(Date.parse('2026-03-04T14:00:00Z'));
    await office.import('U0LEE,,manager,U0DANA,,,,');
    expect((await inPilot()).toSorted()).toEqual(['U0ANA', 'U0DANA', 'U0LEE', 'U0SAM']);
    // What their own team had waits no longer.
    expect((await begun()).filter((one) => one.startsWith('U0LEE')).toSorted()).toEqual([
      'U0LEE observed_call',
      'U0LEE one_on_one',
      'U0LEE time_report',
    ]);
  });

  describe('is refused as a whole', () => {
    test('for each person that Slack does not know, or that gets no messages', async () => {
      const problems = await refusal(
        'U0DANA,,manager,,,,,',
        'U0NOBODY,,rep,U0DANA,,,,',
        ',nobody@example.test,rep,U0DANA,,,,',
        'U0GUEST,,rep,U0DANA,,,,',
        'U0SINGLE,,rep,U0DANA,,,,',
        'U0CONNECT,,rep,U0DANA,,,,',
        'U0GONE,,rep,U0DANA,,,,',
        ',left@example.test,rep,U0DANA,,,,',
        'U0ROBOT,,rep,U0DANA,,,,',
        'U0SIDELINE,,rep,U0DANA,,,,',
        'USLACKBOT,,rep,U0DANA,,,,',
      );
      expect(problems).toEqual([
        '3: Slack knows nobody as U0NOBODY in this workspace',
        '4: Slack knows nobody as nobody@example.test in this workspace',
        '5: U0GUEST is a guest; guests get no messages',
        '6: U0SINGLE is a guest; guests get no messages',
        '7: U0CONNECT is a guest; guests get no messages',
        '8: U0GONE is deactivated in Slack',
        '9: Slack knows nobody as left@example.test in this workspace',
        '10: U0ROBOT is a bot',
        '11: U0SIDELINE is a bot',
        '12: USLACKBOT is a bot',
      ]);
    });

    test('for one person in two rows, and for id and email of two people in one', async () => {
      expect(
        await refusal('U0SAM,,rep,,,,,', ',sam@example.test,rep,,,,,', 'U0ANA,dana@example.test,rep,,,,,'),
      ).toEqual([
        '3: sam@example.test is the same person as in line 2',
        '4: U0ANA has another email in Slack than dana@example.test',
      ]);
    });

    test('for a manager who is not there, is no manager, or is oneself', async () => {
      await office.import('U0PAT,,rep,,,,,');
      expect(
        await refusal(
          'U0SAM,,rep,U0NOBODY,,,,',
          'U0ANA,,rep,sam@example.test,,,,',
          'U0DANA,,manager,dana@example.test,,,,',
          'U0LEE,,rep,U0PAT,,,,',
        ),
      ).toEqual([
        '2: manager U0NOBODY is neither in the file nor known already',
        '3: sam@example.test is given as manager but does not have that role',
        '4: nobody is their own manager',
        '5: U0PAT is given as manager but does not have that role',
      ]);
    });

    test('for a manager who has left meanwhile', async () => {
      await office.import('U0DANA,,manager,,,,,');
      await office.context.database.inWorkspace(workspaceId, (trx) =>
        trx.updateTable('member').set({ status: 'deactivated' }).execute(),
      );
      expect(await refusal('U0SAM,,rep,U0DANA,,,,')).toEqual(['2: manager U0DANA is deactivated in Slack']);
    });

    test('once, for a manager whose own row is refused', async () => {
      expect(await refusal('U0NOBODY,,manager,,,,,', 'U0SAM,,rep,U0NOBODY,,,,')).toEqual([
        '2: Slack knows nobody as U0NOBODY in this workspace',
      ]);
    });

    test('for managers who form a circle', async () => {
      expect(
        await refusal(
          'U0DANA,,manager,U0LEE,,,,',
          'U0LEE,,manager,U0PAT,,,,',
          'U0PAT,,manager,U0DANA,,,,',
          'U0SAM,,rep,U0DANA,,,,',
        ),
      ).toEqual(['2: the managers form a circle: Dana → Lee → Pat → Dana']);
    });

    test('for a circle that closes over people who are known already', async () => {
      await office.import('U0DANA,,manager,U0LEE,,,,', 'U0LEE,,manager,,,,,');
      expect(await refusal('U0LEE,,manager,U0DANA,,,,')).toEqual([
        '2: the managers form a circle: Lee → Dana → Lee',
      ]);
    });

    test('for a manager who is to be none while others still report to them', async () => {
      await office.import('U0DANA,,manager,,,,,', 'U0SAM,,rep,U0DANA,,,,', 'U0ANA,,rep,U0DANA,,,,');
      expect(await refusal('U0DANA,,rep,,,,,', 'U0SAM,,rep,,,,,')).toEqual([
        '2: Dana has the role manager no more, but Ana still report to them; give them another manager in the same file',
      ]);
    });

    test('for one bad line among good ones', async () => {
      expect(
        await refusal('U0DANA,,manager,,,,,', 'U0SAM,,rep,U0DANA,,,,', 'U0ANA,,rep,U0DANA,,7,,'),
      ).toEqual(['4: wave must be 1, 2, 3, 4 or empty']);
    });
  });

  test('managers of managers are no circle', async () => {
    expect(
      await office.import('U0PAT,,manager,,,,,', 'U0DANA,,manager+rep,U0PAT,,,,', 'U0SAM,,rep,U0DANA,,,,'),
    ).toMatchObject({ ok: true, value: { managersChanged: 2 } });
  });
});

onBothDatabases('importing more people than are asked for one by one', (open) => {
  const many = Array.from({ length: 41 }, (_, index) => person(`Rep${index}`));
  let database: TestDatabase;
  let office: Office;
  beforeAll(async () => {
    database = await open();
  });
  beforeEach(async () => {
    const returned = [
      person('Back', { id: 'U0OLD', email: 'back@example.test', deleted: true }),
      person('Back', { id: 'U0NEW', email: 'back@example.test' }),
      person('Back', { id: 'U0OLDER', email: 'back@example.test', deleted: true }),
    ];
    office = await openOffice(database, [person('Dana'), ...returned, ...many]);
  });
  afterEach(() => office.close());
  afterAll(() => database.close());

  const asked = (method: string): number =>
    office.slack.calls.list().filter((call) => call.method === method).length;

  test('reads the whole list in a few calls, and finds the same people by id and by email', async () => {
    const rows = many.map(({ id, email }, index) =>
      index % 2 ? `${id},,rep,U0DANA,,,,` : `,${email},rep,U0DANA,,,,`,
    );
    expect(await office.import('U0DANA,,manager,,,,,', ...rows)).toMatchObject({
      ok: true,
      value: { added: 42, managersChanged: 41 },
    });
    expect(asked('users.list')).toBe(1);
    expect(asked('users.info') + asked('users.lookupByEmail')).toBe(0);
  });

  test('reads no profiles where more are lacking than Slack would tell of in two minutes', async () => {
    const more = Array.from({ length: 160 }, (_, index) => person(`More${index}`));
    for (const one of more) office.slack.addUser(one);
    const client = singleWorkspaceApi(office.slack.apiUrl, slackApp.botToken).client('');
    const ids = [...many, ...more].map(({ id }) => `${id},rep`);
    const file = await readPeopleFile(['slack_user_id,role', ...ids].join('\n'));
    const given = { ...file, fillsIn: true };
    const planned = await planImport({ ...office.context, client }, workspaceId, given);
    expect(planned).toMatchObject({ ok: true, value: { profiles: { kind: 'too_many', people: 201 } } });
    expect(asked('users.profile.get')).toBe(0);
  });

  test('takes the account in use of somebody who left and came back', async () => {
    const rows = many.map(({ id }) => `${id},,rep,,,,,`);
    expect(await office.import(',back@example.test,rep,,,,,', ...rows)).toMatchObject({ ok: true });
    const found = await office.context.database.inWorkspace(workspaceId, (trx) =>
      trx.selectFrom('member').select('user_id').where('email', '=', 'back@example.test').execute(),
    );
    expect(found).toEqual([{ user_id: 'U0NEW' }]);
  });

  test('up to forty are asked for one by one', async () => {
    expect(
      await office.importText([header, ...many.slice(0, 40).map(({ id }) => `${id},,rep,,,,,`)].join('\n')),
    ).toMatchObject({
      ok: true,
    });
    expect(asked('users.list')).toBe(0);
    expect(asked('users.info')).toBe(40);
  });
});
