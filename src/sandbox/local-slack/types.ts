import type { Block } from './surface/blocks.ts';

export type Fields = { [key: string]: unknown };

export interface SlackUser {
  id: string;
  name: string;
  realName: string;
  email: string;
  tz: string;
  isBot: boolean;
  deleted: boolean;
  isRestricted: boolean;
  isUltraRestricted: boolean;
  isStranger: boolean;
  isAdmin: boolean;
  locale: string;
  title: string;
  image: string;
  statusText: string;
  statusEmoji: string;
  /** Epoch seconds; 0 means it does not expire. */
  statusExpiration: number;
  /** Where Slack keeps more about people than everywhere. */
  startDate?: string;
  /** By the id of the field. */
  profileFields?: Record<string, string>;
  updated: number;
}

/** A field that a workspace has added to profiles. */
export interface ProfileField {
  id: string;
  label: string;
  type: 'text' | 'date' | 'user' | 'link' | 'options_list';
  isHidden?: boolean;
}

interface UserGroup {
  id: string;
  handle: string;
  name: string;
  users: string[];
  disabled: boolean;
}

export interface Channel {
  id: string;
  kind: 'im' | 'channel' | 'group';
  name: string;
  members: string[];
  archived: boolean;
  created: number;
  /** The person of a direct message with the app. */
  user?: string;
}

export interface MessageMetadata {
  event_type: string;
  event_payload: Fields;
}

export interface Message {
  ts: string;
  channel: string;
  user: string;
  /** Set when the app wrote it. */
  byApp: boolean;
  text: string;
  blocks: Block[];
  attachments: unknown[];
  metadata?: MessageMetadata;
  threadTs?: string;
  broadcast?: boolean;
  hasReplies?: boolean;
  edited?: { user: string; ts: string };
  files?: string[];
  reactions?: { name: string; users: string[] }[];
  /** Business time, epoch ms: what a person sees as its time. */
  shownAt: number;
}

/** Seen by one person only; not part of any history. */
export interface Ephemeral {
  ts: string;
  channel: string;
  to: string;
  from: 'app' | 'slackbot';
  text: string;
  blocks: Block[];
  threadTs?: string;
  shownAt: number;
}

/** What the person has put in, by block id and action id, in Slack's own shapes. */
export type StateValues = Record<string, Record<string, Fields>>;

export interface View {
  id: string;
  type: 'modal' | 'home';
  user: string;
  callbackId: string;
  title: Fields | null;
  submit: Fields | null;
  close: Fields | null;
  blocks: Block[];
  privateMetadata: string;
  externalId: string;
  clearOnClose: boolean;
  notifyOnClose: boolean;
  hash: string;
  rootId: string;
  previousId: string | null;
  values: StateValues;
  /** Messages under the fields, by block id. */
  errors: Record<string, string>;
  /** What Slack says above the buttons when the app did not answer as it should. */
  failure: string | null;
}

export interface ResponseUrl {
  token: string;
  kind: 'commands' | 'actions';
  user: string;
  channel: string;
  uses: number;
  createdAt: number;
  threadTs?: string;
  /** The message the interaction came from, which replace_original changes. */
  message?: { ts: string; ephemeral: boolean };
}

export interface SlackFile {
  id: string;
  name: string;
  title: string;
  mimetype: string;
  size: number;
  user: string;
  created: number;
  channels: string[];
  /** Absent until the bytes have been uploaded. */
  base64?: string;
  complete: boolean;
}

/** Something Slack itself tells a person, outside any message. */
export interface Notice {
  id: string;
  user: string;
  text: string;
  at: number;
}

/** Everything the local Slack remembers; plain JSON. */
export interface SlackState {
  version: 1;
  sequence: number;
  /** Microseconds of the newest message, so that no two messages share a ts, restarts included. */
  lastTs: number;
  users: Record<string, SlackUser>;
  userGroups: UserGroup[];
  profileFields?: ProfileField[];
  channels: Record<string, Channel>;
  /** By channel, oldest first. */
  messages: Record<string, Message[]>;
  ephemerals: Ephemeral[];
  /** By person, bottom of the stack first. */
  modals: Record<string, View[]>;
  homes: Record<string, View>;
  /** What a person put into the inputs of a message, by person, channel and ts. */
  messageInputs: Record<string, StateValues>;
  /** By person and channel. */
  lastRead: Record<string, Record<string, string>>;
  responseUrls: Record<string, ResponseUrl>;
  files: Record<string, SlackFile>;
  notices: Notice[];
  uninstalled: boolean;
}
