import { useEffect, useRef } from 'preact/hooks';
import { openApp, travel } from './data/deeds.ts';
import type { Place } from './data/place.ts';
import { go, home, messages } from './data/route.ts';
import { toggleInspector } from './inspector/state.ts';
import { openHelp, singleKeys } from './ui/help.tsx';

const typing = 'input, textarea, select, [contenteditable]';

/** Single keys, where nobody is typing and no dialog is open. */
export function useKeyboard(place: Place, openPeople: () => void): void {
  const latest = useRef({ place, openPeople });
  latest.current = { place, openPeople };
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
      if (singleKeys.get() === 'off') return;
      const { target } = event;
      if (target instanceof Element && target.closest(typing)) return;
      if (document.querySelector('dialog[open]') !== null) return;
      const { id } = latest.current.place.desk.me;
      const keys: Record<string, () => void> = {
        '?': openHelp,
        c: () => document.querySelector<HTMLElement>('[data-composer=main]')?.focus(),
        m: () => {
          void openApp(id, 'messages');
          go({ as: id, place: messages });
        },
        h: () => go({ as: id, place: home }),
        p: latest.current.openPeople,
        n: () => void travel(id, 'next-message'),
        i: toggleInspector,
      };
      const done = keys[event.key.toLowerCase()];
      if (done === undefined) return;
      event.preventDefault();
      done();
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, []);
}
