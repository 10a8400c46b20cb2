import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { Refused } from '../refused.ts';
import type { Workspace } from '../workspace.ts';
import { method } from './method.ts';

const LIFE_MS = 10 * 60 * 1000;

const codes = new WeakMap<Workspace, Map<string, { user: string; at: number; used: boolean }>>();

/** What the person who allowed the installation brings back to the app's redirect URL. */
export function issueOAuthCode(ws: Workspace, user: string): string {
  const known = codes.get(ws) ?? new Map();
  codes.set(ws, known);
  const code = `${ws.machineNow()}.${randomBytes(12).toString('hex')}`;
  known.set(code, { user, at: ws.machineNow(), used: false });
  return code;
}

export const oauthAccess = method(
  z.object({
    code: z.string().optional(),
    client_id: z.string().optional(),
    client_secret: z.string().optional(),
  }),
  (ws, args) => {
    if (args.client_id !== ws.app.clientId) throw new Refused('invalid_client_id');
    if (args.client_secret !== ws.app.clientSecret) throw new Refused('bad_client_secret');
    const code = codes.get(ws)?.get(args.code ?? '');
    if (!code || ws.machineNow() - code.at > LIFE_MS) throw new Refused('invalid_code');
    if (code.used) throw new Refused('code_already_used');
    code.used = true;
    ws.state.uninstalled = false;
    return {
      app_id: ws.app.appId,
      authed_user: { id: code.user },
      scope: ws.app.scopes.join(','),
      token_type: 'bot',
      access_token: ws.app.botToken,
      bot_user_id: ws.app.botUserId,
      team: { id: ws.team.id, name: ws.team.name },
      enterprise:
        ws.team.enterpriseId === undefined ? null : { id: ws.team.enterpriseId, name: ws.team.name },
      is_enterprise_install: false,
    };
  },
);
