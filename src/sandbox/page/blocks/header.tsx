import type { Block } from '../../local-slack/surface/blocks.ts';
import { TextObject } from '../text/text-object.tsx';

export function HeaderBlock({ block }: { block: Block }) {
  return (
    <h3 class={`block header header-${Number(block['level'] ?? 1)}`}>
      <TextObject value={block['text']} />
    </h3>
  );
}

export function DividerBlock() {
  return <hr class="block divider" />;
}
