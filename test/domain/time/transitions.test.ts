import { describe, expect, it } from 'vitest';
import { dateOfDay } from '#domain/time/civil.ts';
import { stretchAt } from '#domain/time/transitions.ts';
import { startOfDay, toInstant, toLocal } from '#domain/time/zone.ts';
import {
  FIRST,
  instantOf,
  LAST,
  localOf,
  startOfDayOf,
  type Transition,
  transitionsOf,
  zones,
} from './oracle.ts';

const MINUTE = 60_000;
const DAY = 1440 * MINUTE;
const known = new Map(zones.map((zone) => [zone, transitionsOf(zone)]));

describe('every transition of every zone from 2020 to 2040', () => {
  it('is known, to the second, and no other', () => {
    const all = [...known.values()].flat();
    expect(all.length).toBeGreaterThan(5000);
    for (const [zone, transitions] of known) expect(transitionsInTable(zone), zone).toEqual(transitions);
  });

  it('resolves wall times before, inside and after its gap or overlap as Temporal does', () => {
    const seen = { gap: 0, overlap: 0 };
    expect(
      disagreements((zone, transition, note) => {
        const [low, high] = edges(transition);
        const middle = low + Math.floor((high - low) / 2 / MINUTE) * MINUTE;
        seen[transition.after > transition.before ? 'gap' : 'overlap']++;
        for (const local of [
          low - DAY,
          low - MINUTE,
          low,
          low + MINUTE,
          middle,
          high - MINUTE,
          high,
          high + DAY,
        ]) {
          const { date, time } = wallTime(local);
          note(`${date} ${time}`, toInstant({ date, time }, zone), instantOf(date, time, zone));
        }
      }),
    ).toEqual([]);
    expect(Math.min(seen.gap, seen.overlap)).toBeGreaterThan(2000);
  });

  it('turns the instants around it into wall time as Temporal does', () => {
    expect(
      disagreements((zone, { at }, note) => {
        for (const instant of [at - DAY, at - 1, at, at + 1, at + 59_000, at + DAY]) {
          note(instant, JSON.stringify(toLocal(instant, zone)), JSON.stringify(localOf(instant, zone)));
        }
      }),
    ).toEqual([]);
  });

  it('starts the days around it as Temporal does', () => {
    expect(
      disagreements((zone, transition, note) => {
        for (const local of [...edges(transition), edges(transition)[0] - DAY]) {
          const { date } = wallTime(local);
          note(date, startOfDay(date, zone), startOfDayOf(date, zone));
        }
      }),
    ).toEqual([]);
  });
});

type Note = (what: string | number, ours: unknown, theirs: unknown) => void;

function disagreements(check: (zone: string, transition: Transition, note: Note) => void): string[] {
  const found: string[] = [];
  for (const [zone, transitions] of known) {
    for (const transition of transitions) {
      check(zone, transition, (what, ours, theirs) => {
        if (ours !== theirs) found.push(`${zone} ${what}: ${ours}, Temporal says ${theirs}`);
      });
    }
  }
  return found.slice(0, 20);
}

/** The wall times between which a gap or an overlap lies. */
function edges({ at, before, after }: Transition): [number, number] {
  return [at + Math.min(before, after), at + Math.max(before, after)];
}

function wallTime(local: number): { date: string; time: string } {
  const text = new Date(local).toISOString();
  return { date: dateOfDay(Math.floor(local / DAY)), time: text.slice(11, 16) };
}

function transitionsInTable(zone: string): Transition[] {
  const transitions: Transition[] = [];
  let stretch = stretchAt(FIRST, zone);
  while (stretch.end < LAST) {
    const next = stretchAt(stretch.end, zone);
    if (next.offset !== stretch.offset) {
      transitions.push({ at: next.start, before: stretch.offset, after: next.offset });
    }
    stretch = next;
  }
  return transitions;
}
