import { sql } from 'kysely';
import { type SettingKey, type Settings, settingsFrom } from '#domain/settings.ts';
import { askTogether } from './ask-together.ts';
import type { Trx } from './database.ts';
import { mergedWhole } from './merged.ts';

/** What holds in a workspace now. */
export const currentSettings = mergedWhole(
  async (trx, workspaceId): Promise<Settings> => (await readSettings(trx, workspaceId)).settings,
);

/** The same, naming what is stored and no longer fits. */
export async function readSettings(
  trx: Trx,
  workspaceId: string,
): Promise<{ settings: Settings; unfit: SettingKey[] }> {
  const query = sql<{ key: string; value: unknown }>`
    select distinct on (key) key, value from setting
    where workspace_id = ${workspaceId}
    order by key, setting_id desc`;
  const rows = await askTogether(trx, query, {});
  return settingsFrom(new Map(rows.map(({ key, value }) => [key, value])));
}

/** Two people who save at once take turns until the transaction ends, so that each sees what the other changed. */
export async function takeTurns(trx: Trx, workspaceId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext('setting'), hashtext(${workspaceId}))`.execute(trx);
}

export async function addSettings(
  trx: Trx,
  workspaceId: string,
  set: { changes: ReadonlyMap<SettingKey, unknown>; at: Date; by: string; viewId: string },
): Promise<void> {
  const rows = [...set.changes].map(([key, value]) => ({
    workspace_id: workspaceId,
    key,
    value: JSON.stringify(value),
    set_at: set.at,
    set_by: set.by,
    view_id: set.viewId,
  }));
  if (rows.length > 0) await trx.insertInto('setting').values(rows).execute();
}

/** What one form has set so far, the newest of each key. */
export async function setInView(
  trx: Trx,
  workspaceId: string,
  viewId: string,
): Promise<Map<string, unknown>> {
  const rows = await trx
    .selectFrom('setting')
    .select(['key', 'value'])
    .where('workspace_id', '=', workspaceId)
    .where('view_id', '=', viewId)
    .orderBy('setting_id')
    .execute();
  return new Map(rows.map(({ key, value }) => [key, value]));
}

/** One value that was set, and the one it replaced; none where that was the default. */
export interface SettingChange {
  id: string;
  key: string;
  from: unknown;
  to: unknown;
  at: Date;
  by: string;
  viewId: string;
}

interface LoadedChange {
  setting_id: string;
  key: string;
  value: unknown;
  former: unknown;
  set_at: Date;
  name: string | null;
  set_by: string;
  view_id: string;
}

/** The newest first; `before` one that was shown already. */
export async function loadSettingChanges(
  trx: Trx,
  workspaceId: string,
  page: { before: string | undefined; most: number },
): Promise<SettingChange[]> {
  const { rows } = await sql<LoadedChange>`
    select * from (
      select s.setting_id, s.key, s.value, s.set_at, s.set_by, s.view_id, m.name,
        lag(s.value) over (partition by s.key order by s.setting_id) as former
      from setting s
      left join member m on m.workspace_id = s.workspace_id and m.user_id = s.set_by
      where s.workspace_id = ${workspaceId}
    ) change
    where ${page.before ?? null}::bigint is null or setting_id < ${page.before ?? null}::bigint
    order by setting_id desc
    limit ${page.most}`.execute(trx);
  return rows.map((row) => ({
    id: String(row.setting_id),
    key: row.key,
    from: row.former ?? undefined,
    to: row.value,
    at: row.set_at,
    by: row.name ?? row.set_by,
    viewId: row.view_id,
  }));
}
