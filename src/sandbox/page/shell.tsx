import { useEffect, useRef, useState } from 'preact/hooks';
import { MainPane } from './conversation/main-pane.tsx';
import { onConnection } from './data/live.ts';
import { usePlace } from './data/place.ts';
import { Guide } from './guide/guide.tsx';
import { Inspector } from './inspector/inspector.tsx';
import { inspected, toggleInspector } from './inspector/state.ts';
import { useKeyboard } from './keyboard.ts';
import { Modals } from './modal/modals.tsx';
import { useNotifications } from './notify.ts';
import { PeopleList } from './people/people-list.tsx';
import { Sidebar } from './people/sidebar.tsx';
import { Arrival } from './travel/arrival.tsx';
import { TravelBar } from './travel/travel-bar.tsx';
import { Asking } from './ui/ask.tsx';
import { HelpDialog, openHelp } from './ui/help.tsx';
import { Icon } from './ui/icon.tsx';
import { ThemeSwitch } from './ui/theme.tsx';
import { Toasts } from './ui/toasts.tsx';

export function Shell() {
  const place = usePlace();
  const [menu, setMenu] = useState(false);
  const columns = useRef<HTMLDivElement>(null);
  const openPeople = (): void => {
    setMenu(true);
    requestAnimationFrame(() => columns.current?.querySelector<HTMLElement>('[aria-current=true]')?.focus());
  };
  useKeyboard(place, openPeople);
  useNotifications(place);
  return (
    <div class="shell" data-menu={menu} data-thread={place.route.thread !== undefined}>
      <button type="button" class="skip" onClick={skipToMain}>
        Skip to the conversation
      </button>
      <Top />
      {/* biome-ignore lint/a11y/noStaticElementInteractions: Esc leaves the drawer from wherever the focus is in it */}
      <div
        ref={columns}
        class="columns"
        onKeyDown={(event) => {
          if (event.key === 'Escape') setMenu(false);
        }}
      >
        <PeopleList onChoose={() => setMenu(false)} />
        <Sidebar onChoose={() => setMenu(false)} />
      </div>
      <button
        type="button"
        class="veil"
        aria-label="Close the list"
        tabIndex={menu ? 0 : -1}
        onClick={() => setMenu(false)}
      />
      <div class="stage">
        <Guide />
        <Arrival />
        <div class="panes">
          <MainPane openMenu={openPeople} />
          <Inspector />
        </div>
      </div>
      <Modals />
      <Asking />
      <HelpDialog />
      <Toasts />
      <Offline />
    </div>
  );
}

function skipToMain(): void {
  document.getElementById('main')?.focus();
}

function Top() {
  const isInspected = inspected.use() !== null;
  return (
    <header class="topbar">
      <span class="brand">
        <span class="brand-name">Sideline</span> <span class="tag">Sandbox</span>
      </span>
      <TravelBar />
      <div class="topbar-tools">
        <button
          type="button"
          class="icon-button"
          aria-label="Inspector"
          title="Inspector"
          aria-pressed={isInspected}
          onClick={toggleInspector}
        >
          <Icon name="code" />
        </button>
        <ThemeSwitch />
        <button type="button" class="icon-button" aria-label="Keyboard" title="Keyboard" onClick={openHelp}>
          <Icon name="help" />
        </button>
      </div>
    </header>
  );
}

function Offline() {
  const [connected, setConnected] = useState(true);
  useEffect(() => onConnection(setConnected), []);
  if (connected) return null;
  return (
    <p class="offline" role="alert">
      The sandbox has stopped. Start it again with <code>npm start</code>; this page comes back by itself.
    </p>
  );
}
