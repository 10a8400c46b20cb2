import { useLayoutEffect, useReducer } from 'preact/hooks';

/** A value outside of the tree that components follow. */
export interface Store<T> {
  get(): T;
  set(next: T | ((before: T) => T)): void;
  use(): T;
}

export function store<T>(initial: T): Store<T> {
  let value = initial;
  const listeners = new Set<() => void>();
  return {
    get: () => value,
    set(next) {
      value = typeof next === 'function' ? (next as (before: T) => T)(value) : next;
      for (const listener of [...listeners]) listener();
    },
    use() {
      const [, tell] = useReducer((count: number) => count + 1, 0);
      useLayoutEffect(() => {
        const listener = (): void => tell(undefined);
        listeners.add(listener);
        return () => listeners.delete(listener);
      }, []);
      return value;
    },
  };
}

/** Kept by the browser, so that it is the same after a reload. */
export function keptStore(key: string, initial: string): Store<string> {
  const kept = store(localStorage.getItem(key) ?? initial);
  return {
    ...kept,
    set(next) {
      kept.set(next);
      localStorage.setItem(key, kept.get());
    },
  };
}
