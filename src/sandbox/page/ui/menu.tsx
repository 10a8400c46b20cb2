import { type ComponentChildren, createRef } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { Floating } from './floating.tsx';

export interface MenuItem {
  key: string;
  label: ComponentChildren;
  hint?: string;
  danger?: boolean;
  choose: () => void;
}

/** A button that opens a short menu; arrows move in it, Esc closes it. */
export function MenuButton({
  label,
  className,
  items,
  children,
  empty,
  above = false,
  tabIndex,
}: {
  label: string;
  className: string;
  items: MenuItem[];
  children: ComponentChildren;
  empty?: string;
  above?: boolean;
  tabIndex?: number;
}) {
  const [open, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const close = (): void => {
    setOpen(false);
    button.current?.focus();
  };
  return (
    <>
      <button
        ref={button}
        type="button"
        class={className}
        aria-label={label}
        title={label}
        tabIndex={tabIndex}
        aria-haspopup="menu"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
      >
        {children}
      </button>
      {open && (
        <Floating anchor={button} above={above} className="menu" onOutside={() => setOpen(false)}>
          <Items label={label} items={items} empty={empty} close={close} />
        </Floating>
      )}
    </>
  );
}

function Items({
  label,
  items,
  empty,
  close,
}: {
  label: string;
  items: MenuItem[];
  empty: string | undefined;
  close: () => void;
}) {
  const list = createRef<HTMLDivElement>();
  const [at, setAt] = useState(0);
  useEffect(() => {
    list.current?.querySelectorAll<HTMLElement>('[role=menuitem]')[at]?.focus();
  });
  const move = (event: KeyboardEvent): void => {
    const last = items.length - 1;
    const to = { ArrowDown: at === last ? 0 : at + 1, ArrowUp: at === 0 ? last : at - 1, Home: 0, End: last }[
      event.key
    ];
    if (event.key === 'Escape' || event.key === 'Tab') {
      event.preventDefault();
      event.stopPropagation();
      close();
    } else if (to !== undefined) {
      event.preventDefault();
      setAt(to);
    }
  };
  return (
    <div ref={list} role="menu" aria-label={label} onKeyDown={move}>
      {items.length === 0 && (
        <div role="menuitem" aria-disabled="true" tabIndex={-1} class="menu-empty">
          {empty ?? 'Nothing here'}
        </div>
      )}
      {items.map((item, index) => (
        <button
          key={item.key}
          type="button"
          role="menuitem"
          tabIndex={index === at ? 0 : -1}
          class={item.danger ? 'menu-item menu-item-danger' : 'menu-item'}
          onClick={() => {
            close();
            item.choose();
          }}
        >
          <span>{item.label}</span>
          {item.hint !== undefined && <span class="menu-hint">{item.hint}</span>}
        </button>
      ))}
    </div>
  );
}
