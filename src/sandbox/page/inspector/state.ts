import { store } from '../data/store.ts';

/** What the drawer shows; null while it is closed. */
export const inspected = store<{ message: { channel: string; ts: string } | null } | null>(null);

export function inspectMessage(message: { channel: string; ts: string }): void {
  inspected.set({ message });
}

export function toggleInspector(): void {
  inspected.set((before) => (before === null ? { message: null } : null));
}
