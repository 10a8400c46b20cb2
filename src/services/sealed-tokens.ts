import type { KeyRing } from '#storage/key-ring.ts';

/** The tokens of a workspace, as they are used. */
export interface Tokens {
  botToken: string;
  refreshToken: string | null;
  /** In machine time; null for a token that does not expire. */
  expiresAt: Date | null;
}

interface Sealed extends Tokens {
  keyId: string;
}

/** Each for its own place: moved to another row or column, neither opens. */
export function sealTokens(ring: KeyRing, workspaceId: string, tokens: Tokens): Sealed {
  const { botToken, refreshToken, expiresAt } = tokens;
  return {
    keyId: ring.writingKey,
    botToken: ring.seal({ workspaceId, column: 'bot_token' }, botToken),
    refreshToken:
      refreshToken === null ? null : ring.seal({ workspaceId, column: 'refresh_token' }, refreshToken),
    expiresAt,
  };
}

export function openTokens(ring: KeyRing, workspaceId: string, sealed: Tokens): Tokens {
  const { botToken, refreshToken, expiresAt } = sealed;
  return {
    botToken: ring.open({ workspaceId, column: 'bot_token' }, botToken),
    refreshToken:
      refreshToken === null ? null : ring.open({ workspaceId, column: 'refresh_token' }, refreshToken),
    expiresAt,
  };
}

/** Slack counts from its answer on. */
export const tokensOf = (
  grant: { access_token: string; refresh_token?: string | undefined; expires_in?: number | undefined },
  machineNow: number,
): Tokens => ({
  botToken: grant.access_token,
  refreshToken: grant.expires_in === undefined ? null : (grant.refresh_token ?? null),
  expiresAt: grant.expires_in === undefined ? null : new Date(machineNow + grant.expires_in * 1000),
});
