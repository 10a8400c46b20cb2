import type { Block } from '../../local-slack/surface/blocks.ts';
import { BlockElement } from '../elements/element.tsx';
import { domId, useSurface } from '../elements/surface.ts';
import { TextObject } from '../text/text-object.tsx';
import { Icon } from '../ui/icon.tsx';
import { Unknown } from '../ui/unknown.tsx';

const grouped = ['radio_buttons', 'checkboxes'];

export function InputBlock({ block }: { block: Block }) {
  const surface = useSurface();
  const { element } = block;
  if (element === undefined) return <Unknown what="input without an element" value={block} />;
  const own = domId(surface, block.block_id);
  const field = domId(surface, block.block_id, element.action_id ?? '');
  const error = surface.errors[block.block_id];
  const label = (
    <>
      <TextObject value={block.label} />
      {block.optional && <span class="optional"> (optional)</span>}
    </>
  );
  return (
    <div class={error === undefined ? 'block input' : 'block input input-wrong'} data-block={block.block_id}>
      {grouped.includes(element.type) ? (
        <div class="label" id={`${field}-label`}>
          {label}
        </div>
      ) : (
        <label class="label" for={field}>
          {label}
        </label>
      )}
      <BlockElement block={block} element={element} />
      {error !== undefined && (
        <p class="error" id={`${own}-error`}>
          <Icon name="warn" />
          <span>{error}</span>
        </p>
      )}
      {block['hint'] !== undefined && (
        <p class="hint" id={`${own}-hint`}>
          <TextObject value={block['hint']} />
        </p>
      )}
    </div>
  );
}
