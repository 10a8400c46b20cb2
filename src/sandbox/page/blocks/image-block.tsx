import type { Block } from '../../local-slack/surface/blocks.ts';
import { TextObject } from '../text/text-object.tsx';
import { Picture } from '../ui/picture.tsx';

export function ImageBlock({ block }: { block: Block }) {
  return (
    <figure class="block image-block">
      {block['title'] !== undefined && (
        <figcaption>
          <TextObject value={block['title']} />
        </figcaption>
      )}
      <Picture image={block} className="image-whole" />
    </figure>
  );
}
