import type { Surface } from '#sandbox/local-slack/person/surfaces.ts';
import type { PersonSession, ViewShown } from '#sandbox/local-slack/person-session.ts';
import { type Block, wordsOf } from '#sandbox/local-slack/surface/blocks.ts';
import { labelledElements } from '#sandbox/local-slack/surface/labels.ts';
import type { StateValues } from '#sandbox/local-slack/types.ts';
import { listed, Seen } from './person-surfaces.ts';

/** A view that is read anew at each look, so that it shows what the app changed. */
abstract class SeenView extends Seen {
  abstract get shown(): ViewShown;

  get title(): string {
    return wordsOf(this.shown.title);
  }

  protected surface(): Surface {
    return { kind: 'view', id: this.shown.id };
  }

  protected blocks(): Block[] {
    return this.shown.blocks;
  }

  protected values(): StateValues {
    return this.shown.values;
  }

  protected byLabel(errors: Record<string, string>): Record<string, string> {
    const labels = labelledElements(this.shown.blocks);
    return Object.fromEntries(
      Object.entries(errors).map(([blockId, text]) => [
        labels.find((one) => one.block.block_id === blockId)?.label ?? blockId,
        text,
      ]),
    );
  }
}

export class SeenHome extends SeenView {
  get shown(): ViewShown {
    const home = this.session.home();
    if (!home) throw new Error('The app has published no Home tab for this person');
    return home;
  }
}

interface SubmitSeen {
  status: 'closed' | 'updated' | 'pushed' | 'cleared' | 'errors' | 'failed';
  closed: boolean;
  /** By label. */
  errors: Record<string, string>;
  failure: string | null;
}

export class SeenModal extends SeenView {
  readonly id: string;

  constructor(session: PersonSession, id: string) {
    super(session);
    this.id = id;
  }

  get shown(): ViewShown {
    const open = this.session.modals();
    const found = open.find((one) => one.id === this.id);
    if (!found) {
      throw new Error(`This modal is closed; open are ${listed(open.map((one) => wordsOf(one.title)))}`);
    }
    return found;
  }

  get isOpen(): boolean {
    return this.session.modals().some((one) => one.id === this.id);
  }

  get submitLabel(): string {
    return wordsOf(this.shown.submit);
  }

  get closeLabel(): string {
    return wordsOf(this.shown.close);
  }

  get errors(): Record<string, string> {
    return this.byLabel(this.shown.errors);
  }

  get failure(): string | null {
    return this.shown.failure;
  }

  async submit(): Promise<SubmitSeen> {
    const before = this.shown;
    if (!before.submit) throw new Error(`"${wordsOf(before.title)}" has no submit button`);
    const submitted = await this.session.submit(this.id);
    return {
      status: submitted.status,
      closed: submitted.status === 'closed' || submitted.status === 'cleared',
      errors: submitted.status === 'errors' ? this.byLabel(submitted.errors) : {},
      failure: submitted.status === 'failed' ? submitted.message : null,
    };
  }

  close(options: { all?: boolean } = {}): Promise<void> {
    return this.session.closeModal(this.id, options.all ?? false);
  }
}
