import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { csvOf } from '#cli/csv.ts';
import { exportableMeasures } from '#services/export-measures.ts';
import { saveMember } from '#storage/members.ts';
import { upsertInstallation } from '#storage/workspaces.ts';
import { openTestDatabase, type TestDatabase } from '#test/database.ts';
import { fill } from '#test/services/measured-rows.ts';
import { managers, member, now, reps, waveOf, workspaceId } from '#test/services/measured-team.ts';
import { cli, here, hereJson } from './cli.ts';

let database: TestDatabase;
let settings: Record<string, string>;
beforeAll(async () => {
  database = await openTestDatabase('postgres');
  settings = { DATABASE_URL: database.url ?? '', SIDELINE_NOW: new Date(now).toISOString() };
  await upsertInstallation(database.owner, {
    workspaceId,
    teamId: workspaceId,
    enterpriseId: null,
    name: '=HYPERLINK("https://evil.example")',
    botUserId: 'U0BOT',
    installedAt: new Date(now),
  });
  await database.inWorkspace(workspaceId, async (trx) => {
    for (const id of managers) await saveMember(trx, workspaceId, member(id, 'manager', null));
    for (const id of reps) await saveMember(trx, workspaceId, member(id, 'rep', waveOf(id)));
  });
  await fill(database);
});
afterAll(() => database.close());

test('a measure comes as CSV on the standard output, from a real process', async () => {
  const { status, out, errors } = await cli(['export', 'adherence', '--since', '2026-03-02'], settings);
  expect([status, errors]).toEqual([0, '']);
  const [header, ...rows] = out.split('\n');
  expect(header).toBe('week,duty,done,expired,excused,late,open,rate');
  expect(rows.length).toBeGreaterThan(3);
  for (const row of rows) expect(row).toMatch(/^2026-03-02,[a-z_]+(,\d+){5},(0(\.\d+)?|1)?$/);
});

test.each(Object.keys(exportableMeasures))(
  '%s has the columns it tells of, and nobody in it',
  async (measure) => {
    const { status, out } = await here(['export', measure, '--since', '2025-12-01'], settings);
    expect(status).toBe(0);
    const [header, ...rows] = out.split('\n');
    expect(header).toBe(exportableMeasures[measure]?.columns.join(','));
    expect(rows.length).toBeGreaterThan(0);
    for (const row of rows)
      expect(row.split(',').length).toBeGreaterThanOrEqual((header ?? '').split(',').length);
    expect(out).not.toMatch(/U0[MR]\d/);
  },
);

test('as JSON the same, with the period that was meant', async () => {
  const { status, json } = await hereJson(['export', 'commitments'], settings);
  expect(status).toBe(0);
  // The last twelve full weeks.
  expect(json).toMatchObject({
    ok: true,
    workspace: workspaceId,
    measure: 'commitments',
    since: '2025-12-15',
    until: '2026-03-08',
  });
  expect((json['rows'] as { week: string }[]).map(({ week }) => week)).toHaveLength(12);
});

describe('a misuse says what is meant', () => {
  test.each<[string[], string]>([
    [['export'], 'Say which measure: export adherence | observed-calls'],
    [['export', 'names'], 'Say which measure: export adherence | observed-calls'],
    [['export', 'adherence', 'retention'], 'Say which measure'],
    [
      ['export', 'adherence', '--since', 'yesterday'],
      '--since yesterday is no date; write it as 2026-03-02.',
    ],
    [
      ['export', 'adherence', '--until', '2026-02-30'],
      '--until 2026-02-30 is no date; write it as 2026-03-02.',
    ],
    [
      ['export', 'adherence', '--since', '2026-03-09', '--until', '2026-03-02'],
      '--since 2026-03-09 is after --until 2026-03-02.',
    ],
    [['pause', '--since', '2026-03-09'], 'pause takes neither --since nor --until.'],
  ])('%j', async (args, said) => {
    const { status, out, errors } = await here(args, settings);
    expect([status, out]).toEqual([2, '']);
    expect(errors).toContain(said);
  });
});

test('text that begins like a formula is text in every program, and a number stays a number', () => {
  const columns = ['name', 'gap'];
  const rows = [
    { name: '=1+1', gap: -0.12 },
    { name: '+49', gap: 0 },
    { name: '-2', gap: null },
    { name: '@SUM(A1)', gap: 1 },
    { name: '\t=1', gap: 1 },
    { name: 'He said "no", twice', gap: 1 },
    { name: 'two\nlines', gap: 1 },
    { name: 'plain = fine', gap: 1 },
    { name: ' =1', gap: 1 },
    { name: '"=1', gap: 1 },
    { name: "'=1", gap: 1 },
    { name: '＝1', gap: 1 },
    { name: '－1', gap: 1 },
    { name: '\u200b\ufeff＠SUM', gap: 1 },
    { name: '\u0000\u001b=1', gap: 1 },
    { name: '\r=1', gap: 1 },
    { name: 'O\'Neil "Jo"', gap: 1 },
    { name: 'Al\u0007an\u009b31m', gap: 1 },
  ];
  expect(csvOf(columns, rows)).toEqual([
    'name,gap',
    "'=1+1,-0.12",
    "'+49,0",
    "'-2,",
    "'@SUM(A1),1",
    "'\t=1,1",
    '"He said ""no"", twice",1',
    '"two\nlines",1',
    'plain = fine,1',
    "' =1,1",
    '"\'""=1",1',
    "''=1,1",
    "'＝1,1",
    "'－1,1",
    "'\u200b\ufeff＠SUM,1",
    "'=1,1",
    '"\'\r=1",1',
    '"O\'Neil ""Jo""",1',
    'Alan31m,1',
  ]);
});

describe('somebody whose name is a formula, a command to the terminal and the wrong way around', () => {
  const hostile = '=cmd|\u001b[2J \u202Etxt.exe\u0007\u009b31m';
  const [id = ''] = reps;
  const exported = ['export', '--person', id];
  beforeAll(async () => {
    await database.inWorkspace(workspaceId, (trx) =>
      saveMember(trx, workspaceId, { ...member(id, 'rep', waveOf(id)), name: hostile }),
    );
  });
  const obeyed = /[^\P{Cc}\n\t]|[\u202A-\u202E\u2066-\u2069]/u;

  test('prints nothing that a terminal obeys, and loses nothing as JSON', async () => {
    for (const args of [exported, [...exported, '--json'], ['why', id], ['why', id, '--json']]) {
      const { out, errors } = await here(args, settings);
      expect([out === '', errors]).toEqual([false, '']);
      expect(out).not.toMatch(obeyed);
    }
    const { json } = await hereJson(exported, settings);
    expect(json).toMatchObject({ person: { id, name: hostile } });
    const { out } = await here(exported, settings);
    expect(JSON.parse(out)).toMatchObject({ person: { name: hostile } });
  });

  test('is text in every file of their copy', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'sideline-export-'));
    const { out } = await here([...exported, '--out', folder], settings);
    expect(out).toContain(`(${id}): `);
    expect(out).not.toMatch(obeyed);
    const files = readdirSync(folder).filter((file) => file.endsWith('.csv'));
    const written = files.map((file) => readFileSync(path.join(folder, file), 'utf8')).join('');
    rmSync(folder, { recursive: true });
    expect(written).toContain("'=cmd|[2J ");
    expect(written).not.toMatch(/(^|,)=cmd/m);
  });

  test('is told so without obeying, where nobody is found or nothing was meant', async () => {
    for (const args of [['export', '--person', hostile], ['export', hostile], [hostile]]) {
      const { status, errors } = await here(args, settings);
      expect(status).toBeGreaterThan(0);
      expect(errors).not.toMatch(obeyed);
      expect((await here([...args, '--json'], settings)).out).not.toMatch(obeyed);
    }
  });
});
