import { useId, useRef, useState } from 'preact/hooks';
import { Floating } from '../ui/floating.tsx';
import { Icon } from '../ui/icon.tsx';
import { Listbox } from './listbox.tsx';
import type { Choice, ChoiceGroup } from './read.ts';

export interface ComboboxProps {
  aria: Record<string, string | undefined>;
  label: string | undefined;
  placeholder: string;
  groups: ChoiceGroup[];
  /** Said instead of choices: loading, type more, failed. */
  status: string | undefined;
  chosen: Choice[];
  several: boolean;
  clearable: boolean;
  disabled: boolean;
  focusFirst: boolean;
  /** What is typed; choices are narrowed by it unless the app does that. */
  onType: (typed: string) => void;
  onChoose: (chosen: Choice[]) => void;
}

/** A field whose choices narrow while one types; arrows move, Enter chooses, Esc closes. */
export function Combobox(props: ComboboxProps) {
  const { groups, chosen, several, onType, onChoose, disabled } = props;
  const [open, setOpen] = useState(false);
  const [typed, setTyped] = useState('');
  const [at, setAt] = useState(0);
  const box = useRef<HTMLDivElement>(null);
  const field = useRef<HTMLInputElement>(null);
  const list = useId();
  const choices = groups.flatMap((group) => group.choices);
  const active = choices[Math.min(at, choices.length - 1)];

  const type = (text: string): void => {
    setTyped(text);
    setAt(0);
    onType(text);
  };
  const openUp = (): void => {
    if (open || disabled) return;
    type('');
    setAt(
      Math.max(
        0,
        choices.findIndex((one) => one.id === chosen[0]?.id),
      ),
    );
    setOpen(true);
  };
  const close = (): void => {
    setOpen(false);
    setTyped('');
  };
  const choose = (choice: Choice): void => {
    const already = chosen.some((one) => one.id === choice.id);
    if (!several) {
      onChoose([choice]);
      close();
    } else {
      onChoose(already ? chosen.filter((one) => one.id !== choice.id) : [...chosen, choice]);
      type('');
    }
    field.current?.focus();
  };
  const press = (event: KeyboardEvent): void => {
    const last = choices.length - 1;
    const moves: Record<string, number> = {
      ArrowDown: at >= last ? 0 : at + 1,
      ArrowUp: at <= 0 ? last : at - 1,
      PageDown: Math.min(last, at + 8),
      PageUp: Math.max(0, at - 8),
    };
    const to = moves[event.key];
    if (to !== undefined) {
      event.preventDefault();
      if (open) setAt(to);
      else openUp();
    } else if (event.key === 'Enter') {
      event.preventDefault();
      if (!open) openUp();
      else if (active !== undefined) choose(active);
    } else if (event.key === 'Escape' && open) {
      event.preventDefault();
      event.stopPropagation();
      close();
    } else if (event.key === 'Tab') {
      close();
    } else if (event.key === 'Backspace' && typed === '' && several && chosen.length > 0) {
      onChoose(chosen.slice(0, -1));
    }
  };

  const single = several ? '' : (chosen[0]?.text ?? '');
  return (
    <>
      <div ref={box} class={`combobox field ${disabled ? 'field-busy' : ''}`} data-open={open}>
        {several &&
          chosen.map((one) => (
            <span key={one.id} class="token">
              {one.text}
              <button
                type="button"
                class="token-remove"
                aria-label={`Remove ${one.text}`}
                disabled={disabled}
                onClick={() => {
                  onChoose(chosen.filter((other) => other.id !== one.id));
                  field.current?.focus();
                }}
              >
                <Icon name="close" />
              </button>
            </span>
          ))}
        <input
          {...props.aria}
          ref={field}
          class="combobox-field"
          role="combobox"
          aria-label={props.label}
          aria-expanded={open}
          aria-controls={open ? list : undefined}
          aria-autocomplete="list"
          aria-activedescendant={
            open && active !== undefined ? `${list}-${Math.min(at, choices.length - 1)}` : undefined
          }
          autocomplete="off"
          readOnly={disabled}
          {...(props.focusFirst ? { 'data-focus-first': '' } : {})}
          placeholder={open && single !== '' ? single : several && chosen.length > 0 ? '' : props.placeholder}
          value={open ? typed : single}
          onInput={(event) => {
            const text = event.currentTarget.value;
            if (!open) setOpen(true);
            type(text);
          }}
          onClick={openUp}
          onKeyDown={press}
        />
        {props.clearable && !several && chosen.length > 0 && (
          <button
            type="button"
            class="token-remove"
            aria-label="Clear"
            disabled={disabled}
            onClick={() => onChoose([])}
          >
            <Icon name="close" />
          </button>
        )}
        <Icon name="down" />
      </div>
      {open && (
        <Floating anchor={box} match className="listbox" onOutside={close}>
          <Listbox
            id={list}
            label={props.label ?? props.placeholder}
            groups={groups}
            chosen={chosen.map((one) => one.id)}
            several={several}
            at={Math.min(at, choices.length - 1)}
            status={props.status}
            onChoose={choose}
          />
        </Floating>
      )}
    </>
  );
}
