import { directMessage, openDirectMessage } from './channels.ts';
import { addMessage } from './messages.ts';
import { type ActOptions, act } from './person/actions.ts';
import { runCommand } from './person/commands.ts';
import type { InputValue } from './person/input-values.ts';
import { close, submit } from './person/modals.ts';
import {
  type ConversationShown,
  conversationsOf,
  type MessageShown,
  memberChannel,
  messagesOf,
} from './person/reading.ts';
import type { Acted, Submitted } from './person/results.ts';
import { globalShortcut, messageShortcut } from './person/shortcuts.ts';
import { loadOptions, type Suggested } from './person/suggestions.ts';
import type { Target } from './person/surfaces.ts';
import { encodeMessage } from './person/typed-text.ts';
import { sendEvent } from './push/events.ts';
import type { Block } from './surface/blocks.ts';
import type { Option } from './surface/options.ts';
import type { Fields, Notice, SlackUser, StateValues, View } from './types.ts';
import { isPerson } from './users.ts';
import { modalStack, slackView } from './views.ts';
import type { Workspace } from './workspace.ts';

export interface ViewShown {
  id: string;
  type: 'modal' | 'home';
  title: Fields | null;
  submit: Fields | null;
  close: Fields | null;
  blocks: Block[];
  values: StateValues;
  errors: Record<string, string>;
  failure: string | null;
  /** Waiting for the app's answer to a submission. */
  busy: boolean;
  hash: string;
}

function keyOf({ surface, blockId, actionId }: Target): string {
  return JSON.stringify([surface, blockId, actionId]);
}

/** What a signed-in member sees and can do, as plain data. */
export class PersonSession {
  readonly userId: string;
  readonly #ws: Workspace;
  readonly #busy = new Set<string>();
  /** Options of external menus that this person has been shown. */
  readonly #seen = new Map<string, Option[]>();

  constructor(ws: Workspace, userId: string) {
    const user = ws.state.users[userId];
    if (!user || !isPerson(user)) throw new Error(`There is no person ${userId} in the local Slack`);
    this.userId = userId;
    this.#ws = ws;
  }

  me(): SlackUser {
    const user = this.#ws.state.users[this.userId];
    if (!user) throw new Error(`${this.userId} has left`);
    return structuredClone(user);
  }

  /** Everybody, for mentions and menus of people. */
  people(): { id: string; name: string; handle: string; isBot: boolean; deleted: boolean }[] {
    return Object.values(this.#ws.state.users).map((one) => ({
      id: one.id,
      name: one.realName,
      handle: one.name,
      isBot: !isPerson(one),
      deleted: one.deleted,
    }));
  }

  /** What the composer offers after a slash. */
  commands(): { command: string; description: string; usageHint: string }[] {
    return (this.#ws.app.commands ?? []).map(({ command, description = '', usageHint = '' }) => ({
      command,
      description,
      usageHint,
    }));
  }

  shortcuts(): { type: 'global' | 'message'; name: string; callbackId: string }[] {
    return structuredClone(this.#ws.app.shortcuts ?? []);
  }

  conversations(): ConversationShown[] {
    return conversationsOf(this.#ws, this.userId);
  }

  /** Channels this person may choose in a menu: their own and all public ones. */
  channels(): { id: string; name: string; isMember: boolean }[] {
    return Object.values(this.#ws.state.channels)
      .filter((one) => one.kind === 'channel' || (one.kind === 'group' && one.members.includes(this.userId)))
      .map((one) => ({ id: one.id, name: one.name, isMember: one.members.includes(this.userId) }));
  }

  /** The direct message with the app; looking at it opens it. */
  appConversation(): string {
    return openDirectMessage(this.#ws, this.userId).channel.id;
  }

  /** Oldest first. */
  messages(channelId: string, thread?: string): MessageShown[] {
    return structuredClone(messagesOf(this.#ws, this.userId, channelId, thread));
  }

  /** Messages of the direct message with the app, none while there is none. */
  appMessages(thread?: string): MessageShown[] {
    const channel = directMessage(this.#ws, this.userId);
    return channel ? this.messages(channel.id, thread) : [];
  }

  home(): ViewShown | null {
    const view = this.#ws.state.homes[this.userId];
    return view ? this.#shown(view) : null;
  }

  /** Bottom of the stack first; the last is in front. */
  modals(): ViewShown[] {
    return modalStack(this.#ws, this.userId).map((one) => this.#shown(one));
  }

  notices(): Notice[] {
    return this.#ws.state.notices.filter((one) => one.user === this.userId);
  }

  /** Takes away a message only this person sees. */
  dismiss(ts: string): void {
    const { ephemerals } = this.#ws.state;
    const at = ephemerals.findIndex((one) => one.to === this.userId && one.ts === ts);
    if (at >= 0) ephemerals.splice(at, 1);
    this.#ws.changes.emit({ kind: 'ephemeral', user: this.userId });
  }

  markRead(channelId: string): void {
    const last = this.#ws.state.messages[memberChannel(this.#ws, this.userId, channelId).id]?.at(-1);
    const read = this.#ws.state.lastRead[this.userId] ?? {};
    this.#ws.state.lastRead[this.userId] = { ...read, ...(last ? { [channelId]: last.ts } : {}) };
    this.#ws.changes.emit({ kind: 'read', user: this.userId, channel: channelId });
  }

  runCommand(channelId: string, text: string): Promise<Acted> {
    return runCommand(this.#ws, this.userId, channelId, text);
  }

  /** A typed message; the app hears of it where it is subscribed. */
  say(channelId: string, text: string, thread?: string): string {
    const channel = memberChannel(this.#ws, this.userId, channelId);
    const author = { user: this.userId, byApp: false };
    return addMessage(this.#ws, channel, author, { text: encodeMessage(this.#ws, text) }, { ts: thread }).ts;
  }

  /** Presses an element, or changes what it holds. */
  act(target: Target, input: InputValue = null, options: ActOptions = {}): Promise<Acted> {
    const seen = this.#seen.get(keyOf(target)) ?? [];
    return act(this.#ws, this.userId, target, input, seen, options);
  }

  /** The choices of an external menu for what was typed. */
  async loadOptions(target: Target, typed: string): Promise<Suggested> {
    const suggested = await loadOptions(this.#ws, this.userId, target, typed);
    if (suggested.status === 'options') {
      const found = suggested.groups.flatMap((one) => one.options);
      this.#seen.set(keyOf(target), [...found, ...(this.#seen.get(keyOf(target)) ?? [])]);
    }
    return suggested;
  }

  async submit(viewId: string): Promise<Submitted> {
    if (this.#busy.has(viewId)) throw new Error(`The modal ${viewId} is already being submitted`);
    this.#busy.add(viewId);
    this.#ws.changes.emit({ kind: 'modal', user: this.userId });
    try {
      return await submit(this.#ws, this.userId, viewId);
    } finally {
      this.#busy.delete(viewId);
      this.#ws.changes.emit({ kind: 'modal', user: this.userId });
    }
  }

  closeModal(viewId: string, all = false): Promise<void> {
    return close(this.#ws, this.userId, viewId, all);
  }

  globalShortcut(callbackId: string): Promise<Acted> {
    return globalShortcut(this.#ws, this.userId, callbackId);
  }

  messageShortcut(callbackId: string, channelId: string, ts: string): Promise<Acted> {
    return messageShortcut(this.#ws, this.userId, callbackId, channelId, ts);
  }

  /** Opens the app's Home or Messages tab. */
  openApp(tab: 'home' | 'messages'): void {
    const view = this.#ws.state.homes[this.userId];
    sendEvent(this.#ws, 'app_home_opened', {
      type: 'app_home_opened',
      user: this.userId,
      channel: this.appConversation(),
      tab,
      ...(view && tab === 'home' ? { view: slackView(this.#ws, view, true) } : {}),
    });
  }

  #shown(view: View): ViewShown {
    const {
      id,
      type,
      title,
      submit: submitLabel,
      close: closeLabel,
      blocks,
      values,
      errors,
      failure,
      hash,
    } = view;
    return structuredClone({
      id,
      type,
      title,
      submit: submitLabel,
      close: closeLabel,
      blocks,
      values,
      errors,
      failure,
      busy: this.#busy.has(id),
      hash,
    });
  }
}
