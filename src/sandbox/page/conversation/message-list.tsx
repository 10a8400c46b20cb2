import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { MessageShown } from '../../local-slack/person/reading.ts';
import { usePlace } from '../data/place.ts';
import { store } from '../data/store.ts';
import { dayInWords, dayOf } from '../data/zoned.ts';
import { Message } from './message.tsx';

/** A message to show: where a link leads. */
export const markedMessage = store<string | null>(null);

const minutes = 60_000;

function follows(message: MessageShown, before: MessageShown | undefined): boolean {
  return (
    before !== undefined &&
    !before.ephemeral &&
    before.author.id === message.author.id &&
    before.threadTs === message.threadTs &&
    message.shownAt - before.shownAt < 5 * minutes
  );
}

interface MessageListProps {
  label: string;
  messages: MessageShown[];
  /** How many at the end were not read when the conversation was opened. */
  unread: number;
  inThread?: boolean;
  openThread?: (ts: string) => void;
  before?: preact.ComponentChildren;
}

export function MessageList({
  label,
  messages,
  unread,
  inThread = false,
  openThread,
  before,
}: MessageListProps) {
  const { desk, now } = usePlace();
  const list = useRef<HTMLDivElement>(null);
  const marked = markedMessage.use();
  const atEnd = useRef(true);
  const [at, setAt] = useState<string | null>(null);
  const { zone } = desk.me;
  const last = messages.at(-1)?.ts;
  // Its line stays where it was when the conversation was opened, whatever comes then.
  const [firstUnread] = useState(() => firstNotRead(messages, desk.me.id, unread));

  // Who reads the newest goes on reading it: when something comes, and when what opens beside it makes it smaller.
  useLayoutEffect(() => {
    const shown = list.current;
    if (shown !== null && atEnd.current) shown.scrollTop = shown.scrollHeight;
  }, [messages]);
  useEffect(() => {
    const shown = list.current;
    if (shown === null) return;
    const resized = new ResizeObserver(() => {
      if (atEnd.current) shown.scrollTop = shown.scrollHeight;
    });
    resized.observe(shown);
    return () => resized.disconnect();
  }, []);
  useEffect(() => {
    if (marked === null) return;
    const found = list.current?.querySelector(`[data-ts="${CSS.escape(marked)}"]`);
    if (!found) return;
    found.scrollIntoView({ block: 'center' });
    const timer = setTimeout(() => markedMessage.set(null), 2500);
    return () => clearTimeout(timer);
  }, [marked, last]);

  return (
    <div
      ref={list}
      class="messages"
      onScroll={({ currentTarget: { scrollTop, scrollHeight, clientHeight } }) => {
        atEnd.current = scrollHeight - scrollTop - clientHeight < 40;
      }}
    >
      {before}
      <ol
        class="message-list"
        aria-label={label}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: one stop for all messages, and arrows between them
        tabIndex={0}
        onKeyDown={moveBetweenMessages}
        onFocusIn={({ target }) => setAt(messageOf(target)?.dataset['ts'] ?? null)}
      >
        {messages.map((message, index) => {
          const previous = messages[index - 1];
          const newDay =
            !inThread &&
            (previous === undefined || dayOf(previous.shownAt, zone) !== dayOf(message.shownAt, zone));
          return [
            newDay && (
              <li key={`day ${message.ts}`} class="day">
                <span>{dayInWords(message.shownAt, now, zone)}</span>
              </li>
            ),
            message.ts === firstUnread && (
              <li key={`new ${message.ts}`} class="new-line">
                <span>New</span>
              </li>
            ),
            <Message
              key={message.ts}
              message={message}
              compact={!newDay && message.ts !== firstUnread && follows(message, previous)}
              inThread={inThread}
              openThread={openThread}
              marked={message.ts === marked}
              isAt={message.ts === at}
            />,
          ];
        })}
      </ol>
      <div class="visually-hidden" role="log" aria-live="polite">
        {last !== undefined && announced(messages.at(-1))}
      </div>
    </div>
  );
}

function messageOf(target: EventTarget | null): HTMLElement | null {
  return target instanceof Element ? target.closest<HTMLElement>('[data-ts]') : null;
}

/** Up and down go from message to message, beginning at the newest; Tab goes on to what one can do with it. */
function moveBetweenMessages(event: KeyboardEvent & { currentTarget: HTMLElement }): void {
  const { key, target, currentTarget } = event;
  const own = messageOf(target);
  if (target !== currentTarget && target !== own) return;
  const all = [...currentTarget.querySelectorAll<HTMLElement>('[data-ts]')];
  const from = own === null ? all.length : all.indexOf(own);
  const to = { ArrowUp: from - 1, ArrowDown: from + 1, Home: 0, End: all.length - 1 }[key];
  if (to === undefined) return;
  event.preventDefault();
  all[Math.max(0, Math.min(all.length - 1, to))]?.focus();
}

function announced(message: MessageShown | undefined): string {
  return message === undefined ? '' : `${message.author.name}: ${message.text}`;
}

function firstNotRead(messages: MessageShown[], own: string, unread: number): string | undefined {
  if (unread === 0) return undefined;
  return messages.filter((one) => one.author.id !== own && !one.ephemeral).at(-unread)?.ts;
}
