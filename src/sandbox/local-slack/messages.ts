import { sendMessageEvent } from './push/events.ts';
import { nextTs } from './state.ts';
import { keepBlocks } from './surface/blocks.ts';
import type { Channel, Ephemeral, Fields, Message, MessageMetadata } from './types.ts';
import type { Workspace } from './workspace.ts';

export interface Content {
  text: string;
  blocks?: unknown;
  attachments?: unknown[];
  metadata?: MessageMetadata;
  files?: string[];
}

export function channelMessages(ws: Workspace, channelId: string): Message[] {
  const known = ws.state.messages[channelId];
  if (known) return known;
  const started: Message[] = [];
  ws.state.messages[channelId] = started;
  return started;
}

export function findMessage(ws: Workspace, channelId: string, ts: string): Message | undefined {
  return ws.state.messages[channelId]?.find((one) => one.ts === ts);
}

export function repliesTo(ws: Workspace, parent: Message): Message[] {
  return channelMessages(ws, parent.channel).filter(
    (one) => one.threadTs === parent.ts && one.ts !== parent.ts,
  );
}

function threadFields(ws: Workspace, message: Message): Fields {
  if (!message.hasReplies) return message.threadTs === undefined ? {} : { thread_ts: message.threadTs };
  const replies = repliesTo(ws, message);
  const users = [...new Set(replies.map((one) => one.user))];
  return {
    thread_ts: message.ts,
    reply_count: replies.length,
    reply_users_count: users.length,
    latest_reply: replies.at(-1)?.ts,
    reply_users: users,
    is_locked: false,
    subscribed: false,
  };
}

/** A message as Slack shows it to apps; its metadata only where asked for. */
export function slackMessage(ws: Workspace, message: Message, withMetadata: boolean): Fields {
  const { app, team } = ws;
  return {
    type: 'message',
    ...(message.broadcast ? { subtype: 'thread_broadcast' } : {}),
    user: message.user,
    ts: message.ts,
    ...(message.byApp
      ? {
          bot_id: app.botId,
          app_id: app.appId,
          bot_profile: { id: app.botId, app_id: app.appId, name: app.name, deleted: false, team_id: team.id },
        }
      : {}),
    text: message.text,
    team: team.id,
    ...(message.blocks.length > 0 ? { blocks: message.blocks } : {}),
    ...(message.attachments.length > 0 ? { attachments: message.attachments } : {}),
    ...(message.edited ? { edited: message.edited } : {}),
    ...(message.files ? { files: message.files.map((id) => ({ id })) } : {}),
    ...(message.reactions
      ? { reactions: message.reactions.map((one) => ({ ...one, count: one.users.length })) }
      : {}),
    ...threadFields(ws, message),
    ...(withMetadata && message.metadata ? { metadata: message.metadata } : {}),
  };
}

export function addMessage(
  ws: Workspace,
  channel: Channel,
  from: { user: string; byApp: boolean },
  content: Content,
  thread: { ts?: string | undefined; broadcast?: boolean | undefined } = {},
): Message {
  const parent = thread.ts === undefined ? undefined : findMessage(ws, channel.id, thread.ts);
  const message: Message = {
    ts: nextTs(ws.state, ws.machineNow()),
    channel: channel.id,
    user: from.user,
    byApp: from.byApp,
    text: content.text,
    blocks: keepBlocks(content.blocks),
    attachments: content.attachments ?? [],
    ...(content.metadata ? { metadata: content.metadata } : {}),
    ...(content.files ? { files: content.files } : {}),
    // A reply to a reply belongs to the same thread.
    ...(thread.ts === undefined ? {} : { threadTs: parent?.threadTs ?? thread.ts }),
    ...(thread.ts !== undefined && thread.broadcast ? { broadcast: true } : {}),
    shownAt: ws.businessNow(),
  };
  channelMessages(ws, channel.id).push(message);
  if (parent) parent.hasReplies = true;
  ws.changes.emit({ kind: 'message', channel: channel.id, ts: message.ts });
  sendMessageEvent(ws, channel, { ...slackMessage(ws, message, false), event_ts: message.ts });
  return message;
}

export function changeMessage(ws: Workspace, message: Message, content: Content, editor: string): void {
  const before = slackMessage(ws, message, false);
  message.text = content.text;
  message.blocks = keepBlocks(content.blocks);
  message.attachments = content.attachments ?? [];
  if (content.metadata) message.metadata = content.metadata;
  message.edited = { user: editor, ts: nextTs(ws.state, ws.machineNow()) };
  ws.changes.emit({ kind: 'message', channel: message.channel, ts: message.ts });
  const channel = ws.state.channels[message.channel];
  if (!channel) return;
  sendMessageEvent(ws, channel, {
    subtype: 'message_changed',
    message: slackMessage(ws, message, false),
    previous_message: before,
    hidden: true,
    ts: message.edited.ts,
  });
}

export function removeMessage(ws: Workspace, message: Message): void {
  const messages = channelMessages(ws, message.channel);
  messages.splice(messages.indexOf(message), 1);
  ws.changes.emit({ kind: 'message', channel: message.channel, ts: message.ts });
  const channel = ws.state.channels[message.channel];
  if (!channel) return;
  const ts = nextTs(ws.state, ws.machineNow());
  sendMessageEvent(ws, channel, {
    subtype: 'message_deleted',
    deleted_ts: message.ts,
    previous_message: slackMessage(ws, message, false),
    hidden: true,
    ts,
  });
}

export function addEphemeral(
  ws: Workspace,
  to: { user: string; channel: string; threadTs?: string | undefined },
  from: Ephemeral['from'],
  content: Pick<Content, 'text' | 'blocks'>,
): Ephemeral {
  const ephemeral: Ephemeral = {
    ts: nextTs(ws.state, ws.machineNow()),
    channel: to.channel,
    to: to.user,
    from,
    text: content.text,
    blocks: keepBlocks(content.blocks),
    ...(to.threadTs === undefined ? {} : { threadTs: to.threadTs }),
    shownAt: ws.businessNow(),
  };
  ws.state.ephemerals.push(ephemeral);
  ws.changes.emit({ kind: 'ephemeral', user: to.user, channel: to.channel, ts: ephemeral.ts });
  return ephemeral;
}

export function notify(ws: Workspace, user: string, text: string): void {
  ws.state.notices.push({ id: nextTs(ws.state, ws.machineNow()), user, text, at: ws.businessNow() });
  ws.changes.emit({ kind: 'notice', user });
}
