import { useEffect, useRef, useState } from 'preact/hooks';
import { markRead } from '../data/deeds.ts';
import { usePlace } from '../data/place.ts';
import { go } from '../data/route.ts';
import { Composer } from './composer.tsx';
import { MessageList } from './message-list.tsx';
import { useMessages } from './read.ts';

const page = 200;

/** What was unread when the conversation was opened, so that its line stays while one reads. */
function useUnreadAtOpening(as: string, channel: string, unread: number, seen: boolean): number {
  const opened = useRef({ key: '', unread: 0 });
  const key = `${as} ${channel}`;
  if (opened.current.key !== key) opened.current = { key, unread };
  useEffect(() => {
    if (unread > 0 && seen && document.visibilityState === 'visible') void markRead(as, channel);
  }, [as, channel, unread, seen]);
  return opened.current.unread;
}

export function Conversation({ channel }: { channel: string }) {
  const { desk, route, world } = usePlace();
  const [last, setLast] = useState(page);
  const read = useMessages(desk.me.id, channel, { last });
  const shown = desk.conversations.find((one) => one.id === channel);
  const unread = useUnreadAtOpening(desk.me.id, channel, shown?.unread ?? 0, read !== undefined);
  const isApp = shown?.kind === 'app';
  const name = shown === undefined ? '' : isApp ? shown.name : `#${shown.name}`;
  return (
    <>
      {read === undefined ? (
        <div class="messages" aria-busy="true" />
      ) : (
        <MessageList
          key={`${desk.me.id} ${channel}`}
          label={`Messages with ${name}`}
          messages={read.messages}
          unread={unread}
          openThread={(ts) => go({ ...route, thread: ts })}
          before={
            read.earlier > 0 ? (
              <button type="button" class="button earlier" onClick={() => setLast(last + page)}>
                Show {Math.min(page, read.earlier)} earlier messages
              </button>
            ) : (
              <Beginning isApp={isApp} name={name} appName={world.app.name} />
            )
          }
        />
      )}
      {shown?.archived === true ? (
        <p class="archived">You are viewing {name}, an archived channel.</p>
      ) : (
        <Composer
          key={`${desk.me.id} ${channel}`}
          channel={() => Promise.resolve(channel)}
          label={`Message ${name}`}
        />
      )}
    </>
  );
}

export function Beginning({ isApp, name, appName }: { isApp: boolean; name: string; appName: string }) {
  return (
    <div class="beginning">
      <h2>{name}</h2>
      <p>
        {isApp
          ? `This is the very beginning of your conversation with ${appName}. Only you and the app can see it. Type / to see what it can do.`
          : `This is the very beginning of the ${name} channel. What ${appName} posts here is seen by everybody in it.`}
      </p>
    </div>
  );
}
