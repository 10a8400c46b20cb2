import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import { store } from '../data/store.ts';
import { Icon } from './icon.tsx';

interface Said {
  kind: 'message' | 'problem' | 'good';
  title: string;
  text: string;
  /** Pressed to get to what it is about. */
  open?: () => void;
}

const shown = store<(Said & { id: number })[]>([]);
let last = 0;

export function say(said: Said): void {
  last += 1;
  const id = last;
  shown.set((all) => [...all.slice(-3), { ...said, id }]);
}

function forget(id: number): void {
  shown.set((all) => all.filter((one) => one.id !== id));
}

const readable = 8000;

function Toast({ id, kind, title, text, open }: Said & { id: number }) {
  useEffect(() => {
    const timer = setTimeout(() => forget(id), readable);
    return () => clearTimeout(timer);
  }, [id]);
  const content = (
    <>
      <strong>{title}</strong>
      <span class="toast-text">{text}</span>
    </>
  );
  return (
    <li class={`toast toast-${kind}`}>
      {open ? (
        <button
          type="button"
          class="toast-open"
          onClick={() => {
            forget(id);
            open();
          }}
        >
          {content}
        </button>
      ) : (
        <div class="toast-open">{content}</div>
      )}
      <button type="button" class="icon-button" aria-label="Dismiss" onClick={() => forget(id)}>
        <Icon name="close" />
      </button>
    </li>
  );
}

/** Read out when they come; gone by themselves. */
export function Toasts() {
  const all = shown.use();
  const list = useRef<HTMLUListElement>(null);
  const newest = all.at(-1)?.id;
  // Above an open modal too: the layer's order is the order of showing.
  useLayoutEffect(() => {
    if (newest === undefined) return;
    list.current?.hidePopover();
    list.current?.showPopover();
  }, [newest]);
  return (
    <ul ref={list} popover="manual" class="toasts" aria-live="polite" aria-label="Notifications">
      {all.map((one) => (
        <Toast key={one.id} {...one} />
      ))}
    </ul>
  );
}
