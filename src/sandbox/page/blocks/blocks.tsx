import type { ComponentType } from 'preact';
import type { Block } from '../../local-slack/surface/blocks.ts';
import { Unknown } from '../ui/unknown.tsx';
import { ActionsBlock } from './actions.tsx';
import { ChartBlock } from './chart-block.tsx';
import { ContextBlock } from './context.tsx';
import { DataTable } from './data-table.tsx';
import { DividerBlock, HeaderBlock } from './header.tsx';
import { ImageBlock } from './image-block.tsx';
import { InputBlock } from './input.tsx';
import { MarkdownBlock } from './markdown.tsx';
import { RichTextBlock } from './rich-text.tsx';
import { SectionBlock } from './section.tsx';
import { TableBlock } from './table.tsx';

/** From a block's type to what shows it; the product's future screens add theirs here. */
const shownBy: ReadonlyMap<string, ComponentType<{ block: Block }>> = new Map<
  string,
  ComponentType<{ block: Block }>
>([
  ['section', SectionBlock],
  ['actions', ActionsBlock],
  ['context', ContextBlock],
  ['divider', DividerBlock],
  ['header', HeaderBlock],
  ['image', ImageBlock],
  ['input', InputBlock],
  ['markdown', MarkdownBlock],
  ['rich_text', RichTextBlock],
  ['table', TableBlock],
  ['data_table', DataTable],
  ['data_visualization', ChartBlock],
]);

export function Blocks({ blocks }: { blocks: Block[] }) {
  return (
    <div class="blocks">
      {blocks.map((block) => {
        const Shown = shownBy.get(block.type);
        return Shown === undefined ? (
          <Unknown key={block.block_id} what={`block of type ${block.type}`} value={block} />
        ) : (
          <Shown key={block.block_id} block={block} />
        );
      })}
    </div>
  );
}
