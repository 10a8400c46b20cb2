import { keptStore } from '../data/store.ts';

/** What the visitor's browser remembers of the first minute. */
const marks = ['hidden', 'seenAsSam', 'atDay30', 'atFollowUp', 'seenCounted'] as const;
export type Kept = Record<(typeof marks)[number], boolean>;

const text = keptStore('sandbox.guide', '{}');

/** In one workspace; a reset begins anew. */
function read(world: string, from: string): Kept {
  const kept = JSON.parse(from) as Partial<Kept> & { world?: string };
  const isSet = (mark: keyof Kept): boolean => kept.world === world && kept[mark] === true;
  return Object.fromEntries(marks.map((mark) => [mark, isSet(mark)])) as Kept;
}

export function useKept(world: string): Kept {
  return read(world, text.use());
}

export function keep(world: string, change: Partial<Kept>): void {
  text.set((before) => JSON.stringify({ world, ...read(world, before), ...change }));
}
