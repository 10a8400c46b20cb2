import { setImmediate as turnIsOver } from 'node:timers/promises';
import type { Trx } from './database.ts';

/** A read by keys: of occurrences, people, notes. */
export type Read<Key, Found> = (trx: Trx, workspaceId: string, keys: readonly Key[]) => Promise<Found>;

interface Waiting<Key, Found> {
  keys: Set<Key>;
  found: Promise<Found>;
}

/**
 * Makes one statement of what is asked in one turn, in one transaction: many messages are composed at once, each of
 * them by makers that know nothing of the others. Nothing is kept: a read that begins after a write sees it. All who
 * ask get all that was found, so the read is for whoever picks their own by key.
 *
 * A data loader of a library would keep a table like this one, of transactions, around itself, and that is most of it.
 */
export function merged<Key, Found>(read: Read<Key, Found>): Read<Key, Found> {
  const waiting = new WeakMap<Trx, Map<string, Waiting<Key, Found>>>();
  return (trx, workspaceId, keys) => {
    const inTrx = waiting.get(trx) ?? new Map<string, Waiting<Key, Found>>();
    waiting.set(trx, inTrx);
    const begun = inTrx.get(workspaceId);
    if (begun !== undefined) {
      for (const key of keys) begun.keys.add(key);
      return begun.found;
    }
    const asked = new Set(keys);
    const found = turnIsOver().then(() => {
      inTrx.delete(workspaceId);
      return read(trx, workspaceId, [...asked]);
    });
    inTrx.set(workspaceId, { keys: asked, found });
    return found;
  };
}

/** The same where what is found belongs to one key each; whoever asks for nothing costs no statement. */
export function mergedByKey<Found>(
  read: Read<string, ReadonlyMap<string, Found>>,
): Read<string, Map<string, Found>> {
  const readTogether = merged(read);
  return async (trx, workspaceId, keys) => {
    if (keys.length === 0) return new Map();
    const found = await readTogether(trx, workspaceId, keys);
    return new Map(
      [...new Set(keys)].flatMap((key) => {
        const own = found.get(key);
        return own === undefined ? [] : [[key, own] as const];
      }),
    );
  };
}

/** The same for rows, which stay in their order. */
export function mergedRows<Row>(
  read: Read<string, readonly Row[]>,
  keyOf: (row: Row) => string,
): Read<string, Row[]> {
  const readTogether = merged(read);
  return async (trx, workspaceId, keys) => {
    if (keys.length === 0) return [];
    const own = new Set(keys);
    return (await readTogether(trx, workspaceId, keys)).filter((row) => own.has(keyOf(row)));
  };
}

/** The same for what there is once in a workspace. */
export function mergedWhole<Found>(
  read: (trx: Trx, workspaceId: string) => Promise<Found>,
): (trx: Trx, workspaceId: string) => Promise<Found> {
  const readTogether = merged<never, Found>(read);
  return (trx, workspaceId) => readTogether(trx, workspaceId, []);
}
