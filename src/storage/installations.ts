import { type Kysely, sql } from 'kysely';
import type { Tables } from './schema/index.ts';

/**
 * Tokens of workspaces, sealed. All of it runs as the owner: it is asked before a workspace can be set, and no
 * statement of the product has a right to it.
 */
type Owner = Kysely<Tables>;

interface NewTokens {
  keyId: string;
  botToken: string;
  refreshToken: string | null;
  /** In machine time; null for a token that does not expire. */
  expiresAt: Date | null;
}

export interface SealedTokens extends NewTokens {
  /** One more with each token that Slack gives; sealed with another key it is the same token. */
  generation: number;
}

export interface NewInstallation extends NewTokens {
  workspaceId: string;
  isEnterprise: boolean;
  appId: string;
  scopes: string[];
  installedBy: string;
  installedAt: Date;
}

/** Takes the place of an earlier one, whose tokens Slack takes no more. */
export async function saveInstallation(owner: Owner, one: NewInstallation): Promise<void> {
  const row = {
    is_enterprise: one.isEnterprise,
    app_id: one.appId,
    scopes: one.scopes,
    ...sealedRow(one),
    refreshing_until: null,
    refresh_trouble: null,
    installed_by: one.installedBy,
    installed_at: one.installedAt,
  };
  await owner
    .insertInto('installation')
    .values({ workspace_id: one.workspaceId, ...row })
    .onConflict((conflict) =>
      conflict.column('workspace_id').doUpdateSet({ ...row, generation: sql`installation.generation + 1` }),
    )
    .execute();
}

const sealedRow = (one: NewTokens) => ({
  key_id: one.keyId,
  bot_token: one.botToken,
  refresh_token: one.refreshToken,
  expires_at: one.expiresAt,
});

export async function sealedTokensOf(owner: Owner, workspaceId: string): Promise<SealedTokens | undefined> {
  const row = await owner
    .selectFrom('installation')
    .select(tokenColumns)
    .where('workspace_id', '=', workspaceId)
    .executeTakeFirst();
  return row === undefined ? undefined : asTokens(row);
}

const tokenColumns = ['generation', 'key_id', 'bot_token', 'refresh_token', 'expires_at'] as const;

function asTokens(row: {
  generation: number;
  key_id: string;
  bot_token: string;
  refresh_token: string | null;
  expires_at: Date | null;
}): SealedTokens {
  return {
    generation: row.generation,
    keyId: row.key_id,
    botToken: row.bot_token,
    refreshToken: row.refresh_token,
    expiresAt: row.expires_at,
  };
}

export async function removeInstallation(owner: Owner, workspaceId: string): Promise<void> {
  await owner.deleteFrom('installation').where('workspace_id', '=', workspaceId).execute();
}

/** Whoever gets it asks Slack for the next token: a refresh token is good for one. Nobody else does until then. */
export async function leaseRefresh(
  owner: Owner,
  workspaceId: string,
  { generation, now, until }: { generation: number; now: Date; until: Date },
): Promise<boolean> {
  const { numUpdatedRows } = await owner
    .updateTable('installation')
    .set({ refreshing_until: until })
    .where('workspace_id', '=', workspaceId)
    .where('generation', '=', generation)
    .where((where) => where.or([where('refreshing_until', 'is', null), where('refreshing_until', '<=', now)]))
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** False where somebody has installed it anew meanwhile: theirs is the token that counts. */
export async function replaceTokens(
  owner: Owner,
  workspaceId: string,
  generation: number,
  tokens: NewTokens,
): Promise<boolean> {
  const { numUpdatedRows } = await owner
    .updateTable('installation')
    .set({
      ...sealedRow(tokens),
      generation: generation + 1,
      refreshing_until: null,
      refresh_trouble: null,
    })
    .where('workspace_id', '=', workspaceId)
    .where('generation', '=', generation)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** The lease stays: nobody asks again before it is over. */
export async function noteRefreshTrouble(owner: Owner, workspaceId: string, trouble: string): Promise<void> {
  await owner
    .updateTable('installation')
    .set({ refresh_trouble: trouble })
    .where('workspace_id', '=', workspaceId)
    .execute();
}

export interface InstallationState extends SealedTokens {
  workspaceId: string;
  refreshTrouble: string | null;
}

/** In the order of their ids, those behind `after`. */
export async function listInstallations(
  owner: Owner,
  { after, limit }: { after: string; limit: number },
): Promise<InstallationState[]> {
  const rows = await owner
    .selectFrom('installation')
    .select(['workspace_id', 'refresh_trouble', ...tokenColumns])
    .where('workspace_id', '>', after)
    .orderBy('workspace_id')
    .limit(limit)
    .execute();
  return rows.map((row) => ({
    workspaceId: row.workspace_id,
    refreshTrouble: row.refresh_trouble,
    ...asTokens(row),
  }));
}

/** The same tokens, sealed anew; false where others have come meanwhile. */
export async function reseal(
  owner: Owner,
  workspaceId: string,
  generation: number,
  tokens: Pick<NewTokens, 'keyId' | 'botToken' | 'refreshToken'>,
): Promise<boolean> {
  const { numUpdatedRows } = await owner
    .updateTable('installation')
    .set({ key_id: tokens.keyId, bot_token: tokens.botToken, refresh_token: tokens.refreshToken })
    .where('workspace_id', '=', workspaceId)
    .where('generation', '=', generation)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}
