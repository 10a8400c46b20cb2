import { useEffect, useState } from 'preact/hooks';

/** Where the visitor is; kept in the address, so that a reload comes back to it. */
export interface Route {
  as: string;
  /** The app's two tabs, or a channel's id. */
  place: string;
  thread?: string;
}

export const home = 'home';
export const messages = 'messages';

export function hashOf({ as, place, thread }: Route): string {
  return `#/${[as, place, ...(thread === undefined ? [] : [thread])].map(encodeURIComponent).join('/')}`;
}

export function routeOf(hash: string): Route | undefined {
  const [as, place, thread] = hash
    .replace(/^#\/?/, '')
    .split('/')
    .map((part) => decodeURIComponent(part));
  if (!as) return undefined;
  return { as, place: place || messages, ...(thread ? { thread } : {}) };
}

export function go(route: Route): void {
  location.hash = hashOf(route);
}

export function useHash(): string {
  const [hash, setHash] = useState(location.hash);
  useEffect(() => {
    const follow = (): void => setHash(location.hash);
    addEventListener('hashchange', follow);
    return () => removeEventListener('hashchange', follow);
  }, []);
  return hash;
}
