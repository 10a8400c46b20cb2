import type { LiveEvent } from '../../page-server/protocol.ts';

type Listener = (event: LiveEvent) => void;

const listeners = new Set<Listener>();
const connectionListeners = new Set<(connected: boolean) => void>();
let seenPage: string | undefined;

export function onLive(listener: Listener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function onConnection(listener: (connected: boolean) => void): () => void {
  connectionListeners.add(listener);
  return () => connectionListeners.delete(listener);
}

function connection(connected: boolean): void {
  for (const listener of connectionListeners) listener(connected);
}

/** Listens for as long as the page is open; the sandbox may be stopped and started meanwhile. */
export function listenLive(): void {
  const source = new EventSource('/page/live');
  source.onopen = () => connection(true);
  source.onerror = () => {
    connection(false);
    // While the sandbox is being made its answer ends the stream for good; the browser tries again only
    // after a broken connection.
    if (source.readyState !== EventSource.CLOSED) return;
    source.close();
    setTimeout(listenLive, 500);
  };
  source.onmessage = ({ data }) => {
    const event = JSON.parse(String(data)) as LiveEvent;
    if (event.type === 'hello') {
      // A newer sandbox brings a newer page.
      if (seenPage !== undefined && seenPage !== event.page) location.reload();
      seenPage = event.page;
    }
    for (const listener of [...listeners]) listener(event);
  };
}
