import type { ComponentChildren, RefObject } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';

/**
 * Something that opens beside its anchor, above everything, dialogs included: the browser's popover layer,
 * placed by hand because not every browser can anchor yet.
 */
export function Floating({
  anchor,
  above = false,
  match = false,
  className,
  onOutside,
  children,
}: {
  anchor: RefObject<HTMLElement | null>;
  /** Prefer the space above the anchor. */
  above?: boolean;
  /** As wide as the anchor. */
  match?: boolean;
  className: string;
  onOutside: () => void;
  children: ComponentChildren;
}) {
  const own = useRef<HTMLDivElement>(null);
  const outside = useRef(onOutside);
  outside.current = onOutside;

  useLayoutEffect(() => {
    const floating = own.current;
    const beside = anchor.current;
    if (floating === null || beside === null) return;
    floating.showPopover();
    const place = (): void => put(floating, beside, { above, match });
    place();
    const resized = new ResizeObserver(place);
    resized.observe(floating);
    const pressed = (event: Event): void => {
      if (event.composedPath().some((one) => one === floating || one === beside)) return;
      outside.current();
    };
    addEventListener('resize', place);
    document.addEventListener('scroll', place, true);
    document.addEventListener('pointerdown', pressed, true);
    return () => {
      resized.disconnect();
      removeEventListener('resize', place);
      document.removeEventListener('scroll', place, true);
      document.removeEventListener('pointerdown', pressed, true);
    };
  }, [anchor, above, match]);

  return (
    <div ref={own} popover="manual" class={`floating ${className}`}>
      {children}
    </div>
  );
}

const gap = 4;
const edge = 8;

function put(floating: HTMLElement, beside: HTMLElement, wish: { above: boolean; match: boolean }): void {
  const at = beside.getBoundingClientRect();
  if (wish.match) floating.style.width = `${at.width}px`;
  floating.style.maxHeight = '';
  const { height, width } = floating.getBoundingClientRect();
  const below = innerHeight - at.bottom - gap - edge;
  const over = at.top - gap - edge;
  const goesAbove = wish.above ? over > height || over > below : below < height && over > below;
  const room = Math.max(96, goesAbove ? over : below);
  floating.style.maxHeight = `${room}px`;
  const shownHeight = Math.min(height, room);
  floating.style.top = `${goesAbove ? at.top - gap - shownHeight : at.bottom + gap}px`;
  floating.style.left = `${Math.max(edge, Math.min(at.left, innerWidth - width - edge))}px`;
}
