import type { ActOptions } from '#sandbox/local-slack/person/actions.ts';
import type { FileGiven, InputValue } from '#sandbox/local-slack/person/input-values.ts';
import type { MessageShown } from '#sandbox/local-slack/person/reading.ts';
import type { Acted } from '#sandbox/local-slack/person/results.ts';
import type { Surface, Target } from '#sandbox/local-slack/person/surfaces.ts';
import type { PersonSession } from '#sandbox/local-slack/person-session.ts';
import { type Block, holdsValue, wordsOf } from '#sandbox/local-slack/surface/blocks.ts';
import { type Labelled, labelledElements } from '#sandbox/local-slack/surface/labels.ts';
import { type Option, staticOptions } from '#sandbox/local-slack/surface/options.ts';
import { blockWords } from '#sandbox/local-slack/surface/words.ts';
import type { StateValues } from '#sandbox/local-slack/types.ts';

export function listed(names: string[]): string {
  return names.length === 0 ? 'none' : names.map((one) => `"${one}"`).join(', ');
}

/** What a person reads and does on one surface, by what things are called. */
export abstract class Seen {
  protected readonly session: PersonSession;

  constructor(session: PersonSession) {
    this.session = session;
  }

  protected abstract surface(): Surface;
  protected abstract blocks(): Block[];
  protected abstract values(): StateValues;

  /** What can be read, block by block. */
  get texts(): string[] {
    return this.blocks()
      .map(blockWords)
      .filter((one) => one !== '');
  }

  /** Names of the fields and menus. */
  get labels(): string[] {
    return this.#elements((one) => holdsValue(one.element.type)).map((one) => one.label);
  }

  /** Names of the buttons, those inside a "more" menu included. */
  get buttons(): string[] {
    return this.#elements((one) => !holdsValue(one.element.type)).flatMap((one) =>
      one.element.type === 'overflow'
        ? staticOptions(one.element).map((option) => wordsOf(option.text))
        : [one.label],
    );
  }

  /** Choices of a menu, radio group or checkbox group, as its words. */
  choices(label: string): string[] {
    return staticOptions(this.#field(label).element).map((one) => wordsOf(one.text));
  }

  /** What a field shows: text, or the words of what is chosen; null when empty. */
  value(label: string): string | string[] | null {
    const { block, actionId } = this.#field(label);
    const held = Object.entries(this.values()[block.block_id]?.[actionId] ?? {}).find(
      ([key]) => key !== 'type',
    );
    const shown = held?.[1] ?? null;
    if (Array.isArray(shown)) return shown.map((one) => this.#words(one));
    return shown === null ? null : this.#words(shown);
  }

  async press(label: string, options: { confirm?: boolean } = {}): Promise<void> {
    const { target, input } = this.#pressable(label);
    await this.#act(label, target, input, { confirmed: options.confirm ?? false });
  }

  async fill(label: string, text: string, options: ActOptions = {}): Promise<void> {
    await this.#act(label, this.#target(this.#field(label)), text, options);
  }

  /** A date (2026-03-01), time (09:30) or moment (epoch seconds). */
  async pick(label: string, value: string | number): Promise<void> {
    await this.#act(label, this.#target(this.#field(label)), value);
  }

  async clear(label: string): Promise<void> {
    await this.#act(label, this.#target(this.#field(label)), null);
  }

  async attach(label: string, ...files: FileGiven[]): Promise<void> {
    await this.#act(label, this.#target(this.#field(label)), files);
  }

  /** One choice of a menu or radio group, or all that shall be ticked in a group of several. */
  async choose(label: string, ...choices: string[]): Promise<void> {
    const field = this.#field(label);
    const ids: string[] = [];
    for (const choice of choices) ids.push(await this.#choiceId(field, choice));
    const several = field.element.type === 'checkboxes' || field.element.type.startsWith('multi_');
    await this.#act(label, this.#target(field), several ? ids : (ids[0] ?? null));
  }

  #elements(wanted: (one: Labelled) => boolean): Labelled[] {
    return labelledElements(this.blocks()).filter(wanted);
  }

  #field(label: string): Labelled {
    const found = this.#elements((one) => holdsValue(one.element.type)).find((one) => one.label === label);
    if (!found) throw new Error(`There is no field "${label}"; there are ${listed(this.labels)}`);
    return found;
  }

  #pressable(label: string): { target: Target; input: InputValue } {
    for (const one of this.#elements((found) => !holdsValue(found.element.type))) {
      if (one.label === label) return { target: this.#target(one), input: null };
      const option = staticOptions(one.element).find((choice) => wordsOf(choice.text) === label);
      if (option) return { target: this.#target(one), input: option.value };
    }
    throw new Error(`There is no button "${label}"; there are ${listed(this.buttons)}`);
  }

  #target({ block, actionId }: Labelled): Target {
    return { surface: this.surface(), blockId: block.block_id, actionId };
  }

  async #act(label: string, target: Target, input: InputValue, options: ActOptions = {}): Promise<void> {
    const acted: Acted = await this.session.act(target, input, options);
    if (acted.status === 'confirm') {
      throw new Error(`"${label}" asks first: ${acted.confirm.title} / ${acted.confirm.text}`);
    }
    if (acted.status === 'refused') throw new Error(`"${label}": ${acted.message}`);
  }

  async #choiceId(field: Labelled, choice: string): Promise<string> {
    const all = await this.#menu(field, choice);
    const found = all.find((one) => one.words === choice);
    if (!found) {
      throw new Error(
        `"${field.label}" has no choice "${choice}"; there are ${listed(all.map((one) => one.words))}`,
      );
    }
    return found.id;
  }

  async #menu(field: Labelled, typed: string): Promise<{ id: string; words: string }[]> {
    const { type } = field.element;
    const asOptions = (options: Option[]) =>
      options.map((one) => ({ id: one.value, words: wordsOf(one.text) }));
    if (type.includes('users')) {
      return this.session.people().map((one) => ({ id: one.id, words: one.name }));
    }
    if (type.includes('channels') || type.includes('conversations')) {
      return this.session.channels().map((one) => ({ id: one.id, words: one.name }));
    }
    if (!type.includes('external')) return asOptions(staticOptions(field.element));
    const loaded = await this.session.loadOptions(this.#target(field), typed);
    if (loaded.status !== 'options') throw new Error(`"${field.label}" shows no choices: ${loaded.status}`);
    return asOptions(loaded.groups.flatMap((one) => one.options));
  }

  #words(held: unknown): string {
    if (typeof held !== 'object' || held === null) {
      const person = this.session.people().find((one) => one.id === held);
      const channel = this.session.channels().find((one) => one.id === held);
      return person?.name ?? channel?.name ?? String(held);
    }
    if ('name' in held) return String(held.name);
    return 'text' in held ? wordsOf(held.text) : JSON.stringify(held);
  }
}

export class SeenMessage extends Seen {
  readonly shown: MessageShown;

  constructor(session: PersonSession, shown: MessageShown) {
    super(session);
    this.shown = shown;
  }

  /** The line of a notification; what can be read in the message itself is in `texts`. */
  get text(): string {
    return this.shown.text;
  }

  get author(): string {
    return this.shown.author.name;
  }

  thread(): SeenMessage[] {
    if (!this.shown.replies) return [];
    const all = this.session.messages(this.shown.channel, this.shown.ts);
    return all.slice(1).map((one) => new SeenMessage(this.session, one));
  }

  protected surface(): Surface {
    return { kind: 'message', channel: this.shown.channel, ts: this.shown.ts };
  }

  protected blocks(): Block[] {
    return this.shown.blocks;
  }

  protected values(): StateValues {
    return this.shown.values;
  }
}
