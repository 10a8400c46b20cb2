import { TextObject } from '../text/text-object.tsx';
import { words } from './read.ts';
import { type ElementProps, useElement } from './surface.ts';

export function Button({ block, element }: ElementProps) {
  const { change, pending, busy } = useElement({ block, element });
  const { style, url } = element;
  const look = style === 'primary' ? 'button-primary' : style === 'danger' ? 'button-danger' : '';
  const described = element['accessibility_label'];
  return (
    <button
      type="button"
      class={`button ${look}`}
      aria-label={typeof described === 'string' ? described : undefined}
      aria-busy={pending}
      disabled={busy}
      data-action={element.action_id}
      onClick={() => {
        if (pending) return;
        if (typeof url === 'string') window.open(url, '_blank', 'noopener');
        void change(null);
      }}
    >
      {pending && <span class="spinner" aria-hidden="true" />}
      <span title={words(element['text'])}>
        <TextObject value={element['text']} />
      </span>
    </button>
  );
}
