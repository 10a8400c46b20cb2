import { RecentlyUsed } from '../recently-used.ts';

/** How often one person may ask for something: so many at once, and so many a minute after that. */
export interface Pace {
  atOnce: number;
  aMinute: number;
}

/** More than anybody presses: a minute of one each second, after sixty at once. */
export const usualPace: Pace = { atOnce: 60, aMinute: 60 };

export const anyPace: Pace = { atOnce: Number.POSITIVE_INFINITY, aMinute: 60 };

/** Whoever is forgotten begins anew with all of it, which harms nobody. */
const mostPeople = 20_000;

/**
 * Whether it is somebody's turn. What is left to them grows while they do not ask, so that nothing has to be counted
 * down. Only this process knows: of several, each gives as much.
 */
export function turns(pace: Pace, monotonic: () => number): (person: string) => boolean {
  const known = new RecentlyUsed<{ left: number; at: number }>(mostPeople);
  return (person) => {
    if (pace.atOnce === Number.POSITIVE_INFINITY) return true;
    const now = monotonic();
    const { left, at } = known.get(person) ?? { left: pace.atOnce, at: now };
    const grown = Math.min(pace.atOnce, left + ((now - at) / 60_000) * pace.aMinute);
    const isTheirs = grown >= 1;
    known.set(person, { left: isTheirs ? grown - 1 : grown, at: now });
    return isTheirs;
  };
}
