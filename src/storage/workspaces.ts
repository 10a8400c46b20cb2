import { type Kysely, type Selectable, sql } from 'kysely';
import type { Trx } from './database.ts';
import type { Tables } from './schema/index.ts';
import type { WorkspaceTable } from './schema/workspace.ts';

export interface Workspace {
  id: string;
  name: string;
  botUserId: string;
  startedAt: Date | null;
  pausedAt: Date | null;
  /** Started for a pilot group, not for all. */
  pilot: boolean;
}

export interface Installation {
  workspaceId: string;
  teamId: string;
  enterpriseId: string | null;
  name: string;
  botUserId: string;
  installedAt: Date;
}

/** Written as the owner: there is no workspace to set before it is known. */
export async function upsertInstallation(owner: Kysely<Tables>, one: Installation): Promise<void> {
  await owner
    .insertInto('workspace')
    .values({
      workspace_id: one.workspaceId,
      team_id: one.teamId,
      enterprise_id: one.enterpriseId,
      name: one.name,
      bot_user_id: one.botUserId,
      installed_at: one.installedAt,
      started_at: null,
      paused_at: null,
    })
    .onConflict((conflict) =>
      conflict.column('workspace_id').doUpdateSet({ name: one.name, bot_user_id: one.botUserId }),
    )
    .execute();
}

export async function listWorkspaceIds(owner: Kysely<Tables>): Promise<string[]> {
  const rows = await owner.selectFrom('workspace').select('workspace_id').orderBy('workspace_id').execute();
  return rows.map((row) => row.workspace_id);
}

export async function findWorkspace(trx: Trx, workspaceId: string): Promise<Workspace | undefined> {
  const row = await workspaceRow(trx, workspaceId).executeTakeFirst();
  return row && asWorkspace(row);
}

/** The same, locked until the transaction ends: two who start, pause or resume at once take turns. */
export async function lockWorkspace(trx: Trx, workspaceId: string): Promise<Workspace | undefined> {
  const row = await workspaceRow(trx, workspaceId).forUpdate().executeTakeFirst();
  return row && asWorkspace(row);
}

const workspaceRow = (trx: Trx, workspaceId: string) =>
  trx.selectFrom('workspace').selectAll().where('workspace_id', '=', workspaceId);

const asWorkspace = (row: Selectable<WorkspaceTable>): Workspace => ({
  id: row.workspace_id,
  name: row.name,
  botUserId: row.bot_user_id,
  startedAt: row.started_at,
  pausedAt: row.paused_at,
  pilot: row.pilot,
});

export async function markStarted(
  trx: Trx,
  workspaceId: string,
  { at, pilot }: { at: Date; pilot: boolean },
): Promise<void> {
  await trx
    .updateTable('workspace')
    .set({ started_at: sql`coalesce(started_at, ${at})`, paused_at: null, pilot })
    .where('workspace_id', '=', workspaceId)
    .execute();
}

export async function setPaused(trx: Trx, workspaceId: string, at: Date | null): Promise<void> {
  await trx.updateTable('workspace').set({ paused_at: at }).where('workspace_id', '=', workspaceId).execute();
}

/** Notes by which time-zone data is calculated from now on; returns by which it was before, as far as that is known. */
export async function exchangeZoneData(
  trx: Trx,
  workspaceId: string,
  zoneData: string,
): Promise<string | null> {
  const workspace = trx.selectFrom('workspace').where('workspace_id', '=', workspaceId);
  const { zone_data: before } = await workspace.select('zone_data').forUpdate().executeTakeFirstOrThrow();
  if (before !== zoneData) {
    await trx
      .updateTable('workspace')
      .set({ zone_data: zoneData })
      .where('workspace_id', '=', workspaceId)
      .execute();
  }
  return before;
}
