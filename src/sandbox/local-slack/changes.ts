export interface Change {
  kind:
    | 'message'
    | 'ephemeral'
    | 'modal'
    | 'home'
    | 'input'
    | 'read'
    | 'notice'
    | 'user'
    | 'call'
    | 'connection';
  /** Whose view of things changed; absent when it may be anybody's. */
  user?: string;
  channel?: string;
  /** The message that came, changed or went. */
  ts?: string;
}

export type ChangeListener = (change: Change) => void;

export class Changes {
  readonly #listeners = new Set<ChangeListener>();

  on(listener: ChangeListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  emit(change: Change): void {
    for (const listener of [...this.#listeners]) listener(change);
  }
}
