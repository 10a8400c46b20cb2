import type { Block } from '../../local-slack/surface/blocks.ts';
import { TextObject } from '../text/text-object.tsx';
import { Picture } from '../ui/picture.tsx';

export function ContextBlock({ block }: { block: Block }) {
  return (
    <div class="block context">
      {(block.elements ?? []).map((element, index) => (
        <span key={index} class="context-part words">
          {element.type === 'image' ? (
            <Picture image={element} className="context-image" />
          ) : (
            <TextObject value={element} />
          )}
        </span>
      ))}
    </div>
  );
}
