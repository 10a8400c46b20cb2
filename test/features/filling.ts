import { labelledElements } from '#sandbox/local-slack/surface/labels.ts';
import type { SeenModal } from '#test/person-views.ts';

/** The first of every choice, and this text in every field that takes text; what was in them before, by label. */
export async function fillAll(modal: SeenModal, text: string): Promise<Map<string, string | null>> {
  const before = new Map<string, string | null>();
  for (const { block, element, label } of labelledElements(modal.shown.blocks)) {
    if (element.type === 'plain_text_input') {
      const was = modal.value(label);
      before.set(label, typeof was === 'string' ? was : null);
      const most = Number(element['max_length'] ?? 3_000);
      await modal.fill(label, text.slice(0, most).toWellFormed());
    }
    const isChoice = element.type === 'radio_buttons' || element.type === 'static_select';
    if (isChoice && block.type === 'input' && modal.value(label) === null) {
      await modal.choose(label, modal.choices(label)[0] ?? '');
    }
  }
  return before;
}
