import type { LocalSlack } from '#sandbox/local-slack/local-slack.ts';
import type { Acted } from '#sandbox/local-slack/person/results.ts';
import type { PersonSession } from '#sandbox/local-slack/person-session.ts';
import { SeenMessage } from './person-surfaces.ts';
import { SeenHome, SeenModal } from './person-views.ts';

/** Long enough for a machine that is busy with other tests; what never comes is seen soon enough. */
const DEADLINE_MS = 20_000;

interface Where {
  /** A channel's name; the direct message with the app when absent. */
  in?: string;
}

/** Somebody at their Slack client: sees labels and words, knows no ids. */
export class Person {
  readonly session: PersonSession;
  readonly #slack: LocalSlack;

  constructor(slack: LocalSlack, userId: string) {
    this.#slack = slack;
    this.session = slack.person(userId);
  }

  get name(): string {
    return this.session.me().realName;
  }

  /** Types a slash command; @Name becomes a mention. */
  run(text: string, where: Where = {}): Promise<Acted> {
    return this.session.runCommand(this.#conversation(where), text);
  }

  say(text: string, where: Where = {}): void {
    this.session.say(this.#conversation(where), text);
  }

  globalShortcut(name: string): Promise<Acted> {
    return this.session.globalShortcut(this.#shortcut('global', name));
  }

  messageShortcut(name: string, message: SeenMessage): Promise<Acted> {
    const id = this.#shortcut('message', name);
    return this.session.messageShortcut(id, message.shown.channel, message.shown.ts);
  }

  /** The modal in front. */
  modal(): SeenModal {
    const top = this.session.modals().at(-1);
    if (!top) throw new Error(`${this.name} has no modal open; told: ${this.#told()}`);
    return new SeenModal(this.session, top.id);
  }

  hasModal(): boolean {
    return this.session.modals().length > 0;
  }

  /** Messages of the direct message with the app, oldest first, without what only this person sees. */
  dm(): SeenMessage[] {
    return this.session
      .appMessages()
      .filter((one) => !one.ephemeral)
      .map((one) => new SeenMessage(this.session, one));
  }

  channel(name: string): SeenMessage[] {
    return this.session
      .messages(this.#conversation({ in: name }))
      .filter((one) => !one.ephemeral)
      .map((one) => new SeenMessage(this.session, one));
  }

  /** What only this person sees, in all conversations, oldest first. */
  ephemeral(): SeenMessage[] {
    return this.session
      .conversations()
      .flatMap((one) => this.session.messages(one.id))
      .filter((one) => one.ephemeral)
      .map((one) => new SeenMessage(this.session, one));
  }

  home(): SeenHome {
    const home = new SeenHome(this.session);
    if (!this.session.home()) throw new Error(`The app has published no Home tab for ${this.name}`);
    return home;
  }

  openHome(): void {
    this.session.openApp('home');
  }

  notices(): string[] {
    return this.session.notices().map((one) => one.text);
  }

  /** The first message that fits, wherever this person sees it. */
  untilMessage(
    fits: (message: SeenMessage) => boolean = () => true,
    options: { deadlineMs?: number } = {},
  ): Promise<SeenMessage> {
    const look = () => this.#everything().find(fits);
    return this.until(look, options, () => {
      const seen = this.#everything().map((one) => `"${one.text}"`);
      return `a message; there are ${seen.join(', ') || 'none'}`;
    });
  }

  /** A modal in front, once it fits. */
  untilModal(
    fits: (modal: SeenModal) => boolean = () => true,
    options: { deadlineMs?: number } = {},
  ): Promise<SeenModal> {
    const look = () => (this.hasModal() && fits(this.modal()) ? this.modal() : undefined);
    return this.until(look, options, () => `a modal; told: ${this.#told()}`);
  }

  untilHome(
    fits: (home: SeenHome) => boolean = () => true,
    options: { deadlineMs?: number } = {},
  ): Promise<SeenHome> {
    const look = () => (this.session.home() && fits(this.home()) ? this.home() : undefined);
    return this.until(look, options, () => 'the Home tab');
  }

  /** Looks again at each change in the local Slack, until there is something or the deadline passes. */
  until<T>(
    look: () => T | undefined,
    options: { deadlineMs?: number } = {},
    what: () => string = () => 'a change',
  ): Promise<T> {
    const deadlineMs = options.deadlineMs ?? DEADLINE_MS;
    return new Promise((resolve, reject) => {
      let stop = () => {};
      const timer = setTimeout(() => {
        stop();
        reject(new Error(`${this.name} waited ${deadlineMs} ms for ${what()}`));
      }, deadlineMs);
      const settle = (finish: () => void) => {
        clearTimeout(timer);
        stop();
        finish();
      };
      const check = () => {
        try {
          const found = look();
          if (found !== undefined) settle(() => resolve(found));
        } catch (error) {
          settle(() => reject(error));
        }
      };
      stop = this.#slack.onChange(check);
      check();
    });
  }

  #everything(): SeenMessage[] {
    return this.session
      .conversations()
      .flatMap((one) => this.session.messages(one.id))
      .map((one) => new SeenMessage(this.session, one))
      .flatMap((one) => [one, ...one.thread()]);
  }

  #told(): string {
    const told = [...this.notices(), ...this.ephemeral().map((one) => one.text)];
    return told.length === 0 ? 'nothing' : told.join(' / ');
  }

  #shortcut(type: 'global' | 'message', name: string): string {
    const all = this.session.shortcuts().filter((one) => one.type === type);
    const found = all.find((one) => one.name === name);
    if (!found) {
      const names = all.map((one) => `"${one.name}"`).join(', ') || 'none';
      throw new Error(`The app has no ${type} shortcut "${name}"; there are ${names}`);
    }
    return found.callbackId;
  }

  #conversation({ in: name }: Where): string {
    if (name === undefined) return this.session.appConversation();
    const all = this.session.conversations();
    const found = all.find((one) => one.kind !== 'app' && one.name === name);
    if (!found) {
      throw new Error(`${this.name} is in no "${name}"; there are ${all.map((one) => one.name).join(', ')}`);
    }
    return found.id;
  }
}
