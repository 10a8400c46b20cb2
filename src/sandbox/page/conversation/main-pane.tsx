import { openApp } from '../data/deeds.ts';
import { usePlace } from '../data/place.ts';
import { go, home, messages } from '../data/route.ts';
import { Avatar } from '../ui/avatar.tsx';
import { Icon } from '../ui/icon.tsx';
import { Composer } from './composer.tsx';
import { Beginning, Conversation } from './conversation.tsx';
import { HomeTab } from './home-tab.tsx';
import { Thread } from './thread.tsx';

/** The channel or the app that is open, and a thread beside it. */
export function MainPane({ openMenu }: { openMenu: () => void }) {
  const { desk, route, world } = usePlace();
  const app = desk.conversations.find((one) => one.kind === 'app');
  const isApp = route.place === home || route.place === messages;
  const channel = isApp ? app?.id : route.place;
  const shown = desk.conversations.find((one) => one.id === channel);
  return (
    <>
      <main
        class="main"
        id="main"
        tabIndex={-1}
        aria-label={isApp ? world.app.name : `#${shown?.name ?? ''}`}
      >
        <header class="pane-head">
          <button
            type="button"
            class="icon-button only-narrow"
            aria-label="Open the list of people and channels"
            onClick={openMenu}
          >
            <Icon name="menu" />
          </button>
          {isApp ? (
            <>
              <Avatar id={world.app.id} name={world.app.name} isApp />
              <h1>{world.app.name}</h1>
              <Tabs />
            </>
          ) : (
            <h1>
              <span aria-hidden="true">
                {shown?.kind === 'group' ? <Icon name="lock" /> : <Icon name="hash" />}
              </span>
              {shown?.name ?? 'Not here'}
            </h1>
          )}
        </header>
        <Body channel={channel} />
      </main>
      {route.thread !== undefined && channel !== undefined && (
        <Thread key={route.thread} channel={channel} thread={route.thread} />
      )}
    </>
  );
}

function Body({ channel }: { channel: string | undefined }) {
  const { desk, route, world } = usePlace();
  if (route.place === home) return <HomeTab />;
  if (channel === undefined) {
    return (
      <>
        <div class="messages">
          <Beginning isApp name={world.app.name} appName={world.app.name} />
        </div>
        <Composer
          key={desk.me.id}
          channel={async () => (await openApp(desk.me.id, 'messages'))?.channel}
          label={`Message ${world.app.name}`}
        />
      </>
    );
  }
  if (!desk.conversations.some((one) => one.id === channel)) {
    return (
      <div class="messages">
        <div class="empty">
          <h2>Not for {desk.me.name}</h2>
          <p>This person is not in that conversation. Choose another one on the left.</p>
        </div>
      </div>
    );
  }
  return <Conversation channel={channel} />;
}

function Tabs() {
  const { desk, route } = usePlace();
  const tabs = [
    { place: home, name: 'Home' },
    { place: messages, name: 'Messages' },
  ];
  return (
    <nav class="tabs" aria-label="Tabs of the app">
      {tabs.map(({ place, name }) => (
        <a
          key={place}
          class="tab"
          href={`#/${desk.me.id}/${place}`}
          aria-current={route.place === place ? 'page' : undefined}
          onClick={(event) => {
            event.preventDefault();
            if (place === messages) void openApp(desk.me.id, 'messages');
            go({ as: desk.me.id, place });
          }}
        >
          {name}
        </a>
      ))}
    </nav>
  );
}
