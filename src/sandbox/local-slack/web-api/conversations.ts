import { z } from 'zod';
import { openDirectMessage, slackChannel, visibleChannel } from '../channels.ts';
import { Refused } from '../refused.ts';
import { isPerson } from '../users.ts';
import { count, flag, method, page } from './method.ts';
import { requireKindScope } from './scopes.ts';

export const conversationsOpen = method(
  z.object({ users: z.string().optional(), channel: z.string().optional(), return_im: flag }),
  (ws, { users, channel: channelId, return_im: whole }) => {
    if (channelId !== undefined) {
      const channel = visibleChannel(ws, channelId);
      if (channel.kind !== 'im') throw new Refused('method_not_supported_for_channel_type');
      return {
        no_op: true,
        already_open: true,
        channel: whole ? slackChannel(ws, channel) : { id: channelId },
      };
    }
    const ids = (users ?? '').split(',').filter((one) => one !== '');
    const [id] = ids;
    if (id === undefined) throw new Refused('users_list_not_supplied');
    if (ids.length > 1) throw new Refused('method_not_supported_for_channel_type');
    const user = ws.state.users[id];
    if (!user) throw new Refused('user_not_found');
    if (!isPerson(user)) throw new Refused('cannot_dm_bot');
    if (user.deleted) throw new Refused('user_disabled');
    const { channel, already } = openDirectMessage(ws, id);
    return {
      ...(already ? { no_op: true, already_open: true } : {}),
      channel: whole ? slackChannel(ws, channel) : { id: channel.id },
    };
  },
);

export const conversationsInfo = method(
  z.object({ channel: z.string(), include_num_members: flag }),
  (ws, { channel: id }) => {
    const channel = visibleChannel(ws, id);
    requireKindScope(ws, 'conversations.info', channel.kind);
    return { channel: slackChannel(ws, channel) };
  },
);

const KINDS = { public_channel: 'channel', private_channel: 'group', im: 'im', mpim: null } as const;

export const conversationsList = method(
  z.object({
    types: z.string().default('public_channel'),
    exclude_archived: flag,
    cursor: z.string().optional(),
    limit: count,
  }),
  (ws, { types, exclude_archived: active, cursor, limit }) => {
    const kinds = types.split(',').map((name) => {
      const kind = Object.entries(KINDS).find(([known]) => known === name.trim());
      if (!kind) throw new Refused('invalid_types');
      return kind[1];
    });
    for (const kind of kinds) if (kind) requireKindScope(ws, 'conversations.list', kind);
    const all = Object.values(ws.state.channels).filter(
      (one) =>
        kinds.includes(one.kind) &&
        !(active && one.archived) &&
        (one.kind === 'channel' || one.members.includes(ws.app.botUserId)),
    );
    const { items, next } = page(all, cursor, Math.min(limit || 100, 1000));
    return {
      channels: items.map((one) => slackChannel(ws, one)),
      response_metadata: { next_cursor: next },
    };
  },
);

export const conversationsMembers = method(
  z.object({ channel: z.string(), cursor: z.string().optional(), limit: count }),
  (ws, { channel: id, cursor, limit }) => {
    const channel = visibleChannel(ws, id);
    requireKindScope(ws, 'conversations.members', channel.kind);
    const { items, next } = page(channel.members, cursor, Math.min(limit || 100, 1000));
    return { members: items, response_metadata: { next_cursor: next } };
  },
);
