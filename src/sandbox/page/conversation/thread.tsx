import { usePlace } from '../data/place.ts';
import { go } from '../data/route.ts';
import { Icon } from '../ui/icon.tsx';
import { Composer } from './composer.tsx';
import { MessageList } from './message-list.tsx';
import { useMessages } from './read.ts';

export function Thread({ channel, thread }: { channel: string; thread: string }) {
  const { desk, route } = usePlace();
  const read = useMessages(desk.me.id, channel, { thread });
  const close = (): void => {
    const { thread: _closed, ...rest } = route;
    go(rest);
  };
  return (
    <aside
      class="thread"
      aria-label="Thread"
      onKeyDown={(event) => {
        if (event.key === 'Escape' && !event.defaultPrevented) close();
      }}
    >
      <header class="pane-head">
        <h2>Thread</h2>
        <button type="button" class="icon-button" aria-label="Close the thread" title="Close" onClick={close}>
          <Icon name="close" />
        </button>
      </header>
      {read !== undefined && (
        <MessageList label="Messages in this thread" messages={read.messages} unread={0} inThread />
      )}
      <Composer key={thread} channel={() => Promise.resolve(channel)} thread={thread} label="Reply…" />
    </aside>
  );
}
