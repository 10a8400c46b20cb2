import type { Fields } from '../types.ts';
import type { Workspace } from '../workspace.ts';

/** The old shared token; Slack still sends one, nothing may rely on it. */
const VERIFICATION_TOKEN = 'local-verification-token';

function teamFields(ws: Workspace): Fields {
  return {
    id: ws.team.id,
    domain: ws.team.domain ?? 'local',
    ...(ws.team.enterpriseId === undefined
      ? {}
      : { enterprise_id: ws.team.enterpriseId, enterprise_name: ws.team.name }),
  };
}

function userFields(ws: Workspace, userId: string): Fields {
  const name = ws.state.users[userId]?.name ?? '';
  return { id: userId, username: name, name, team_id: ws.team.id };
}

/** What every interaction payload carries. */
export function interaction(ws: Workspace, type: string, userId: string): Fields {
  return {
    type,
    user: userFields(ws, userId),
    api_app_id: ws.app.appId,
    token: VERIFICATION_TOKEN,
    team: teamFields(ws),
    enterprise: ws.team.enterpriseId === undefined ? null : { id: ws.team.enterpriseId, name: ws.team.name },
    is_enterprise_install: ws.team.isOrganisation === true,
  };
}

export function commandFields(ws: Workspace, userId: string): Fields {
  return {
    token: VERIFICATION_TOKEN,
    team_id: ws.team.id,
    team_domain: ws.team.domain ?? 'local',
    user_id: userId,
    user_name: ws.state.users[userId]?.name ?? '',
    api_app_id: ws.app.appId,
    is_enterprise_install: String(ws.team.isOrganisation === true),
    ...(ws.team.enterpriseId === undefined
      ? {}
      : { enterprise_id: ws.team.enterpriseId, enterprise_name: ws.team.name }),
  };
}

export function eventEnvelope(ws: Workspace, event: Fields, eventId: string): Fields {
  return {
    token: VERIFICATION_TOKEN,
    team_id: ws.team.id,
    ...(ws.team.enterpriseId === undefined ? {} : { enterprise_id: ws.team.enterpriseId }),
    context_team_id: ws.team.id,
    context_enterprise_id: ws.team.enterpriseId ?? null,
    api_app_id: ws.app.appId,
    event,
    type: 'event_callback',
    event_id: eventId,
    event_time: Math.floor(ws.machineNow() / 1000),
    authorizations: [
      {
        enterprise_id: ws.team.enterpriseId ?? null,
        team_id: ws.team.id,
        user_id: ws.app.botUserId,
        is_bot: true,
        is_enterprise_install: ws.team.isOrganisation === true,
      },
    ],
    is_ext_shared_channel: false,
    event_context: `4-${eventId}`,
  };
}
