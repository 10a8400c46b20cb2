import { useEffect, useRef, useState } from 'preact/hooks';
import { globalShortcut, runCommand, sayIn } from '../data/deeds.ts';
import { usePlace } from '../data/place.ts';
import { Listbox } from '../elements/listbox.tsx';
import { Floating } from '../ui/floating.tsx';
import { Icon } from '../ui/icon.tsx';
import { MenuButton } from '../ui/menu.tsx';
import { completionsFor } from './completions.ts';

/** Where a message or a command is typed. */
export function Composer({
  channel,
  thread,
  label,
}: {
  /** Opens the conversation where there is none yet. */
  channel: () => Promise<string | undefined>;
  thread?: string;
  label: string;
}) {
  const place = usePlace();
  const { desk } = place;
  const [text, setText] = useState('');
  const [caret, setCaret] = useState(0);
  const [at, setAt] = useState(0);
  const [closed, setClosed] = useState(false);
  const [sending, setSending] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  const field = useRef<HTMLTextAreaElement>(null);
  // Who opens a thread wants to answer in it.
  useEffect(() => {
    if (thread !== undefined) field.current?.focus();
  }, [thread]);

  const offered = closed ? undefined : completionsFor(text, caret, place, thread !== undefined);
  const choices = offered?.choices ?? [];
  const list = `completions-${thread ?? 'main'}`;

  const write = (next: string, cursor = next.length): void => {
    setText(next);
    setCaret(cursor);
    setAt(0);
    setClosed(false);
    requestAnimationFrame(() => {
      field.current?.focus();
      field.current?.setSelectionRange(cursor, cursor);
    });
  };
  const take = (id: string): void => {
    const chosen = offered?.choices.find((one) => one.id === id);
    if (offered === undefined || chosen === undefined) return;
    const before = text.slice(0, offered.from) + chosen.insert;
    write(before + text.slice(caret), before.length);
  };
  const send = async (): Promise<void> => {
    const said = text.trim();
    if (said === '' || sending) return;
    setSending(true);
    setClosed(true);
    try {
      const to = await channel();
      if (to === undefined) return;
      const isCommand = said.startsWith('/') && thread === undefined;
      const done = isCommand
        ? await runCommand(desk.me.id, to, said)
        : await sayIn(desk.me.id, to, said, thread);
      if (done !== undefined) write('');
    } finally {
      setSending(false);
    }
  };
  const press = (event: KeyboardEvent): void => {
    if (choices.length > 0) {
      const last = choices.length - 1;
      const to = { ArrowDown: at >= last ? 0 : at + 1, ArrowUp: at <= 0 ? last : at - 1 }[event.key];
      if (to !== undefined) {
        event.preventDefault();
        setAt(to);
        return;
      }
      if (event.key === 'Escape') {
        event.preventDefault();
        setClosed(true);
        return;
      }
      const chosen = choices[at];
      const isTaken = event.key === 'Tab' || (event.key === 'Enter' && !event.shiftKey);
      // Enter on a command that is already whole sends it.
      if (
        isTaken &&
        chosen !== undefined &&
        !(event.key === 'Enter' && chosen.insert.trim() === text.trim())
      ) {
        event.preventDefault();
        take(chosen.id);
        return;
      }
    }
    if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      void send();
    }
  };

  return (
    <div class="composer-frame">
      <div ref={box} class="composer" aria-busy={sending}>
        <textarea
          ref={field}
          rows={Math.min(8, text.split('\n').length)}
          value={text}
          placeholder={label}
          aria-label={label}
          data-composer={thread === undefined ? 'main' : 'thread'}
          aria-haspopup="listbox"
          aria-controls={choices.length > 0 ? list : undefined}
          aria-autocomplete="list"
          aria-activedescendant={choices.length > 0 ? `${list}-${at}` : undefined}
          onInput={({ currentTarget }) => {
            setText(currentTarget.value);
            setCaret(currentTarget.selectionStart);
            setAt(0);
            setClosed(false);
          }}
          onKeyDown={press}
          onBlur={() => setClosed(true)}
        />
        <div class="composer-bar">
          <MenuButton
            label="Shortcuts"
            className="icon-button"
            above
            empty="The app offers no shortcuts yet"
            items={desk.shortcuts
              .filter((one) => one.type === 'global')
              .map((one) => ({
                key: one.callbackId,
                label: one.name,
                choose: () => void globalShortcut(desk.me.id, one.callbackId),
              }))}
          >
            <Icon name="bolt" />
          </MenuButton>
          <button
            type="button"
            class="icon-button"
            aria-label="Mention somebody"
            title="Mention somebody"
            onClick={() => write(`${text}${text === '' || /\s$/.test(text) ? '' : ' '}@`)}
          >
            <Icon name="at" />
          </button>
          {thread === undefined && (
            <button
              type="button"
              class="icon-button"
              aria-label="Type a command"
              title="Type a command"
              onClick={() => write('/')}
            >
              <Icon name="slash" />
            </button>
          )}
          <span class="composer-room" />
          <button
            type="button"
            class="send"
            aria-label="Send"
            title="Send"
            disabled={text.trim() === '' || sending}
            onClick={() => void send()}
          >
            {sending ? <span class="spinner" aria-hidden="true" /> : <Icon name="send" />}
          </button>
        </div>
      </div>
      {choices.length > 0 && (
        <Floating anchor={box} above match className="listbox completions" onOutside={() => setClosed(true)}>
          <Listbox
            id={list}
            label={offered?.title ?? ''}
            groups={[{ label: offered?.title ?? '', choices }]}
            chosen={[]}
            several={false}
            scrollable
            at={at}
            status={undefined}
            onChoose={(choice) => take(choice.id)}
          />
        </Floating>
      )}
    </div>
  );
}
