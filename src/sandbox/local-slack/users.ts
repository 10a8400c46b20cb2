import type { Fields, SlackUser } from './types.ts';
import type { Workspace } from './workspace.ts';

const IMAGE_SIZES = [24, 32, 48, 72, 192, 512];

function offsetSeconds(tz: string, at: number): number {
  const parts = new Intl.DateTimeFormat('en-US', { timeZone: tz, timeZoneName: 'longOffset' }).formatToParts(
    at,
  );
  const name = parts.find((one) => one.type === 'timeZoneName')?.value ?? 'GMT';
  const [, sign, hours, minutes] = /GMT([+-])(\d\d):(\d\d)/.exec(name) ?? [];
  const seconds = Number(hours ?? 0) * 3600 + Number(minutes ?? 0) * 60;
  return sign === '-' ? -seconds : seconds;
}

function zoneLabel(tz: string, at: number): string {
  const parts = new Intl.DateTimeFormat('en-US', { timeZone: tz, timeZoneName: 'long' }).formatToParts(at);
  return parts.find((one) => one.type === 'timeZoneName')?.value ?? tz;
}

function zoneFields(user: SlackUser, at: number): Fields {
  // A deactivated member has no zone.
  if (user.deleted) return {};
  return { tz: user.tz, tz_label: zoneLabel(user.tz, at), tz_offset: offsetSeconds(user.tz, at) };
}

export function profile(ws: Workspace, user: SlackUser, withEmail: boolean): Fields {
  return {
    title: user.title,
    phone: '',
    skype: '',
    real_name: user.realName,
    real_name_normalized: user.realName,
    display_name: '',
    display_name_normalized: '',
    status_text: user.statusText,
    status_emoji: user.statusEmoji,
    status_expiration: user.statusExpiration,
    avatar_hash: user.id.toLowerCase(),
    team: ws.team.id,
    ...(user.startDate === undefined ? {} : { start_date: user.startDate }),
    ...(withEmail && user.email !== '' ? { email: user.email } : {}),
    ...(user.isBot ? { bot_id: ws.app.botId, api_app_id: ws.app.appId } : {}),
    ...Object.fromEntries(IMAGE_SIZES.map((size) => [`image_${size}`, user.image])),
  };
}

/** A user as the Web API and user_change show it; the address only with its own scope. */
export function slackUser(ws: Workspace, user: SlackUser, withLocale = false): Fields {
  return {
    id: user.id,
    team_id: ws.team.id,
    name: user.name,
    deleted: user.deleted,
    color: '9f69e7',
    real_name: user.realName,
    ...zoneFields(user, ws.machineNow()),
    profile: profile(ws, user, ws.app.scopes.includes('users:read.email')),
    is_admin: user.isAdmin,
    is_owner: false,
    is_primary_owner: false,
    is_restricted: user.isRestricted,
    is_ultra_restricted: user.isUltraRestricted,
    is_bot: user.isBot,
    is_app_user: false,
    updated: user.updated,
    is_email_confirmed: !user.isBot,
    who_can_share_contact_card: 'EVERYONE',
    ...(user.isStranger ? { is_stranger: true } : {}),
    ...(withLocale ? { locale: user.locale } : {}),
    ...(ws.team.enterpriseId === undefined
      ? {}
      : { enterprise_user: { id: user.id, enterprise_id: ws.team.enterpriseId, teams: [ws.team.id] } }),
  };
}

export function isPerson(user: SlackUser): boolean {
  return !user.isBot && user.id !== 'USLACKBOT';
}
