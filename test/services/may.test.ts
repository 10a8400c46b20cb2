import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Role } from '#domain/people.ts';
import type { StandIn } from '#domain/relation.ts';
import { accessTo, may, mayPutOff } from '#services/may.ts';
import { insertAbsence, standInsNow, withdrawAbsence } from '#storage/absences.ts';
import type { Trx } from '#storage/database.ts';
import { saveMember } from '#storage/members.ts';
import { relationsTo, relationsToAll, relationsToWorkspace } from '#storage/relations.ts';
import { changeManager } from '#storage/reporting.ts';
import { upsertInstallation } from '#storage/workspaces.ts';
import { onBothDatabases, type TestDatabase } from '#test/database.ts';
import { actions, isDone, type Place, resources, seen } from '../domain/permission-table.ts';

const workspaceId = 'T0TEAM';
const team: Record<string, Role[]> = {
  U0VERA: ['manager'],
  U0DANA: ['manager'],
  U0LEE: ['manager'],
  U0SAM: ['rep'],
  U0PAT: ['rep', 'enablement'],
  U0LEAD: ['manager', 'enablement'],
  U0ADA: ['admin'],
};
const everybody = Object.keys(team);
const start = new Date('2026-03-02T14:00:00Z');

onBothDatabases('who is what to whom', (open) => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await open();
  });
  beforeEach(async () => {
    await sql`truncate workspace cascade`.execute(database.owner);
    await upsertInstallation(database.owner, {
      workspaceId,
      teamId: workspaceId,
      enterpriseId: null,
      name: 'Team',
      botUserId: 'U0BOT',
      installedAt: start,
    });
    await inside(async (trx) => {
      for (const [id, roles] of Object.entries(team)) await saveMember(trx, workspaceId, member(id, roles));
    });
    await reportsTo('U0DANA', 'U0VERA', start);
    await reportsTo('U0LEE', 'U0VERA', start);
    await reportsTo('U0SAM', 'U0DANA', start);
    await reportsTo('U0PAT', 'U0LEE', start);
  });
  afterAll(() => database.close());

  const inside = <T>(work: (trx: Trx) => Promise<T>) => database.inWorkspace(workspaceId, work);
  const reportsTo = (repId: string, managerId: string | undefined, at: Date) =>
    inside((trx) => changeManager(trx, workspaceId, repId, managerId, at));
  const toSam = (viewerId: string, standIns?: StandIn[]) =>
    inside((trx) => relationsTo(trx, workspaceId, viewerId, 'U0SAM', standIns));
  const setStatus = (userId: string, status: 'active' | 'deactivated' | 'guest' | 'bot') =>
    inside((trx) => trx.updateTable('member').set({ status }).where('user_id', '=', userId).execute());

  test('reads roles and reporting lines', async () => {
    const found = await Promise.all(everybody.map(async (id) => [id, await toSam(id)] as const));
    expect(Object.fromEntries(found)).toEqual({
      U0VERA: ['managers_manager'],
      U0DANA: ['manager'],
      U0LEE: ['peer'],
      U0SAM: ['self'],
      U0PAT: ['enablement'],
      U0LEAD: ['enablement'],
      U0ADA: ['admin'],
    });
  });

  test('a list of people is asked at once and says the same as one by one', async () => {
    for (const viewerId of everybody) {
      const atOnce = await inside((trx) => relationsToAll(trx, workspaceId, viewerId, everybody));
      expect([...atOnce.keys()].sort()).toEqual([...everybody].sort());
      for (const id of everybody) {
        const one = await inside((trx) => relationsTo(trx, workspaceId, viewerId, id));
        expect(one, `${viewerId} to ${id}`).toEqual(atOnce.get(id));
      }
    }
    expect(await inside((trx) => relationsToAll(trx, workspaceId, 'U0DANA', []))).toEqual(new Map());
  });

  test('after a change of manager the former one is a colleague, and so is who was above them', async () => {
    await reportsTo('U0SAM', 'U0LEAD', new Date('2026-03-09T14:00:00Z'));
    expect(await toSam('U0LEAD')).toEqual(['manager', 'enablement']);
    expect(await toSam('U0DANA')).toEqual(['peer']);
    expect(await toSam('U0VERA')).toEqual(['peer']);
    const asking = { workspaceId, viewerId: 'U0DANA', subjectId: 'U0SAM' };
    expect(await inside((trx) => accessTo(trx, asking, 'conversation'))).toBe('none');
    expect(await inside((trx) => may(trx, asking, 'log_one_on_one'))).toBe(false);

    // And back again: two ended lines and the open one are one relation.
    await reportsTo('U0SAM', 'U0DANA', new Date('2026-03-16T14:00:00Z'));
    expect(await toSam('U0DANA')).toEqual(['manager']);
    expect(await toSam('U0VERA')).toEqual(['managers_manager']);
    expect(await toSam('U0LEAD')).toEqual(['enablement']);
  });

  test('a line that has ended makes nobody a manager, nor a manager of managers', async () => {
    await reportsTo('U0DANA', undefined, new Date('2026-03-09T14:00:00Z'));
    expect(await toSam('U0DANA')).toEqual(['manager']);
    expect(await toSam('U0VERA')).toEqual(['peer']);
    await reportsTo('U0SAM', undefined, new Date('2026-03-10T14:00:00Z'));
    expect(await toSam('U0DANA')).toEqual(['peer']);
    expect(await toSam('U0LEE', [{ awayId: 'U0DANA', standInId: 'U0LEE' }])).toEqual(['peer']);
    expect(await toSam('U0LEAD')).toEqual(['enablement']);
  });

  test.each(['deactivated', 'guest', 'bot'] as const)('a %s viewer is nothing to anybody', async (status) => {
    for (const id of everybody) await setStatus(id, status);
    for (const id of everybody) expect(await toSam(id, [{ awayId: 'U0DANA', standInId: id }])).toEqual([]);
    expect(await inside((trx) => relationsToWorkspace(trx, workspaceId, 'U0LEAD'))).toEqual([]);
  });

  test('who has left is still somebody to those who stay', async () => {
    await setStatus('U0SAM', 'deactivated');
    await setStatus('U0DANA', 'deactivated');
    expect(await toSam('U0VERA')).toEqual(['managers_manager']);
    expect(await toSam('U0LEAD')).toEqual(['enablement']);
  });

  test('nobody is anything to people who are unknown, and people who are unknown are nothing', async () => {
    const toNobody = await inside((trx) => relationsTo(trx, workspaceId, 'U0LEAD', 'U0NOBODY'));
    expect(toNobody).toEqual([]);
    expect(await toSam('U0NOBODY')).toEqual([]);
    expect(await inside((trx) => relationsToWorkspace(trx, workspaceId, 'U0NOBODY'))).toEqual([]);
  });

  test('another workspace says nothing, whoever asks', async () => {
    const elsewhere = await database.inWorkspace('T0OTHER', (trx) =>
      relationsTo(trx, workspaceId, 'U0DANA', 'U0SAM'),
    );
    expect(elsewhere).toEqual([]);
    expect(await inside((trx) => relationsTo(trx, 'T0OTHER', 'U0DANA', 'U0SAM'))).toEqual([]);
  });

  test('what is about nobody in particular is for enablement and admins', async () => {
    const workspaceWide = (viewerId: string) => ({ workspaceId, viewerId });
    const answers = await inside(async (trx) => ({
      lead: await may(trx, workspaceWide('U0LEAD'), 'run_programme'),
      ada: await may(trx, workspaceWide('U0ADA'), 'run_programme'),
      adaStarts: await may(trx, workspaceWide('U0ADA'), 'start_workspace'),
      vera: await may(trx, workspaceWide('U0VERA'), 'change_settings'),
      sam: await may(trx, workspaceWide('U0SAM'), 'report_time'),
      times: await accessTo(trx, workspaceWide('U0LEAD'), 'time_report'),
      settings: await accessTo(trx, workspaceWide('U0SAM'), 'settings'),
    }));
    expect(answers).toEqual({
      lead: true,
      ada: false,
      adaStarts: true,
      vera: false,
      sam: false,
      times: 'aggregates',
      settings: 'none',
    });
  });

  test('a stand-in does what the manager is asked for, and no more', async () => {
    const standIns = [{ awayId: 'U0DANA', standInId: 'U0LEE' }];
    expect(await toSam('U0LEE', standIns)).toEqual(['stand_in']);
    // Whoever is away is still the manager.
    expect(await toSam('U0DANA', standIns)).toEqual(['manager']);
    const lee = { workspaceId, viewerId: 'U0LEE', subjectId: 'U0SAM', standIns };
    const answers = await inside(async (trx) => ({
      log: await may(trx, lee, 'log_one_on_one'),
      certify: await may(trx, lee, 'certify'),
      notes: await accessTo(trx, lee, 'private_note'),
      danasTime: await accessTo(trx, { ...lee, subjectId: 'U0DANA' }, 'time_report'),
      danasTalks: await accessTo(trx, { ...lee, subjectId: 'U0DANA' }, 'conversation'),
    }));
    expect(answers).toEqual({
      log: true,
      certify: false,
      notes: 'own',
      danasTime: 'none',
      danasTalks: 'none',
    });
  });

  /** All that the services would say of somebody towards Sam, at this instant. */
  const rightsOf = (viewerId: string, at: Date) =>
    inside(async (trx) => {
      const standIns = standInsNow(trx, workspaceId, at);
      const asking = { workspaceId, viewerId, subjectId: 'U0SAM', standIns };
      const sees: Record<string, unknown> = {};
      for (const one of resources) sees[one] = await accessTo(trx, asking, one);
      const does: string[] = [];
      for (const one of actions) if (await may(trx, asking, one)) does.push(one);
      return { sees, does };
    });
  /** What the method gives to whoever has that place. */
  const rightsAs = (places: readonly Place[], held: readonly Role[] = []) => ({
    sees: Object.fromEntries(resources.map((one) => [one, seen(places, held, one)])),
    does: actions.filter((one) => isDone(places, held, one)),
  });
  const later = new Date('2026-03-12T14:00:00Z');

  test('after a change of manager everything is the new one’s, and the former one’s no more', async () => {
    expect(await rightsOf('U0DANA', later)).toEqual(rightsAs(['manager']));
    expect(await rightsOf('U0LEE', later)).toEqual(rightsAs([]));
    await reportsTo('U0SAM', 'U0LEE', new Date('2026-03-09T14:00:00Z'));
    expect(await rightsOf('U0DANA', later)).toEqual(rightsAs([]));
    expect(await rightsOf('U0LEE', later)).toEqual(rightsAs(['manager']));
    expect(await rightsOf('U0VERA', later)).toEqual(rightsAs(['managers_manager']));
  });

  test('a role that is taken away takes with it what it gave, and nothing else', async () => {
    const become = (id: string, roles: Role[]) =>
      inside((trx) => saveMember(trx, workspaceId, member(id, roles)));
    await reportsTo('U0SAM', 'U0LEAD', new Date('2026-03-09T14:00:00Z'));
    expect(await rightsOf('U0LEAD', later)).toEqual(rightsAs(['manager'], ['enablement']));
    await become('U0LEAD', ['manager']);
    expect(await rightsOf('U0LEAD', later)).toEqual(rightsAs(['manager']));
    expect(await rightsOf('U0ADA', later)).toEqual(rightsAs([], ['admin']));
    await become('U0ADA', ['rep']);
    expect(await rightsOf('U0ADA', later)).toEqual(rightsAs([]));
  });

  test('a stand-in has the place from the first day of the absence to its last, and until it is called off', async () => {
    const [before, first, last, after] = ['2026-03-08', '2026-03-09', '2026-03-13', '2026-03-14'].map(
      (date) => new Date(`${date}T12:00:00Z`),
    ) as [Date, Date, Date, Date];
    const absence = {
      id: 'f0e6a2c4-0000-4000-8000-000000000001',
      memberId: 'U0DANA',
      firstDay: '2026-03-09',
      lastDay: '2026-03-13',
      standInId: 'U0LEE',
      source: 'member' as const,
      setBy: 'U0DANA',
      at: start,
    };
    await inside((trx) => insertAbsence(trx, workspaceId, absence));
    expect(await rightsOf('U0LEE', before)).toEqual(rightsAs([]));
    expect(await rightsOf('U0LEE', first)).toEqual(rightsAs(['stand_in']));
    expect(await rightsOf('U0LEE', last)).toEqual(rightsAs(['stand_in']));
    expect(await rightsOf('U0LEE', after)).toEqual(rightsAs([]));
    // Whoever is away keeps theirs.
    expect(await rightsOf('U0DANA', first)).toEqual(rightsAs(['manager']));
    await inside((trx) => withdrawAbsence(trx, workspaceId, absence, first));
    expect(await rightsOf('U0LEE', last)).toEqual(rightsAs([]));
  });

  test.each(everybody)('%s sees and does nothing any more once deactivated', async (viewerId) => {
    await setStatus(viewerId, 'deactivated');
    expect(await rightsOf(viewerId, later)).toEqual(rightsAs([]));
    expect(
      await inside(async (trx) => [
        await accessTo(trx, { workspaceId, viewerId }, 'people'),
        await may(trx, { workspaceId, viewerId }, 'change_settings'),
      ]),
    ).toEqual(['none', false]);
  });

  test('an occurrence is put off by who is asked, or by who stands in for them towards a rep', async () => {
    const standIns = [{ awayId: 'U0DANA', standInId: 'U0LEE' }];
    const oneOnOne = { askedId: 'U0DANA', aboutId: 'U0SAM' };
    const timeReport = { askedId: 'U0DANA', aboutId: 'U0DANA' };
    const whoMay = async (occurrence: typeof oneOnOne) => {
      const allowed = await Promise.all(
        everybody.map((viewerId) =>
          inside((trx) =>
            mayPutOff(trx, { workspaceId, viewerId, standIns }, 'excuse_occurrence', occurrence),
          ),
        ),
      );
      return everybody.filter((_, at) => allowed[at]);
    };
    expect(await whoMay(oneOnOne)).toEqual(['U0DANA', 'U0LEE']);
    expect(await whoMay(timeReport)).toEqual(['U0DANA']);
    await setStatus('U0LEE', 'deactivated');
    expect(await whoMay(oneOnOne)).toEqual(['U0DANA']);
  });
});

function member(id: string, roles: Role[]) {
  return {
    id,
    name: id,
    email: null,
    timeZone: 'Europe/Berlin',
    roles,
    segment: null,
    wave: null,
    startDate: null,
    country: null,
    status: 'active' as const,
    workingDays: [1, 2, 3, 4, 5],
    workStarts: '09:00',
    workEnds: '17:00',
    updatedAt: start,
  };
}
