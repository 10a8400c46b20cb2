import { randomBytes } from 'node:crypto';
import { Refused } from '../refused.ts';
import type { Fields } from '../types.ts';
import type { Workspace } from '../workspace.ts';

const CODE_LIFE_MS = 10 * 60 * 1000;

interface Grants {
  codes: Map<string, { user: string; at: number; used: boolean }>;
  /** Bot tokens that were given out, and when each ends. */
  tokens: Map<string, number>;
  /** Those that were used bring no token any more. */
  refreshTokens: Map<string, { used: boolean }>;
}

const all = new WeakMap<Workspace, Grants>();

function grantsOf(ws: Workspace): Grants {
  const grants = all.get(ws) ?? { codes: new Map(), tokens: new Map(), refreshTokens: new Map() };
  all.set(ws, grants);
  return grants;
}

/** What the person who allowed the installation brings back to the app's redirect URL. */
export function issueOAuthCode(ws: Workspace, user: string): string {
  const code = `${ws.machineNow()}.${randomBytes(12).toString('hex')}`;
  grantsOf(ws).codes.set(code, { user, at: ws.machineNow(), used: false });
  return code;
}

/** Who allowed it. */
export function takeCode(ws: Workspace, given: string): string {
  const code = grantsOf(ws).codes.get(given);
  if (!code || ws.machineNow() - code.at > CODE_LIFE_MS) throw new Refused('invalid_code');
  if (code.used) throw new Refused('code_already_used');
  code.used = true;
  return code.user;
}

/** Those of an installation before are worth nothing any more. */
export function grantAnew(ws: Workspace): Fields {
  const grants = grantsOf(ws);
  grants.tokens.clear();
  grants.refreshTokens.clear();
  return ws.app.grants === undefined ? { access_token: ws.app.botToken } : grantToken(ws);
}

/** The token before stays good until it ends. */
export function grantNext(ws: Workspace, refreshToken: string): Fields {
  const known = grantsOf(ws).refreshTokens.get(refreshToken);
  if (!known || known.used || ws.state.uninstalled) throw new Refused('invalid_refresh_token');
  known.used = true;
  return grantToken(ws);
}

function grantToken(ws: Workspace): Fields {
  const { tokens, refreshTokens } = grantsOf(ws);
  const { tokenLifeMs } = ws.app.grants ?? {};
  const secret = randomBytes(12).toString('hex');
  const token = tokenLifeMs === undefined ? `xoxb-${secret}` : `xoxe.xoxb-1-${secret}`;
  ws.app.botToken = token;
  if (tokenLifeMs === undefined) return { access_token: token };
  tokens.set(token, ws.machineNow() + tokenLifeMs);
  const refreshToken = `xoxe-1-${randomBytes(12).toString('hex')}`;
  refreshTokens.set(refreshToken, { used: false });
  return { access_token: token, refresh_token: refreshToken, expires_in: Math.floor(tokenLifeMs / 1000) };
}

/** Whether a bot's token, and one that is good; refuses one that has ended. */
export function isBotToken(ws: Workspace, token: string): boolean {
  const until = grantsOf(ws).tokens.get(token);
  if (until === undefined) return token === ws.app.botToken;
  if (ws.machineNow() >= until) throw new Refused('token_expired');
  return true;
}

/** Whether a token, a code or a refresh token was given out here. */
export function isOfHere(ws: Workspace, secret: string): boolean {
  const { codes, tokens, refreshTokens } = grantsOf(ws);
  return secret === ws.app.botToken || codes.has(secret) || tokens.has(secret) || refreshTokens.has(secret);
}
