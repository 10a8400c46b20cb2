import { useEffect, useRef, useState } from 'preact/hooks';
import { words } from './read.ts';
import { type ElementProps, useElement } from './surface.ts';

const pause = 250;

/** Text as it is typed; it goes to Slack at the next pause, or before a submission. */
function useTyped(props: ElementProps) {
  const used = useElement(props);
  const { held, key, surface, change } = used;
  const kept = words(held?.['value']) || richWords(held?.['rich_text_value']);
  const [text, setText] = useState(kept);
  const latest = useRef({ text, change });
  latest.current = { text, change };
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);

  const flush = async (options: { enter?: boolean } = {}): Promise<void> => {
    clearTimeout(timer.current);
    timer.current = undefined;
    surface.unsent.delete(key);
    await latest.current.change(latest.current.text, options);
  };
  const type = (next: string): void => {
    setText(next);
    latest.current.text = next;
    surface.unsent.set(key, () => flush());
    clearTimeout(timer.current);
    timer.current = setTimeout(() => void flush(), pause);
  };
  useEffect(() => {
    return () => {
      clearTimeout(timer.current);
      // A closed modal wants nothing any more; a message is only out of sight.
      if (surface.at.kind === 'message' && surface.unsent.delete(key))
        void latest.current.change(latest.current.text);
    };
  }, [key, surface.at.kind, surface.unsent]);
  return { ...used, text, type, flush };
}

function richWords(value: unknown): string {
  if (Array.isArray(value)) return value.map(richWords).join('');
  if (typeof value !== 'object' || value === null) return '';
  if ('elements' in value) return richWords(value.elements);
  return 'text' in value ? String(value.text) : '';
}

const types = {
  plain_text_input: 'text',
  number_input: 'text',
  email_text_input: 'email',
  url_text_input: 'url',
} as const;

export function TypedInput({ block, element }: ElementProps) {
  const { aria, text, type, flush, busy, surface } = useTyped({ block, element });
  const longest = element['max_length'];
  const shared = {
    ...aria,
    class: 'field',
    value: text,
    placeholder: words(element['placeholder']),
    readOnly: busy,
    'aria-required': block.type === 'input' && !block.optional,
    ...(element['focus_on_load'] === true ? { 'data-focus-first': '' } : {}),
    onInput: (event: { currentTarget: { value: string } }) => type(event.currentTarget.value),
  };
  if (element['multiline'] === true || element.type === 'rich_text_input') {
    return (
      <>
        <textarea {...shared} rows={element.type === 'rich_text_input' ? 4 : 3} />
        {typeof longest === 'number' && text.length > longest * 0.8 && (
          <span class={text.length > longest ? 'count count-over' : 'count'}>{longest - text.length}</span>
        )}
      </>
    );
  }
  const numeric = element.type === 'number_input';
  return (
    <input
      {...shared}
      type={(types[element.type as keyof typeof types] ?? 'text') as 'text'}
      inputMode={numeric ? (element['is_decimal_allowed'] === true ? 'decimal' : 'numeric') : undefined}
      autocomplete="off"
      onKeyDown={(event) => {
        if (event.key !== 'Enter') return;
        event.preventDefault();
        if (block.dispatch_action) void flush({ enter: true });
        else surface.submit?.();
      }}
    />
  );
}
