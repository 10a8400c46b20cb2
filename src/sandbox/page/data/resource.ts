import { useEffect, useReducer } from 'preact/hooks';
import type { Change } from '../../local-slack/changes.ts';
import { get, Refused } from './api.ts';
import { onLive } from './live.ts';
import { store } from './store.ts';

/** The sandbox is there, its workspace not yet. */
export const starting = store(false);

/** What was read from one path, kept up to date while somebody looks at it. */
class Resource {
  value: unknown;
  text = '';
  #readers = new Map<() => void, (change: Change) => boolean>();
  #loading = false;
  #again = false;
  readonly #path: string;

  constructor(path: string) {
    this.#path = path;
  }

  read(tell: () => void, stale: (change: Change) => boolean): () => void {
    this.#readers.set(tell, stale);
    if (this.#readers.size === 1) void this.load();
    return () => this.#readers.delete(tell);
  }

  isRead(): boolean {
    return this.#readers.size > 0;
  }

  isStaleBy(changes: readonly Change[]): boolean {
    return [...this.#readers.values()].some((stale) => changes.some(stale));
  }

  async load(): Promise<void> {
    if (this.#loading) {
      this.#again = true;
      return;
    }
    this.#loading = true;
    try {
      do {
        this.#again = false;
        this.#keep(await get(this.#path));
      } while (this.#again);
    } catch (error) {
      // Being made, or stopped for a moment: what is shown stays, and it is asked for again.
      const isStarting = error instanceof Refused && error.status === 503;
      starting.set(isStarting);
      if (this.isRead()) setTimeout(() => void this.load(), isStarting ? 300 : 1000);
    } finally {
      this.#loading = false;
    }
  }

  #keep(value: unknown): void {
    const text = JSON.stringify(value);
    if (text === this.text) return;
    this.text = text;
    this.value = value;
    for (const tell of [...this.#readers.keys()]) tell();
  }
}

const resources = new Map<string, Resource>();

function resourceAt(path: string): Resource {
  const found = resources.get(path) ?? new Resource(path);
  resources.set(path, found);
  return found;
}

onLive((event) => {
  for (const one of resources.values()) {
    if (!one.isRead()) continue;
    const isStale =
      event.type === 'hello' ||
      event.type === 'arrived' ||
      (event.type === 'changes' && one.isStaleBy(event.changes));
    if (isStale) void one.load();
  }
});

/** Undefined until it is there; the value of another path is never shown in its place. */
export function useResource<T>(path: string | null, stale: (change: Change) => boolean): T | undefined {
  const [, tell] = useReducer((count: number) => count + 1, 0);
  useEffect(() => {
    if (path === null) return;
    return resourceAt(path).read(() => tell(undefined), stale);
  }, [path]);
  return path === null ? undefined : (resourceAt(path).value as T | undefined);
}
