import { type Block, interactiveElements, type PlacedElement, wordsOf } from './blocks.ts';
import { blockWords } from './words.ts';

/** An element with what a person would call it. */
export interface Labelled extends PlacedElement {
  label: string;
}

function labelOf({ block, element }: PlacedElement): string {
  if (block.type === 'input') return wordsOf(block.label);
  const own = wordsOf(element['text']) || wordsOf(element['placeholder']);
  if (own !== '') return own;
  const described = element['accessibility_label'];
  if (typeof described === 'string') return described;
  return block.accessory === element ? blockWords(block) : '';
}

export function labelledElements(blocks: Block[]): Labelled[] {
  return interactiveElements(blocks).map((one) => ({ ...one, label: labelOf(one) }));
}
