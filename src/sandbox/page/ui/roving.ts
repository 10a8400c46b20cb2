/** Arrows, Home and End move between what can be focused in a list; Tab leaves it. */
export function moveInList(
  event: KeyboardEvent & { currentTarget: EventTarget | null },
  selector: string,
): void {
  const list = event.currentTarget;
  if (!(list instanceof HTMLElement)) return;
  const all = [...list.querySelectorAll<HTMLElement>(selector)];
  const at = document.activeElement instanceof HTMLElement ? all.indexOf(document.activeElement) : -1;
  if (at < 0) return;
  const last = all.length - 1;
  const to = { ArrowDown: Math.min(last, at + 1), ArrowUp: Math.max(0, at - 1), Home: 0, End: last }[
    event.key
  ];
  if (to === undefined) return;
  event.preventDefault();
  all[to]?.focus();
}
