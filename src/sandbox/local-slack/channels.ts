import { Refused } from './refused.ts';
import { nextId } from './state.ts';
import type { Channel, Fields } from './types.ts';
import { isPerson } from './users.ts';
import type { Workspace } from './workspace.ts';

export function directMessage(ws: Workspace, userId: string): Channel | undefined {
  return Object.values(ws.state.channels).find((one) => one.kind === 'im' && one.user === userId);
}

/** The direct message between a person and the app: one for ever. */
export function openDirectMessage(ws: Workspace, userId: string): { channel: Channel; already: boolean } {
  const known = directMessage(ws, userId);
  if (known) return { channel: known, already: true };
  const channel: Channel = {
    id: nextId(ws.state, 'D'),
    kind: 'im',
    name: '',
    members: [userId, ws.app.botUserId],
    archived: false,
    created: Math.floor(ws.machineNow() / 1000),
    user: userId,
  };
  ws.state.channels[channel.id] = channel;
  return { channel, already: false };
}

/** A channel the app can see: public ones, and others it is in. */
export function visibleChannel(ws: Workspace, id: string): Channel {
  const channel = ws.state.channels[id];
  if (!channel || (channel.kind !== 'channel' && !channel.members.includes(ws.app.botUserId))) {
    throw new Refused('channel_not_found');
  }
  return channel;
}

/** Where a message to this id goes; a user id means the direct message with that person. */
export function postingTarget(ws: Workspace, id: string): Channel {
  const user = ws.state.users[id];
  if (user) {
    if (!isPerson(user)) throw new Refused('cannot_dm_bot');
    // Slack still takes messages into a direct message that existed before the person was deactivated.
    const known = directMessage(ws, id);
    if (known) return known;
    if (user.deleted) throw new Refused('channel_not_found');
    return openDirectMessage(ws, id).channel;
  }
  const channel = visibleChannel(ws, id);
  if (channel.archived) throw new Refused('is_archived');
  if (!channel.members.includes(ws.app.botUserId)) throw new Refused('not_in_channel');
  return channel;
}

/** The name Slack gives a conversation in what it sends to an app. */
export function payloadName(channel: Channel): string {
  if (channel.kind === 'im') return 'directmessage';
  return channel.kind === 'group' ? 'privategroup' : channel.name;
}

export function slackChannel(ws: Workspace, channel: Channel): Fields {
  const messages = ws.state.messages[channel.id] ?? [];
  if (channel.kind === 'im') {
    return {
      id: channel.id,
      created: channel.created,
      is_archived: false,
      is_im: true,
      is_org_shared: false,
      context_team_id: ws.team.id,
      user: channel.user,
      is_user_deleted: ws.state.users[channel.user ?? '']?.deleted ?? false,
      is_open: true,
      latest: messages.at(-1)?.ts ?? null,
    };
  }
  return {
    id: channel.id,
    name: channel.name,
    name_normalized: channel.name,
    is_channel: channel.kind === 'channel',
    is_group: channel.kind === 'group',
    is_im: false,
    is_mpim: false,
    is_private: channel.kind === 'group',
    created: channel.created,
    is_archived: channel.archived,
    is_general: false,
    is_shared: false,
    is_org_shared: false,
    is_ext_shared: false,
    is_member: channel.members.includes(ws.app.botUserId),
    context_team_id: ws.team.id,
    topic: { value: '', creator: '', last_set: 0 },
    purpose: { value: '', creator: '', last_set: 0 },
    num_members: channel.members.length,
  };
}
