import { z } from 'zod';
import { Refused } from '../refused.ts';
import { grantAnew, grantNext, takeCode } from './grants.ts';
import { method } from './method.ts';

export const oauthAccess = method(
  z.object({
    code: z.string().optional(),
    client_id: z.string().optional(),
    client_secret: z.string().optional(),
    grant_type: z.string().optional(),
    refresh_token: z.string().optional(),
  }),
  (ws, args) => {
    if (args.client_id !== ws.app.clientId) throw new Refused('invalid_client_id');
    if (args.client_secret !== ws.app.clientSecret) throw new Refused('bad_client_secret');
    const enterprise =
      ws.team.enterpriseId === undefined ? null : { id: ws.team.enterpriseId, name: ws.team.name };
    const isOrganisation = ws.team.isOrganisation === true;
    const installation = {
      app_id: ws.app.appId,
      scope: ws.app.scopes.join(','),
      token_type: 'bot',
      bot_user_id: ws.app.botUserId,
      team: isOrganisation ? null : { id: ws.team.id, name: ws.team.name },
      enterprise,
      is_enterprise_install: isOrganisation,
    };
    if (args.grant_type === 'refresh_token') {
      return { ...installation, ...grantNext(ws, args.refresh_token ?? '') };
    }
    const user = takeCode(ws, args.code ?? '');
    ws.state.uninstalled = false;
    return { ...installation, authed_user: { id: user }, ...grantAnew(ws) };
  },
);
