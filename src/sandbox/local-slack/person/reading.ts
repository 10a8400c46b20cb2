import { channelMessages, repliesTo } from '../messages.ts';
import type { Block } from '../surface/blocks.ts';
import { carriedValues } from '../surface/initial-values.ts';
import type { Channel, Ephemeral, Message, StateValues } from '../types.ts';
import type { Workspace } from '../workspace.ts';

interface Author {
  id: string;
  name: string;
  image: string;
  isApp: boolean;
}

export interface MessageShown {
  ts: string;
  channel: string;
  author: Author;
  text: string;
  blocks: Block[];
  attachments: unknown[];
  /** What this person put into the message's inputs. */
  values: StateValues;
  /** Business time, epoch ms. */
  shownAt: number;
  edited: boolean;
  /** Only this person sees it. */
  ephemeral: boolean;
  threadTs: string | null;
  broadcast: boolean;
  replies: { count: number; latestTs: string } | null;
  reactions: { name: string; count: number }[];
  files: { id: string; name: string; mimetype: string; size: number }[];
}

export interface ConversationShown {
  id: string;
  /** 'app' is the direct message with the app. */
  kind: 'app' | 'channel' | 'group';
  name: string;
  archived: boolean;
  unread: number;
  latestTs: string | null;
}

/** A conversation this person is in. */
export function memberChannel(ws: Workspace, user: string, id: string): Channel {
  const channel = ws.state.channels[id];
  if (!channel?.members.includes(user)) throw new Error(`${user} is in no conversation ${id}`);
  return channel;
}

export function inputKey(user: string, channel: string, ts: string): string {
  return `${user} ${channel} ${ts}`;
}

export function inputsOf(ws: Workspace, user: string, message: Message | Ephemeral): StateValues {
  const stored = ws.state.messageInputs[inputKey(user, message.channel, message.ts)] ?? {};
  return carriedValues(message.blocks, stored);
}

function author(ws: Workspace, id: string): Author {
  const user = ws.state.users[id];
  return {
    id,
    name: user?.realName ?? id,
    image: user?.image ?? '',
    isApp: id === ws.app.botUserId,
  };
}

function shown(ws: Workspace, user: string, message: Message): MessageShown {
  const replies = message.hasReplies ? repliesTo(ws, message) : [];
  const latest = replies.at(-1);
  return {
    ts: message.ts,
    channel: message.channel,
    author: author(ws, message.user),
    text: message.text,
    blocks: message.blocks,
    attachments: message.attachments,
    values: inputsOf(ws, user, message),
    shownAt: message.shownAt,
    edited: message.edited !== undefined,
    ephemeral: false,
    threadTs: message.threadTs ?? null,
    broadcast: message.broadcast ?? false,
    replies: latest ? { count: replies.length, latestTs: latest.ts } : null,
    reactions: (message.reactions ?? []).map((one) => ({ name: one.name, count: one.users.length })),
    files: (message.files ?? []).flatMap((id) => {
      const file = ws.state.files[id];
      return file ? [{ id, name: file.name, mimetype: file.mimetype, size: file.size }] : [];
    }),
  };
}

function shownEphemeral(ws: Workspace, user: string, one: Ephemeral): MessageShown {
  return {
    ts: one.ts,
    channel: one.channel,
    author: author(ws, one.from === 'app' ? ws.app.botUserId : 'USLACKBOT'),
    text: one.text,
    blocks: one.blocks,
    attachments: [],
    values: inputsOf(ws, user, one),
    shownAt: one.shownAt,
    edited: false,
    ephemeral: true,
    threadTs: one.threadTs ?? null,
    broadcast: false,
    replies: null,
    reactions: [],
    files: [],
  };
}

/** Oldest first: a conversation without its threads, or one thread with its parent. */
export function messagesOf(ws: Workspace, user: string, channelId: string, thread?: string): MessageShown[] {
  const channel = memberChannel(ws, user, channelId);
  const inPlace = (one: { ts: string; threadTs?: string; broadcast?: boolean }) =>
    thread === undefined
      ? one.threadTs === undefined || one.broadcast === true
      : one.ts === thread || one.threadTs === thread;
  const kept = channelMessages(ws, channel.id).filter(inPlace);
  const own = ws.state.ephemerals.filter(
    (one) => one.to === user && one.channel === channelId && inPlace(one),
  );
  return [
    ...kept.map((one) => shown(ws, user, one)),
    ...own.map((one) => shownEphemeral(ws, user, one)),
  ].sort((a, b) => (a.ts < b.ts ? -1 : 1));
}

function tellsOfReply(ws: Workspace, user: string, reply: Message): boolean {
  if (reply.broadcast || JSON.stringify([reply.text, reply.blocks]).includes(`<@${user}>`)) return true;
  return channelMessages(ws, reply.channel).some(
    (one) => one.user === user && (one.ts === reply.threadTs || one.threadTs === reply.threadTs),
  );
}

/** In a thread only those are told who take part in it or are mentioned. */
function unread(ws: Workspace, user: string, channel: Channel): number {
  const lastRead = ws.state.lastRead[user]?.[channel.id] ?? '';
  return channelMessages(ws, channel.id).filter(
    (one) =>
      one.ts > lastRead && one.user !== user && (one.threadTs === undefined || tellsOfReply(ws, user, one)),
  ).length;
}

export function conversationsOf(ws: Workspace, user: string): ConversationShown[] {
  return Object.values(ws.state.channels)
    .filter((one) => one.members.includes(user))
    .map((one) => ({
      id: one.id,
      kind: one.kind === 'im' ? ('app' as const) : one.kind,
      name: one.kind === 'im' ? ws.app.name : one.name,
      archived: one.archived,
      unread: unread(ws, user, one),
      latestTs: channelMessages(ws, one.id).at(-1)?.ts ?? null,
    }));
}
