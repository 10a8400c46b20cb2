import type { ConversationShown } from '../../local-slack/person/reading.ts';
import { usePlace } from '../data/place.ts';
import { hashOf, home, messages } from '../data/route.ts';
import { Avatar } from '../ui/avatar.tsx';
import { Icon } from '../ui/icon.tsx';
import { moveInList } from '../ui/roving.ts';

/** Slack's own column: channels and the app of the person one is. */
export function Sidebar({ onChoose }: { onChoose: () => void }) {
  const { world, desk, route } = usePlace();
  const channels = desk.conversations.filter((one) => one.kind !== 'app');
  const app = desk.conversations.find((one) => one.kind === 'app');
  const isApp = route.place === home || route.place === messages;
  return (
    <nav class="sidebar" aria-label="Channels and apps" onKeyDown={(event) => moveInList(event, 'a')}>
      <div class="workspace">{world.team}</div>
      <h3>Channels</h3>
      <ul>
        {channels.map((one) => (
          <li key={one.id}>
            <ChannelLink channel={one} onChoose={onChoose} />
          </li>
        ))}
        {channels.length === 0 && <li class="sidebar-empty">No channels</li>}
      </ul>
      <h3>Apps</h3>
      <ul>
        <li>
          <a
            class={`place ${(app?.unread ?? 0) > 0 ? 'place-unread' : ''}`}
            href={hashOf({ as: desk.me.id, place: messages })}
            aria-current={isApp ? 'page' : undefined}
            onClick={onChoose}
          >
            <Avatar id={world.app.id} name={world.app.name} isApp />
            <span class="place-name">{world.app.name}</span>
            <Unread count={app?.unread ?? 0} />
          </a>
        </li>
      </ul>
      <div class="me">
        <Avatar id={desk.me.id} name={desk.me.name} />
        <span>
          <span class="me-name">{desk.me.name}</span>
          <span class="me-title">{desk.me.title}</span>
        </span>
      </div>
    </nav>
  );
}

function ChannelLink({ channel, onChoose }: { channel: ConversationShown; onChoose: () => void }) {
  const { desk, route } = usePlace();
  return (
    <a
      class={`place ${channel.unread > 0 ? 'place-unread' : ''}`}
      href={hashOf({ as: desk.me.id, place: channel.id })}
      aria-current={route.place === channel.id ? 'page' : undefined}
      onClick={onChoose}
    >
      <Icon name={channel.kind === 'group' ? 'lock' : 'hash'} />
      <span class="place-name">{channel.name}</span>
      <Unread count={channel.unread} />
    </a>
  );
}

function Unread({ count }: { count: number }) {
  if (count === 0) return null;
  return (
    <span class="badge">
      {count}
      <span class="visually-hidden"> unread</span>
    </span>
  );
}
