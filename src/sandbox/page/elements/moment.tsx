import { useEffect, useState } from 'preact/hooks';
import { usePlace } from '../data/place.ts';
import { cityOf, fieldMoment, instantOf } from '../data/zoned.ts';
import { words } from './read.ts';
import { type ElementProps, useElement } from './surface.ts';

/** A value that the person sees changed at once, before Slack has taken it. */
export function useEager<T>(kept: T): [T, (next: T) => void] {
  const [eager, setEager] = useState(kept);
  const text = JSON.stringify(kept);
  useEffect(() => setEager(kept), [text]);
  return [eager, setEager];
}

function Field({
  props,
  type,
  kept,
  send,
}: {
  props: ElementProps;
  type: 'date' | 'time' | 'datetime-local';
  kept: string;
  send: (text: string) => string | number | null;
}) {
  const { aria, change, busy } = useElement(props);
  const [shown, setShown] = useEager(kept);
  const { element, block } = props;
  return (
    <input
      {...aria}
      class="field field-moment"
      type={type}
      value={shown}
      readOnly={busy}
      aria-label={block.type === 'input' ? undefined : words(element['placeholder']) || 'Choose'}
      onInput={(event) => {
        setShown(event.currentTarget.value);
        void change(send(event.currentTarget.value));
      }}
    />
  );
}

export function DatePicker(props: ElementProps) {
  const { held } = useElement(props);
  const kept = String(held?.['selected_date'] ?? '');
  return <Field props={props} type="date" kept={kept} send={(text) => text || null} />;
}

export function TimePicker(props: ElementProps) {
  const { held } = useElement(props);
  const kept = String(held?.['selected_time'] ?? '');
  const zone = props.element['timezone'];
  return (
    <span class="with-note">
      <Field props={props} type="time" kept={kept} send={(text) => text || null} />
      {typeof zone === 'string' && <span class="quiet">{cityOf(zone)} time</span>}
    </span>
  );
}

export function DateTimePicker(props: ElementProps) {
  const { held } = useElement(props);
  const { zone } = usePlace().desk.me;
  const seconds = held?.['selected_date_time'];
  const kept = typeof seconds === 'number' ? fieldMoment(seconds * 1000, zone) : '';
  return (
    <Field
      props={props}
      type="datetime-local"
      kept={kept}
      send={(text) => (text === '' ? null : instantOf(text, zone) / 1000)}
    />
  );
}
