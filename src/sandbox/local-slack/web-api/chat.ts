import { z } from 'zod';
import { validateMessage } from '../blocks/validate.ts';
import { postingTarget, visibleChannel } from '../channels.ts';
import {
  addEphemeral,
  addMessage,
  type Content,
  changeMessage,
  findMessage,
  removeMessage,
  slackMessage,
} from '../messages.ts';
import { Refused, refusedFor } from '../refused.ts';
import type { Message } from '../types.ts';
import type { Workspace } from '../workspace.ts';
import { flag, json, method } from './method.ts';

const MAX_TEXT = 40_000;
const MAX_UPDATED_TEXT = 4_000;

const metadata = z.object({ event_type: z.string(), event_payload: z.record(z.string(), z.unknown()) });

const content = {
  text: z.string().optional(),
  markdown_text: z.string().optional(),
  blocks: json(z.array(z.unknown())).optional(),
  attachments: json(z.array(z.unknown())).optional(),
};

type ContentArgs = z.output<z.ZodObject<typeof content>>;

function contentOf(args: ContentArgs, maxText: number): Content {
  if (args.markdown_text !== undefined && (args.text !== undefined || args.blocks !== undefined)) {
    throw new Refused('markdown_text_conflict');
  }
  const text = args.text ?? args.markdown_text ?? '';
  if (text === '' && !args.blocks?.length && !args.attachments?.length) throw new Refused('no_text');
  if (text.length > maxText) throw new Refused('msg_too_long');
  const problems = validateMessage({ text, blocks: args.blocks });
  if (problems.length > 0) throw refusedFor('invalid_blocks', problems);
  return { text, blocks: args.blocks, attachments: args.attachments ?? [] };
}

export const postMessage = method(
  z.object({
    channel: z.string(),
    ...content,
    thread_ts: z.string().optional(),
    reply_broadcast: flag,
    metadata: json(metadata).optional(),
  }),
  (ws, args) => {
    const channel = postingTarget(ws, args.channel);
    const sent = contentOf(args, MAX_TEXT);
    if (args.metadata) sent.metadata = args.metadata;
    const author = { user: ws.app.botUserId, byApp: true };
    const thread = { ts: args.thread_ts, broadcast: args.reply_broadcast };
    const message = addMessage(ws, channel, author, sent, thread);
    return { channel: channel.id, ts: message.ts, message: slackMessage(ws, message, true) };
  },
);

export const postEphemeral = method(
  z.object({ channel: z.string(), user: z.string(), ...content, thread_ts: z.string().optional() }),
  (ws, args) => {
    const channel = postingTarget(ws, args.channel);
    if (!channel.members.includes(args.user)) throw new Refused('user_not_in_channel');
    const to = { user: args.user, channel: channel.id, threadTs: args.thread_ts };
    return { message_ts: addEphemeral(ws, to, 'app', contentOf(args, MAX_TEXT)).ts };
  },
);

function ownMessage(ws: Workspace, channelId: string, ts: string, otherwise: string): Message {
  const channel = visibleChannel(ws, channelId);
  const message = findMessage(ws, channel.id, ts);
  if (!message) throw new Refused('message_not_found');
  if (!message.byApp) throw new Refused(otherwise);
  return message;
}

export const updateMessage = method(
  z.object({
    channel: z.string(),
    ts: z.string(),
    ...content,
    // An empty object takes away what was there before; no argument leaves it.
    metadata: json(z.union([metadata, z.strictObject({}).transform(() => null)])).optional(),
  }),
  (ws, args) => {
    const message = ownMessage(ws, args.channel, args.ts, 'cant_update_message');
    const channel = ws.state.channels[message.channel];
    if (channel?.archived) throw new Refused('is_inactive');
    const changed = contentOf(args, MAX_UPDATED_TEXT);
    if (args.metadata) changed.metadata = args.metadata;
    if (args.metadata === null) delete message.metadata;
    changeMessage(ws, message, changed, ws.app.botUserId);
    return {
      channel: message.channel,
      ts: message.ts,
      text: message.text,
      message: slackMessage(ws, message, true),
    };
  },
);

export const deleteMessage = method(z.object({ channel: z.string(), ts: z.string() }), (ws, args) => {
  removeMessage(ws, ownMessage(ws, args.channel, args.ts, 'cant_delete_message'));
  return { channel: args.channel, ts: args.ts };
});

export const getPermalink = method(z.object({ channel: z.string(), message_ts: z.string() }), (ws, args) => {
  const channel = visibleChannel(ws, args.channel);
  if (!findMessage(ws, channel.id, args.message_ts)) throw new Refused('message_not_found');
  const permalink = `${ws.url}/archives/${channel.id}/p${args.message_ts.replace('.', '')}`;
  return { channel: channel.id, permalink };
});
