import { useEffect, useRef, useState } from 'preact/hooks';
import { Icon } from '../ui/icon.tsx';
import { Calls } from './calls.tsx';
import { Explained } from './explained.tsx';
import { inspected } from './state.ts';

/** What the app and Slack said to each other, and why a message was sent. */
export function Inspector() {
  const shown = inspected.use();
  return shown === null ? null : <Drawer message={shown.message} />;
}

function Drawer({ message }: { message: { channel: string; ts: string } | null }) {
  const [tab, setTab] = useState<'calls' | 'message'>(message === null ? 'calls' : 'message');
  const own = useRef<HTMLElement>(null);
  useEffect(() => {
    if (message !== null) setTab('message');
    own.current?.focus();
  }, [message]);
  return (
    <aside
      ref={own}
      class="inspector"
      aria-label="Inspector"
      tabIndex={-1}
      onKeyDown={(event) => {
        if (event.key === 'Escape' && !event.defaultPrevented) inspected.set(null);
      }}
    >
      <header class="pane-head">
        <h2>Inspector</h2>
        <fieldset class="tabs" aria-label="What to inspect">
          <button type="button" class="tab" aria-pressed={tab === 'calls'} onClick={() => setTab('calls')}>
            App ⇄ Slack
          </button>
          <button
            type="button"
            class="tab"
            aria-pressed={tab === 'message'}
            onClick={() => setTab('message')}
          >
            One message
          </button>
        </fieldset>
        <button
          type="button"
          class="icon-button"
          aria-label="Close the inspector"
          title="Close"
          onClick={() => inspected.set(null)}
        >
          <Icon name="close" />
        </button>
      </header>
      {tab === 'calls' ? <Calls /> : <Explained message={message} />}
    </aside>
  );
}
