import type { Block } from '../../local-slack/surface/blocks.ts';
import { BlockElement } from '../elements/element.tsx';
import { TextObject } from '../text/text-object.tsx';

const wide = /select|picker|radio|checkbox/;

export function SectionBlock({ block }: { block: Block }) {
  const fields = Array.isArray(block['fields']) ? block['fields'] : [];
  const { accessory } = block;
  return (
    <div class={`block section ${accessory && wide.test(accessory.type) ? 'section-wide' : ''}`}>
      <div class="section-words">
        {block['text'] !== undefined && (
          <div class="words">
            <TextObject value={block['text']} />
          </div>
        )}
        {fields.length > 0 && (
          <div class="fields">
            {fields.map((field, index) => (
              <div key={index} class="words">
                <TextObject value={field} />
              </div>
            ))}
          </div>
        )}
      </div>
      {accessory && (
        <div class="accessory">
          <BlockElement block={block} element={accessory} />
        </div>
      )}
    </div>
  );
}
