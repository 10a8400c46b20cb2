import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Kysely, sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { travelClock } from '#domain/clock.ts';
import { readKeptPast } from '#sandbox/kept-past/kept-past.ts';
import { allRows, countOn } from '#sandbox/kept-past/rows.ts';
import { exportableMeasures, exportMeasure } from '#services/export-measures.ts';
import { measureDigest } from '#services/measure-digest.ts';
import { sweepRetention } from '#services/sweep-retention.ts';
import type { Database } from '#storage/database.ts';
import { erasedAmong } from '#storage/erasure.ts';
import { migrate } from '#storage/migrate.ts';
import { keptAboutPeople } from '#storage/person-export.ts';
import { openPostgres } from '#storage/postgres.ts';
import type { Tables } from '#storage/schema/index.ts';
import { createEmptyPostgres } from '#test/database.ts';
import { here, hereJson } from './cli.ts';

/** Four months of a whole team; Sam is a rep about whom there is everything, and Dana manages Sam. */
const past = readKeptPast();
const now = past.state.businessNow;
const sam = 'U0SAM';
const marker = 'Xylophone';

let empty: Awaited<ReturnType<typeof createEmptyPostgres>>;
let database: Database;
let workspaceId: string;
let settings: Record<string, string>;
let folder: string | undefined;
beforeAll(async () => {
  empty = await createEmptyPostgres();
  database = openPostgres(empty.url);
  await loadPast(database.owner);
  const workspace = await database.owner
    .selectFrom('workspace')
    .select('workspace_id')
    .executeTakeFirstOrThrow();
  workspaceId = workspace.workspace_id;
  settings = { DATABASE_URL: empty.url, SIDELINE_NOW: new Date(now).toISOString() };
  folder = mkdtempSync(path.join(tmpdir(), 'sideline-erase-'));
});
afterAll(async () => {
  if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
  await database.close();
  await empty.drop();
});

/** Without the right to leave references unchecked: each table as soon as what it refers to is there. */
async function loadPast(owner: Kysely<Tables>): Promise<void> {
  await migrate(owner, past.migrations.at(-1));
  const waiting = Object.entries(past.rows);
  for (let [next, tries] = [waiting.shift(), 0]; next !== undefined; next = waiting.shift()) {
    const [name, rows] = next;
    const table = sql.table(name);
    try {
      await sql`insert into ${table} overriding system value
        select * from json_populate_recordset(null::${table}, ${JSON.stringify(rows)}::text::json)`.execute(
        owner,
      );
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === '23503') || ++tries > 500)
        throw error;
      waiting.push(next);
    }
  }
  await countOn(owner);
  await migrate(owner);
}

/** Not what somebody wrote: ids, kinds, times, and what Slack and the product say to each other. */
const notWritten =
  /(_id|_by|_hash|_key|_zone|_starts|_ends)$|^(id|pillar|record_kind|kind|key|state|reason|channel|ts|period|zone|status|side|source|source_id|country|what|resource|how|roles|rule|last_answer|item_id|learnings|answers|missing|questions|detail|response_url|segment|away_status)$/;

/** Adds a word to every text about somebody, wherever one is kept; answers where. */
async function plant(owner: Kysely<Tables>, personId: string): Promise<string[]> {
  const planted: string[] = [];
  for (const { table, about } of keptAboutPeople) {
    const { rows: columns } = await sql<{ name: string; type: string }>`
      select column_name as name, data_type as type from information_schema.columns
      where table_schema = 'public' and table_name = ${table} and data_type in ('text', 'jsonb')`.execute(
      owner,
    );
    const condition = sql.raw(about.replaceAll('$person', `'${personId}'`));
    for (const { name, type } of columns) {
      if (notWritten.test(name)) continue;
      const column = sql.ref(name);
      const value =
        type === 'text' ? sql`coalesce(${column}, '') || ${` ${marker}`}` : planting(name, column);
      const update = sql`update ${sql.table(table)} t set ${column} = ${value} where ${condition}`;
      try {
        const { numAffectedRows } = await owner.transaction().execute((trx) => update.execute(trx));
        if (Number(numAffectedRows) > 0) planted.push(`${table}.${name}`);
      } catch (error) {
        // A column that takes certain words only holds nobody's.
        if (!(error instanceof Error && 'code' in error && error.code === '23514')) throw error;
      }
    }
  }
  await sql`update occurrence set reason = 'other: ' || ${marker}
    where state = 'excused' and ${personId} in (asked_id, about_id)`.execute(owner);
  return planted;
}

function planting(name: string, column: ReturnType<typeof sql.ref>) {
  if (name !== 'evidence')
    return sql`case when jsonb_typeof(${column}) = 'object'
    then ${column} || ${JSON.stringify({ planted: `"${marker}" \\` })}::jsonb else ${column} end`;
  return sql`${JSON.stringify([{ demonstrations: [{ account: `a "b" \\ ${marker}` }] }])}::jsonb`;
}

async function figures() {
  const measures = await database.inWorkspace(workspaceId, async (trx) => {
    const options = {
      workspaceId,
      since: '2025-10-01',
      until: new Date(now).toISOString().slice(0, 10),
      now,
    };
    const all: Record<string, unknown> = {};
    for (const name of Object.keys(exportableMeasures)) all[name] = await exportMeasure(trx, name, options);
    return { all, digest: await measureDigest(trx, workspaceId, now, 'UTC') };
  });
  return measures;
}

const everything = async () => JSON.stringify(await allRows(database.owner));

test('what is kept about somebody is exported, and private notes on a formal request alone', async () => {
  await plant(database.owner, sam);
  const out = path.join(folder ?? '', 'sam');
  const { status, errors } = await here(['export', '--person', sam, '--out', out], settings);
  expect([status, errors]).toEqual([0, '']);
  const exported = JSON.parse(readFileSync(path.join(out, 'person.json'), 'utf8'));
  expect(Object.keys(exported.tables)).toEqual(
    expect.arrayContaining([
      'member',
      'one_on_one_log',
      'commitment',
      'debrief',
      'practice_review',
      'reporting',
    ]),
  );
  expect(JSON.stringify(exported)).not.toContain('private_note');
  expect(JSON.stringify(exported)).not.toMatch(/privateNote|"segment"/);
  expect(readFileSync(path.join(out, 'commitment.csv'), 'utf8')).toContain(marker);
  const formal = await hereJson(['export', '--person', sam, '--formal-request'], settings);
  expect(JSON.stringify(formal.json)).toContain('private_note');
  expect((await here(['export', '--person', 'U0NOBODY'], settings)).status).toBe(1);
  expect((await here(['export', 'adherence', '--out', out], settings)).status).toBe(2);
});

test('an erasure is shown first, and changes nothing until it is told to', async () => {
  const before = await everything();
  const { status, json } = await hereJson(['erase', sam], settings);
  expect([status, json['erased']]).toEqual([0, false]);
  expect(json['texts']).toContainEqual({ table: 'commitment', rows: expect.any(Number) });
  expect((await everything()) === before).toBe(true);
  expect((await here(['erase'], settings)).status).toBe(2);
  expect((await here(['erase', 'U0NOBODY', '--yes'], settings)).status).toBe(1);
});

test('after it no text about them and nothing of who they are is left, and every figure is what it was', async () => {
  const planted = await plant(database.owner, sam);
  expect(planted.length).toBeGreaterThan(20);
  const name = await database.owner
    .selectFrom('member')
    .select('name')
    .where('user_id', '=', sam)
    .executeTakeFirstOrThrow();
  await sql`update member set status = 'deactivated' where user_id = ${sam}`.execute(database.owner);
  const before = await figures();
  const rows = async () =>
    Object.fromEntries(
      Object.entries(await allRows(database.owner)).map(([table, some]) => [table, some.length]),
    );
  const counted = await rows();
  expect((await everything()).includes(marker)).toBe(true);

  const { status, out } = await here(['erase', sam, '--yes'], settings);
  expect(status).toBe(0);
  expect(out).toContain('is erased from');

  const left = await everything();
  expect(
    left.split(marker).length - 1,
    left.slice(left.indexOf(marker) - 400, left.indexOf(marker) + 20),
  ).toBe(0);
  expect(left.match(/.{80}\bU0SAM\b/)?.[0]).toBeUndefined();
  expect(left.includes(name.name.replace(marker, '').trim())).toBe(false);
  expect(await figures()).toEqual(before);
  const {
    edit: _,
    erased_person: erased,
    audit_entry: audited,
    record_revision: __,
    one_on_one_log_revision: ___,
    message_to_delete: toDelete = 0,
    ...same
  } = await rows();
  const {
    edit: ____,
    audit_entry: auditedBefore = 0,
    record_revision: _____,
    one_on_one_log_revision: ______,
    message_to_delete: _______,
    ...sameBefore
  } = counted;
  expect(same).toEqual(sameBefore);
  expect([erased, audited]).toEqual([1, auditedBefore + 1]);
  expect(toDelete).toBeGreaterThan(0);
});

test('whoever was erased is known as such by their id, and nobody else is', async () => {
  const found = await database.inWorkspace(workspaceId, (trx) =>
    erasedAmong(trx, workspaceId, [sam, 'U0SA', 'U0DANA']),
  );
  expect([...found.keys()]).toEqual([sam]);
});

test('a manager who is erased leaves what they wrote about others, without their name and their private notes', async () => {
  const { owner } = database;
  const [log] = await owner
    .selectFrom('one_on_one_log')
    .selectAll()
    .where('manager_id', '=', 'U0DANA')
    .where('rep_id', 'not like', 'GONE%')
    .limit(1)
    .execute();
  if (log === undefined) throw new Error('Dana logged nothing');
  await owner
    .updateTable('one_on_one_log')
    .set({ private_note: marker })
    .where('log_id', '=', log.log_id)
    .execute();
  await sql`update one_on_one_log_revision set content = content || ${JSON.stringify({ privateNote: marker })}::jsonb
    where log_id = ${log.log_id}`.execute(owner);
  const texts = await owner
    .selectFrom('commitment')
    .select('text')
    .orderBy('commitment_id')
    .where('rep_id', '=', log.rep_id)
    .execute();
  expect((await here(['erase', 'U0DANA', '--yes'], settings)).status).toBe(0);
  const left = await everything();
  expect(left.includes(marker)).toBe(false);
  expect(left.match(/\bU0DANA\b/)).toBeNull();
  expect(
    await owner
      .selectFrom('commitment')
      .select('text')
      .orderBy('commitment_id')
      .where('rep_id', '=', log.rep_id)
      .execute(),
  ).toEqual(texts);
  const lines = await owner
    .selectFrom('reporting')
    .select('rep_id')
    .where('manager_id', 'like', 'GONE%')
    .where('until', 'is', null)
    .execute();
  expect(lines).toEqual([]);
});

test('what is older than a workspace keeps it is removed every night, and every figure stays', async () => {
  const { owner } = database;
  const context = { database, clock: travelClock(now) };
  const before = await figures();
  expect(await sweepRetention(context, workspaceId)).toBe(0);
  await sql`insert into setting (workspace_id, key, value, set_at, set_by, view_id)
    values (${workspaceId}, 'textsKeptMonths', '2', now(), 'U0PRIYA', 'V1')`.execute(owner);
  const open = await owner.selectFrom('commitment').select('text').where('state', '=', 'open').execute();
  expect(await sweepRetention(context, workspaceId)).toBeGreaterThan(20);
  const logs = await owner.selectFrom('commitment').select(['text', 'made_at', 'state']).execute();
  const old = logs.filter((one) => one.made_at.getTime() < now - 70 * 86_400_000 && one.state !== 'open');
  expect(old.length).toBeGreaterThan(5);
  expect(old.filter((one) => !one.text.startsWith('No longer kept ('))).toEqual([]);
  const recent = logs.filter(
    (one) => one.made_at.getTime() > now - 50 * 86_400_000 && !one.text.startsWith('No longer'),
  );
  expect(recent.length).toBeGreaterThan(5);
  expect(await owner.selectFrom('commitment').select('text').where('state', '=', 'open').execute()).toEqual(
    open,
  );
  expect(await figures()).toEqual(before);
  expect(await sweepRetention(context, workspaceId)).toBe(0);
  const noted = await owner
    .selectFrom('audit_entry')
    .select('detail')
    .where('what', '=', 'texts_expired')
    .execute();
  expect(noted).toHaveLength(1);
});
