import { z } from 'zod';
import { visibleChannel } from '../channels.ts';
import { findMessage } from '../messages.ts';
import { Refused } from '../refused.ts';
import { method } from './method.ts';

export const reactionsAdd = method(
  z.object({ channel: z.string(), timestamp: z.string(), name: z.string() }),
  (ws, args) => {
    const channel = visibleChannel(ws, args.channel);
    const message = findMessage(ws, channel.id, args.timestamp);
    if (!message) throw new Refused('message_not_found');
    const reactions = message.reactions ?? [];
    const known = reactions.find((one) => one.name === args.name);
    if (known?.users.includes(ws.app.botUserId)) throw new Refused('already_reacted');
    if (known) known.users.push(ws.app.botUserId);
    else reactions.push({ name: args.name, users: [ws.app.botUserId] });
    message.reactions = reactions;
    ws.changes.emit({ kind: 'message', channel: channel.id });
    return {};
  },
);
