import type { RefObject } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';

/**
 * The browser's own modal dialog: it keeps the focus inside, makes the rest inert, and gives the focus back
 * to where it was.
 */
export function useShownDialog(dialog: RefObject<HTMLDialogElement | null>, onEscape: () => void): void {
  const latest = useRef(onEscape);
  latest.current = onEscape;
  useLayoutEffect(() => {
    const shown = dialog.current;
    if (shown === null) return;
    const before = document.activeElement;
    shown.showModal();
    const cancel = (event: Event): void => {
      event.preventDefault();
      latest.current();
    };
    // A browser may close it by itself, without asking, to let people out of a page that would keep them in.
    const closed = (): void => latest.current();
    shown.addEventListener('cancel', cancel);
    shown.addEventListener('close', closed);
    return () => {
      shown.removeEventListener('cancel', cancel);
      shown.removeEventListener('close', closed);
      shown.close();
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, [dialog]);
}
