import { keptStore } from '../data/store.ts';

/** What the visitor's browser remembers of the first minute in one workspace; a reset begins anew. */
interface Kept {
  world: string;
  hidden: boolean;
  seenAsSam: boolean;
  /** The visitor has travelled to the follow-up. */
  travelled: boolean;
}

const text = keptStore('sandbox.guide', '{}');

function read(world: string, from: string): Kept {
  const kept = JSON.parse(from) as Partial<Kept>;
  return kept.world === world
    ? {
        world,
        hidden: kept.hidden === true,
        seenAsSam: kept.seenAsSam === true,
        travelled: kept.travelled === true,
      }
    : { world, hidden: false, seenAsSam: false, travelled: false };
}

export function useKept(world: string): Kept {
  return read(world, text.use());
}

export function keep(world: string, change: Partial<Kept>): void {
  text.set((before) => JSON.stringify({ ...read(world, before), ...change }));
}
