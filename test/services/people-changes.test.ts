import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { changePeople } from '#services/change-people.ts';
import { changePerson, type PersonToChange } from '#services/change-person.ts';
import { followPeople } from '#services/follow-people.ts';
import { type PeopleFilter, searchPeople } from '#services/search-people.ts';
import { setAbsence } from '#services/set-absence.ts';
import { startWorkspace } from '#services/start-workspace.ts';
import { viewPerson } from '#services/view-person.ts';
import { openTestDatabase, type TestDatabase } from '#test/database.ts';
import { type Office, openOffice, person, workspaceId } from './office.ts';

const names = ['Eva', 'Ada', 'Dana', 'Lee', 'Sam', 'Ana', 'Pat'];

let database: TestDatabase;
let office: Office;
beforeAll(async () => {
  database = await openTestDatabase('embedded');
});
beforeEach(async () => {
  office = await openOffice(
    database,
    names.map((name) => person(name)),
  );
  const imported = await office.import(
    'U0EVA,,enablement,,,,,',
    'U0ADA,,admin,,,,,',
    'U0DANA,,manager,,,,,',
    'U0LEE,,manager,U0DANA,,,,',
    'U0SAM,,rep,U0LEE,core,1,,',
    'U0ANA,,rep,U0LEE,star,2,,',
    'U0PAT,,rep,,,,,',
  );
  expect(imported).toMatchObject({ ok: true });
  office.woken.length = 0;
});
afterEach(() => office.close());
afterAll(() => database.close());

const later = (): void => office.clock.travelTo(office.clock.now() + 60_000);
const change = (by: string, personId: string, wish: PersonToChange['change'], seen = {}) =>
  changePerson(office.context, workspaceId, by, { personId, change: wish, seen });
const inWorkspace: TestDatabase['inWorkspace'] = (...args) => database.inWorkspace(...args);
const audited = () =>
  inWorkspace(workspaceId, (trx) =>
    trx
      .selectFrom('audit_entry')
      .select(['actor_id', 'what', 'about_id', 'detail'])
      .where('what', '<>', 'people_imported')
      .orderBy('entry_id')
      .execute(),
  );
const openCadences = () =>
  inWorkspace(workspaceId, async (trx) => {
    const rows = await trx
      .selectFrom('cadence')
      .select(['kind', 'asked_id', 'about_id'])
      .where('ended_at', 'is', null)
      .execute();
    return rows.map(({ kind, asked_id, about_id }) => `${kind} ${asked_id} ${about_id}`).toSorted();
  });
const search = async (viewer: string, filter: PeopleFilter = {}) => {
  const found = await searchPeople(office.context, workspaceId, viewer, filter);
  return found.ok ? found.value : found.problem;
};

describe('one person', () => {
  test('gets several roles, another manager, a country and other days, all of it told once in the audit trail', async () => {
    later();
    expect(
      await change('U0EVA', 'U0SAM', {
        roles: ['rep', 'manager'],
        managerId: 'U0DANA',
        country: 'DE',
        workingDays: [1, 2, 3],
        workStarts: '10:00',
      }),
    ).toEqual({
      ok: true,
      value: { changed: ['roles', 'managerId', 'country', 'workingDays', 'workStarts'] },
    });
    expect(await viewPerson(office.context, workspaceId, 'U0EVA', 'U0SAM')).toMatchObject({
      value: {
        fields: {
          roles: ['rep', 'manager'],
          country: 'DE',
          workingDays: [1, 2, 3],
          workStarts: '10:00',
          wave: 1,
        },
        manager: { name: 'Dana' },
        before: [{ managerName: 'Lee' }],
      },
    });
    expect(await audited()).toMatchObject([
      { actor_id: 'U0EVA', what: 'roles_changed', about_id: 'U0SAM', detail: { from: ['rep'] } },
      { what: 'manager_changed', detail: { from: 'U0LEE', to: 'U0DANA' } },
      { what: 'person_changed', detail: { fields: ['country', 'workingDays', 'workStarts'] } },
    ]);
    expect(office.woken).toEqual([workspaceId]);
    expect(await change('U0EVA', 'U0SAM', { country: 'DE' })).toEqual({ ok: true, value: { changed: [] } });
  });

  test('takes what is open along to another manager, and the former one keeps a time report for a team alone', async () => {
    await startWorkspace(office.context, workspaceId);
    later();
    await change('U0ADA', 'U0SAM', { managerId: 'U0DANA' });
    expect(await openCadences()).toEqual([
      'observed_call U0DANA U0SAM',
      'observed_call U0LEE U0ANA',
      'one_on_one U0DANA U0SAM',
      'one_on_one U0LEE U0ANA',
      'time_report U0DANA U0DANA',
      'time_report U0LEE U0LEE',
    ]);
    later();
    await change('U0ADA', 'U0ANA', { managerId: null });
    expect(await openCadences()).toEqual([
      'observed_call U0DANA U0SAM',
      'one_on_one U0DANA U0SAM',
      'time_report U0DANA U0DANA',
    ]);
    // Twice at one instant, as while a clock stands still.
    await change('U0ADA', 'U0ANA', { managerId: 'U0LEE' });
    await change('U0ADA', 'U0ANA', { managerId: 'U0DANA' });
    expect(await openCadences()).toContain('one_on_one U0DANA U0ANA');
    expect(await openCadences()).not.toContain('one_on_one U0LEE U0ANA');
  });

  test.each([
    [
      'a manager who is none',
      'U0SAM',
      { managerId: 'U0PAT' },
      { kind: 'manager', why: 'not_a_manager', name: 'Pat' },
    ],
    ['themself as manager', 'U0LEE', { managerId: 'U0LEE' }, { kind: 'manager', why: 'yourself' }],
    ['somebody unknown', 'U0SAM', { managerId: 'U0NOBODY' }, { kind: 'manager', why: 'unknown' }],
    ['a circle', 'U0DANA', { managerId: 'U0LEE' }, { kind: 'circle', names: ['Dana', 'Lee', 'Dana'] }],
    [
      'no role of a manager while there are reports',
      'U0LEE',
      { roles: ['rep'] },
      { kind: 'has_reports', names: ['Ana', 'Sam'] },
    ],
    ['no role at all', 'U0PAT', { roles: [] }, { kind: 'unfit', fields: ['roles'] }],
    [
      'a day that ends before it begins',
      'U0PAT',
      { workEnds: '08:00' },
      { kind: 'unfit', fields: ['workEnds'] },
    ],
    ['a country without holidays', 'U0PAT', { country: 'UK' }, { kind: 'unfit', fields: ['country'] }],
  ] as const)('is not given %s', async (_, id, wish, problem) => {
    expect(await change('U0EVA', id, wish as PersonToChange['change'])).toEqual({ ok: false, problem });
    expect(await audited()).toEqual([]);
  });

  test('who gets a manager of the pilot group takes part with their team, whose cadences begin', async () => {
    expect(await change('U0EVA', 'U0LEE', { managerId: null })).toMatchObject({ ok: true });
    await startWorkspace(office.context, workspaceId, ['U0DANA']);
    const begun = () =>
      inWorkspace(workspaceId, async (trx) => {
        const rows = await trx
          .selectFrom('cadence')
          .select('asked_id')
          .where('asked_id', '=', 'U0LEE')
          .where('plan_at', 'is not', null)
          .where('ended_at', 'is', null)
          .execute();
        return rows.length;
      });
    expect(await begun()).toBe(0);
    later();
    expect(await change('U0EVA', 'U0LEE', { managerId: 'U0DANA' })).toMatchObject({ ok: true });
    expect(await begun()).toBeGreaterThan(0);
  });

  test('is not changed over what somebody else has set meanwhile', async () => {
    const seen = { wave: 1, country: null };
    expect(await change('U0EVA', 'U0SAM', { wave: 3 }, seen)).toMatchObject({ ok: true });
    expect(await change('U0EVA', 'U0SAM', { wave: 2, country: 'DE' }, seen)).toMatchObject({
      ok: false,
      problem: { kind: 'changed_meanwhile', fields: ['wave'], now: { wave: 3, country: null } },
    });
  });

  test('somebody who may manage people is left, always', async () => {
    expect(await change('U0ADA', 'U0ADA', { roles: ['rep'] })).toMatchObject({ ok: true });
    expect(await change('U0EVA', 'U0EVA', { roles: ['rep'] })).toEqual({
      ok: false,
      problem: { kind: 'last_keeper' },
    });
  });
});

describe('who may', () => {
  test.each([
    [
      'a manager, of a report, what they know best',
      'U0LEE',
      { wave: 3, segment: 'core', startDate: '2026-01-05' },
      true,
    ],
    ['a manager, not to whom a report belongs', 'U0LEE', { managerId: 'U0DANA' }, false],
    ['a manager, not which roles a report has', 'U0LEE', { roles: ['rep', 'admin'] }, false],
    ["a manager's manager nothing", 'U0DANA', { country: 'DE' }, false],
    ['an admin, not the tier that admins do not see', 'U0ADA', { wave: 3 }, false],
    ['an admin the rest', 'U0ADA', { managerId: 'U0DANA', country: 'DE' }, true],
    ['a peer nothing', 'U0ANA', { country: 'DE' }, false],
    ['oneself nothing', 'U0SAM', { wave: 1 }, false],
  ] as const)('%s', async (_, by, wish, allowed) => {
    const changed = await change(by, 'U0SAM', wish as PersonToChange['change']);
    expect(changed).toMatchObject(
      allowed ? { ok: true } : { ok: false, problem: { kind: 'not_allowed', fields: Object.keys(wish) } },
    );
  });

  test('mark somebody away: their manager and whoever manages people, and nobody else', async () => {
    const away = (by: string, firstDay: string) =>
      setAbsence(office.context, workspaceId, {
        memberId: 'U0SAM',
        by,
        replaces: undefined,
        firstDay,
        lastDay: firstDay,
        standInId: undefined,
        isSure: false,
      });
    expect(await away('U0ANA', '2026-03-04')).toEqual({ ok: false, problem: { kind: 'unknown' } });
    expect(await away('U0LEE', '2026-03-04')).toMatchObject({ ok: true });
    expect(await away('U0ADA', '2026-03-05')).toMatchObject({ ok: true });
    expect(await audited()).toMatchObject([
      { actor_id: 'U0LEE', about_id: 'U0SAM', detail: { fields: ['away'] } },
      { actor_id: 'U0ADA' },
    ]);
  });
});

describe('many at once', () => {
  const bulk = (by: string, ids: string[], wish: Parameters<typeof changePeople>[3]['change']) =>
    changePeople(office.context, workspaceId, by, { ids, change: wish });

  test('get a wave, a segment or a manager; all or none', async () => {
    later();
    expect(await bulk('U0EVA', ['U0SAM', 'U0ANA', 'U0PAT'], { wave: 2, managerId: 'U0LEE' })).toEqual({
      ok: true,
      value: { changed: 2 },
    });
    expect(await bulk('U0LEE', ['U0SAM', 'U0ANA'], { segment: 'low' })).toMatchObject({ ok: true });
    expect(await bulk('U0LEE', ['U0SAM', 'U0DANA'], { wave: 4 })).toEqual({
      ok: false,
      problem: { kind: 'not_allowed', names: ['Dana'] },
    });
    expect(await bulk('U0EVA', ['U0SAM', 'U0DANA'], { managerId: 'U0LEE' })).toMatchObject({
      problem: { kind: 'circle' },
    });
    expect(await bulk('U0EVA', ['U0SAM', 'U0NOBODY'], { wave: 1 })).toMatchObject({
      problem: { kind: 'unknown', ids: ['U0NOBODY'] },
    });
    const page = await search('U0EVA', { role: 'rep' });
    expect(page).toMatchObject({
      people: [
        { name: 'Ana', wave: 2, segment: 'low', manager: { name: 'Lee' } },
        { name: 'Pat', wave: 2, segment: null, manager: { name: 'Lee' } },
        { name: 'Sam', wave: 2, segment: 'low' },
      ],
    });
  });
});

describe('looking for people', () => {
  test('finds by part of a name, address, role, wave, manager, and who has none', async () => {
    const found = async (filter: PeopleFilter) => {
      const page = await search('U0EVA', filter);
      return 'people' in page ? page.people.map(({ name }) => name) : page;
    };
    expect(await found({ text: 'AN' })).toEqual(['Ana', 'Dana']);
    expect(await found({ text: '%' })).toEqual([]);
    expect(await found({ text: 'lee@' })).toEqual(['Lee']);
    expect(await found({ text: 'u0pat' })).toEqual(['Pat']);
    expect(await found({ role: 'manager' })).toEqual(['Dana', 'Lee']);
    expect(await found({ wave: 2 })).toEqual(['Ana']);
    expect(await found({ role: 'rep', segment: 'none' })).toEqual(['Pat']);
    expect(await found({ managerId: 'U0LEE' })).toEqual(['Ana', 'Sam']);
    expect(await found({ withoutManager: true })).toEqual(['Pat']);
  });

  test('finds whose manager left Slack, until they have another, and not who was left without one by hand', async () => {
    const lee = { id: 'U0LEE', name: 'Lee', email: 'lee@example.test', timeZone: 'Europe/Berlin' };
    later();
    await followPeople(office.context, workspaceId, [
      { ...lee, status: 'deactivated', isGuest: false, away: null },
    ]);
    expect(await search('U0EVA', { managerLeft: true })).toMatchObject({
      people: [{ name: 'Ana' }, { name: 'Sam' }],
      withoutManager: 3,
      managerLeft: 2,
    });
    later();
    await change('U0EVA', 'U0SAM', { managerId: 'U0DANA' });
    expect(await search('U0EVA')).toMatchObject({ withoutManager: 2, managerLeft: 1 });
    later();
    await change('U0EVA', 'U0SAM', { managerId: null });
    expect(await search('U0EVA', { managerLeft: true })).toMatchObject({
      people: [{ name: 'Ana' }],
      withoutManager: 3,
      managerLeft: 1,
    });
  });

  test('goes page by page, whoever comes meanwhile', async () => {
    const first = await searchPeople(office.context, workspaceId, 'U0EVA', {}, { limit: 3 });
    expect(first).toMatchObject({
      value: { total: 7, people: [{ name: 'Ada' }, { name: 'Ana' }, { name: 'Dana' }] },
    });
    if (!first.ok) return;
    const next = await searchPeople(
      office.context,
      workspaceId,
      'U0EVA',
      {},
      { limit: 4, after: first.value.next },
    );
    expect(next).toMatchObject({
      value: {
        preceding: 3,
        next: undefined,
        people: [{ name: 'Eva' }, { name: 'Lee' }, { name: 'Pat' }, { name: 'Sam' }],
      },
    });
  });

  test('shows a manager their team, an admin no tier, and a rep nothing', async () => {
    expect(await search('U0LEE')).toMatchObject({
      scope: 'team',
      total: 2,
      people: [{ name: 'Ana', segment: 'star' }, { name: 'Sam' }],
    });
    expect(await search('U0ADA', { wave: 2 })).toMatchObject({ scope: 'all', total: 7, showsTier: false });
    expect(JSON.stringify(await search('U0ADA'))).not.toMatch(/star|core/);
    expect(await search('U0SAM')).toEqual({ kind: 'not_allowed' });
    expect(await viewPerson(office.context, workspaceId, 'U0ANA', 'U0SAM')).toEqual({
      ok: false,
      problem: { kind: 'not_allowed' },
    });
  });
});
