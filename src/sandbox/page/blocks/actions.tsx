import type { Block } from '../../local-slack/surface/blocks.ts';
import { BlockElement } from '../elements/element.tsx';

export function ActionsBlock({ block }: { block: Block }) {
  return (
    <div class="block actions">
      {(block.elements ?? []).map((element) => (
        <BlockElement key={element.action_id} block={block} element={element} />
      ))}
    </div>
  );
}
