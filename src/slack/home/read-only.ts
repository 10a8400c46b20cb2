import type { KnownBlock } from '@slack/web-api';
import { plain } from '../rich-text.ts';

/** What Slack takes on Home and refuses in a modal. */
const notInModals: ReadonlySet<string> = new Set(['table', 'data_table', 'carousel', 'container']);

/** Somebody's blocks for somebody else's eyes: nothing to press, and nothing that a modal could not show. */
export function readOnly(blocks: readonly KnownBlock[]): KnownBlock[] {
  return blocks.flatMap((block): KnownBlock[] => {
    if (block.type === 'actions' || block.type === 'input') return [];
    if (notInModals.has(block.type)) {
      return [{ type: 'context', elements: [plain('A table is left out here.')] }];
    }
    if (block.type === 'section' && block.accessory !== undefined && block.accessory.type !== 'image') {
      const { accessory: _, ...words } = block;
      return [words];
    }
    return [block];
  });
}
