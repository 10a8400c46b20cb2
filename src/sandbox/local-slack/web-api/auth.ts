import { z } from 'zod';
import { method } from './method.ts';

export const authTest = method(z.looseObject({}), (ws) => ({
  url: `${ws.url}/`,
  team: ws.team.name,
  user: ws.state.users[ws.app.botUserId]?.name ?? '',
  team_id: ws.team.id,
  user_id: ws.app.botUserId,
  bot_id: ws.app.botId,
  ...(ws.team.enterpriseId === undefined ? {} : { enterprise_id: ws.team.enterpriseId }),
  is_enterprise_install: ws.team.isOrganisation === true,
}));

export const connectionsOpen = method(z.looseObject({}), (ws) => ({
  url: `${ws.url.replace('http', 'ws')}/link/?ticket=${ws.issueTicket()}&app_id=${ws.app.appId}`,
}));

export const teamInfo = method(z.looseObject({}), (ws) => ({
  team: {
    id: ws.team.id,
    name: ws.team.name,
    url: `${ws.url}/`,
    domain: ws.team.domain ?? 'local',
    email_domain: '',
    icon: { image_default: true },
    ...(ws.team.enterpriseId === undefined
      ? {}
      : { enterprise_id: ws.team.enterpriseId, enterprise_name: ws.team.name }),
  },
}));
