import { readdirSync, readFileSync } from 'node:fs';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openAssignment } from '#services/assign-practice.ts';
import { explainMessagesTo } from '#services/explain-messages.ts';
import { openDebrief } from '#services/open-debrief.ts';
import { openOneOnOne } from '#services/open-one-on-one.ts';
import { viewCertificationHistory } from '#services/view-certification-history.ts';
import { viewPractice } from '#services/view-practice.ts';
import { accessesTo, noteAccess } from '#storage/access-records.ts';
import { noteInAudit } from '#storage/audit.ts';
import { onBothDatabases, type TestDatabase } from '#test/database.ts';
import { type Office, openOffice, person, workspaceId } from './office.ts';

onBothDatabases('the record of access', (open) => {
  let database: TestDatabase;
  let office: Office;
  beforeAll(async () => {
    database = await open();
    office = await openOffice(
      database,
      ['Sam', 'Dana', 'Lee', 'Eva'].map((name) => person(name)),
    );
    const imported = await office.import(
      'U0DANA,,manager,,,,,',
      'U0LEE,,manager,,,,,',
      'U0EVA,,enablement,,,,,',
      'U0SAM,,rep,U0DANA,,1,,',
    );
    expect(imported).toMatchObject({ ok: true });
  });
  afterAll(async () => {
    await office.close();
    await database.close();
  });

  const looksAtSam = () =>
    database.inWorkspace(workspaceId, (trx) => accessesTo(trx, workspaceId, 'U0SAM', { skip: 0, most: 50 }));
  const seen = async () =>
    (await looksAtSam()).map(({ viewerName, resource, how }) => `${viewerName} ${resource} ${how}`);

  test('has a row for whoever opens what is kept about another, and none where they were refused', async () => {
    const { context } = office;
    const log = { warn: () => {} };
    expect(await openOneOnOne(context, workspaceId, 'U0DANA', 'U0SAM')).toMatchObject({ ok: true });
    expect(await openOneOnOne(context, workspaceId, 'U0LEE', 'U0SAM')).toMatchObject({ ok: false });
    expect(await seen()).toEqual(['Dana one_on_one form']);
    expect(await viewPractice(context, workspaceId, 'U0EVA', 'U0SAM')).toMatchObject({ ok: true });
    expect(await viewPractice(context, workspaceId, 'U0SAM', 'U0SAM')).toMatchObject({ ok: true });
    await openAssignment(context, workspaceId, 'U0DANA', 'U0SAM');
    await openDebrief(context, workspaceId, 'U0DANA', { repId: 'U0SAM' });
    await viewCertificationHistory(context, workspaceId, { viewerId: 'U0EVA', repId: 'U0SAM' });
    const asked = { personId: 'U0SAM', most: 5 };
    await explainMessagesTo({ ...context, log } as typeof context, workspaceId, 'U0DANA', asked);
    expect((await seen()).toSorted()).toEqual([
      'Dana debrief form',
      'Dana messages list',
      'Dana one_on_one form',
      'Dana practice form',
      'Eva certification history',
      'Eva practice list',
    ]);
  });

  test('has one row an hour for the same look', async () => {
    const before = (await looksAtSam()).length;
    await openOneOnOne(office.context, workspaceId, 'U0DANA', 'U0SAM');
    expect(await looksAtSam()).toHaveLength(before);
    office.clock.travelTo(office.clock.now() + 3_600_000);
    await openOneOnOne(office.context, workspaceId, 'U0DANA', 'U0SAM');
    const later = await looksAtSam();
    expect(later).toHaveLength(before + 1);
    expect(later[0]?.at.getTime()).toBe(office.clock.now());
  });

  test('can be neither changed nor deleted, nor can the audit trail, and no planner sees either', async () => {
    const at = new Date(office.clock.now());
    await database.inWorkspace(workspaceId, (trx) =>
      noteInAudit(trx, workspaceId, { actorId: 'U0EVA', what: 'paused', at }),
    );
    for (const table of ['access_record', 'audit_entry']) {
      for (const statement of [
        `update ${table} set at = now()`,
        `delete from ${table}`,
        `truncate ${table}`,
      ]) {
        const attempt = database.inWorkspace(workspaceId, (trx) => sql.raw(statement).execute(trx));
        await expect(attempt, statement).rejects.toThrow(/permission denied/);
      }
      const planner = database.inPlanner((trx) => sql.raw(`select from ${table}`).execute(trx));
      await expect(planner, table).rejects.toThrow(/permission denied/);
    }
  });

  test('is dropped by age alone, never before a year, and in its own workspace only', async () => {
    const now = office.clock.now();
    const year = 366 * 86_400_000;
    await database.inWorkspace(workspaceId, (trx) =>
      noteAccess(trx, workspaceId, {
        viewerId: 'U0DANA',
        personIds: ['U0SAM'],
        resource: 'home',
        how: 'look',
        now: now - year,
      }),
    );
    const drop = (id: string) =>
      database.inWorkspace(id, async (trx) => {
        const { rows } = await sql<{ gone: string }>`
          select drop_access_records(${new Date(now)}, ${new Date(now)}) as gone`.execute(trx);
        return Number(rows[0]?.gone);
      });
    expect(await drop('T0OTHER')).toBe(0);
    expect(await drop(workspaceId)).toBe(1);
    expect(await looksAtSam()).not.toEqual([]);
  });
});

/** Shows nobody else's record: one's own, the workspace as a whole, a date, or how much there is. */
const ownOrNobodys = new Set([
  'answer-debrief openAnswer',
  'ask-for-erasure openErasure',
  'change-plan openPlanToChange',
  'erase-person previewErasure',
  'excuse openExcuse',
  'explain-message explainMessage',
  'explain-messages explainMessagesOf',
  'open-check-in openCheckIn',
  'open-time-report openTimeReport',
  'plan-call openPlanCall',
  'prepare-one-on-one openPreparation',
  'record-day-zero openDayZero',
  'reflect-practice openReflection',
  'preview-change previewChange',
  'request-watch openWatchRequest',
  'review-own-call openReview',
  'view-absences viewAbsences',
  'view-audit viewAudit',
  'view-digest viewDigest',
  'view-digest previewDigest',
  'view-privacy viewPrivacy',
  'view-privacy viewAccesses',
  'view-programmes viewProgrammes',
  'view-settings viewSettings',
  'view-settings viewSettingsHistory',
  'view-set-up viewSetUp',
  'view-slots viewSlots',
  'view-start viewStart',
]);

test('every service that opens or shows something notes it, or is known to show nobody else’s record', () => {
  const folder = new URL('../../src/services/', import.meta.url);
  const unclear: string[] = [];
  const met = new Set<string>();
  for (const file of readdirSync(folder)) {
    const text = readFileSync(new URL(file, folder), 'utf8');
    const parts = text.split(/^export (?=(?:async )?function )/m);
    for (const part of parts.slice(1)) {
      const name = /^(?:async )?function ((?:open|view|explain|preview)[A-Z]\w*)/.exec(part)?.[1];
      // What asks the database nothing shows nobody's record.
      if (name === undefined || !part.includes('inWorkspace(')) continue;
      const known = `${file.replace('.ts', '')} ${name}`;
      met.add(known);
      if (!ownOrNobodys.has(known) && !part.includes('noteAccess(trx')) unclear.push(known);
    }
  }
  expect(unclear).toEqual([]);
  expect([...ownOrNobodys].filter((known) => !met.has(known))).toEqual([]);
});
