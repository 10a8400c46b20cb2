import type { Block } from '../../local-slack/surface/blocks.ts';
import type { Fields } from '../../local-slack/types.ts';
import { BlockElement } from '../elements/element.tsx';
import { isFields } from '../elements/read.ts';
import { Emojis } from '../text/emoji.tsx';
import { Unknown } from '../ui/unknown.tsx';
import { RichText } from './rich-text.tsx';

export function Cell({ block, cell }: { block: Block; cell: Fields }) {
  switch (cell['type']) {
    case 'raw_text':
    case 'raw_number':
      return <Emojis text={String(cell['text'] ?? cell['value'] ?? '')} />;
    case 'rich_text':
      return <RichText value={cell} />;
    case 'action_cell': {
      const element = cell['element'];
      if (!isFields(element)) break;
      return (
        <BlockElement
          block={block}
          element={{
            ...element,
            type: String(element['type']),
            action_id: String(element['action_id'] ?? ''),
          }}
        />
      );
    }
  }
  return <Unknown what={`cell of type ${String(cell['type'])}`} value={cell} />;
}

export function rowsOf(block: Block): Fields[][] {
  const rows = block['rows'];
  return Array.isArray(rows) ? rows.map((row) => (Array.isArray(row) ? row.filter(isFields) : [])) : [];
}
