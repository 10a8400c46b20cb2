import { sql } from 'kysely';
import { type SettingKey, type Settings, settingsFrom } from '#domain/settings.ts';
import type { Trx } from './database.ts';

/** What holds in a workspace now. */
export async function currentSettings(trx: Trx, workspaceId: string): Promise<Settings> {
  return (await readSettings(trx, workspaceId)).settings;
}

/** The same, naming what is stored and no longer fits. */
export async function readSettings(
  trx: Trx,
  workspaceId: string,
): Promise<{ settings: Settings; unfit: SettingKey[] }> {
  const { rows } = await sql<{ key: string; value: unknown }>`
    select distinct on (key) key, value from setting
    where workspace_id = ${workspaceId}
    order by key, setting_id desc`.execute(trx);
  return settingsFrom(new Map(rows.map(({ key, value }) => [key, value])));
}
