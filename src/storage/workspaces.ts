import { type Kysely, type NotNull, type Selectable, sql, type Transaction } from 'kysely';
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
  /** Who installed it last, where Slack said so. */
  installedBy: string | null;
  /** The app was removed, or Slack takes its token no more. */
  ended: { at: Date; reason: string; deleteAfter: Date } | null;
}

export interface Installation {
  workspaceId: string;
  teamId: string;
  enterpriseId: string | null;
  name: string;
  botUserId: string;
  installedAt: Date;
  /** In machine time, when Slack gave or confirmed its token. */
  connectedAt?: Date;
  installedBy?: string;
}

/**
 * Written as the owner: there is no workspace to set before it is known. One that had ended goes on with what is kept.
 */
export async function upsertInstallation(owner: Kysely<Tables>, one: Installation): Promise<void> {
  const now = {
    name: one.name,
    bot_user_id: one.botUserId,
    ...(one.connectedAt === undefined ? {} : { connected_at: one.connectedAt }),
    ...(one.installedBy === undefined ? {} : { installed_by: one.installedBy }),
  };
  await owner
    .insertInto('workspace')
    .values({
      workspace_id: one.workspaceId,
      team_id: one.teamId,
      enterprise_id: one.enterpriseId,
      installed_at: one.installedAt,
      started_at: null,
      paused_at: null,
      ...now,
    })
    .onConflict((conflict) =>
      conflict
        .column('workspace_id')
        .doUpdateSet({ ...now, ended_at: null, ended_reason: null, delete_after: null }),
    )
    .execute();
}

/** Asked as the owner, before a workspace can be set; in the order of the ids given. */
export async function findWorkspaces(
  owner: Kysely<Tables>,
  ids: readonly string[],
): Promise<{ id: string; botUserId: string; ended: boolean }[]> {
  const rows = await owner
    .selectFrom('workspace')
    .select(['workspace_id', 'bot_user_id', 'ended_at'])
    .where('workspace_id', 'in', ids)
    .execute();
  return rows
    .map((row) => ({ id: row.workspace_id, botUserId: row.bot_user_id, ended: row.ended_at !== null }))
    .sort((a, b) => ids.indexOf(a.id) - ids.indexOf(b.id));
}

/** Locked until the transaction ends: who installs it and who ends it take turns. */
export async function lockConnection(
  owner: Transaction<Tables>,
  workspaceId: string,
): Promise<
  { botUserId: string; connectedAt: Date | null; ended: boolean; deleteAfter: Date | null } | undefined
> {
  const row = await owner
    .selectFrom('workspace')
    .select(['bot_user_id', 'connected_at', 'ended_at', 'delete_after'])
    .where('workspace_id', '=', workspaceId)
    .forUpdate()
    .executeTakeFirst();
  return (
    row && {
      botUserId: row.bot_user_id,
      connectedAt: row.connected_at,
      ended: row.ended_at !== null,
      deleteAfter: row.delete_after,
    }
  );
}

/** Conversations belong to a bot; those with another are opened anew. */
export async function forgetConversations(owner: Transaction<Tables>, workspaceId: string): Promise<void> {
  await owner
    .updateTable('member')
    .set({ dm_channel: null })
    .where('workspace_id', '=', workspaceId)
    .execute();
}

export async function markEnded(
  owner: Transaction<Tables>,
  workspaceId: string,
  { at, reason, deleteAfter }: { at: Date; reason: string; deleteAfter: Date },
): Promise<void> {
  await owner
    .updateTable('workspace')
    .set({ ended_at: at, ended_reason: reason, delete_after: deleteAfter })
    .where('workspace_id', '=', workspaceId)
    .execute();
}

/** For planners: of these nothing is planned. There are few, and an index of their own leads to them. */
export const endedIds = (trx: Trx) =>
  trx.selectFrom('workspace').select('workspace_id').where('ended_at', 'is not', null);

export async function endedWorkspaces(
  owner: Kysely<Tables>,
): Promise<{ id: string; reason: string; deleteAfter: Date }[]> {
  const rows = await owner
    .selectFrom('workspace')
    .select(['workspace_id', 'ended_reason', 'delete_after'])
    .where('ended_at', 'is not', null)
    .orderBy('workspace_id')
    .$narrowType<{ ended_reason: NotNull; delete_after: NotNull }>()
    .execute();
  return rows.map((row) => ({
    id: row.workspace_id,
    reason: row.ended_reason,
    deleteAfter: row.delete_after,
  }));
}

/** Those that ended and whose time of keeping is over. */
export async function workspacesToDelete(owner: Kysely<Tables>, now: Date): Promise<string[]> {
  const rows = await owner
    .selectFrom('workspace')
    .select('workspace_id')
    .where('ended_at', 'is not', null)
    .where('delete_after', '<=', now)
    .orderBy('delete_after')
    .execute();
  return rows.map((row) => row.workspace_id);
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
  installedBy: row.installed_by,
  ended:
    row.ended_at === null || row.ended_reason === null || row.delete_after === null
      ? null
      : { at: row.ended_at, reason: row.ended_reason, deleteAfter: row.delete_after },
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
