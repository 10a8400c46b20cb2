import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { type DeliveryState, deliveryMayBecome } from '#domain/delivery.ts';
import { mayBecome, type OccurrenceState } from '#domain/occurrence.ts';

const drawn = readFileSync('docs/delivery.md', 'utf8')
  .split('```mermaid\nstateDiagram-v2\n')
  .slice(1)
  .map((rest) => transitionsIn(rest.slice(0, rest.indexOf('```'))));

/** "a → b" for each arrow; one way may be drawn for several reasons. */
function transitionsIn(diagram: string): string[] {
  const arrows = [...diagram.matchAll(/^ *(\S+) --> (\w+|\[\*\])(?=:|$)/gm)];
  const lines = diagram.split('\n').filter((line) => line.trim() !== '');
  if (arrows.length !== lines.length) throw new Error(`a line is no arrow in:\n${diagram}`);
  return [...new Set(arrows.map(([, from, to]) => `${from} → ${to}`))].sort();
}

/** The same of a table: where it begins, its ways, and its ends. */
function transitionsOf<State extends string>(
  begins: State,
  states: Record<State, true>,
  may: (from: State, to: State) => boolean,
): string[] {
  const all = Object.keys(states) as State[];
  const ways = all.flatMap((from) => all.filter((to) => may(from, to)).map((to) => `${from} → ${to}`));
  const ends = all.filter((from) => !all.some((to) => may(from, to))).map((from) => `${from} → [*]`);
  return [`[*] → ${begins}`, ...ways, ...ends].sort();
}

test('docs/delivery.md draws the ways of an occurrence as the program has them', () => {
  const states: Record<OccurrenceState, true> = {
    planned: true,
    due: true,
    done: true,
    excused: true,
    expired: true,
  };
  expect(drawn[0]).toEqual(transitionsOf('planned', states, mayBecome));
});

test('docs/delivery.md draws the ways of a delivery as the program has them', () => {
  const states: Record<DeliveryState, true> = {
    pending: true,
    posting: true,
    delivered: true,
    uncertain: true,
    folded: true,
    dropped: true,
  };
  expect(drawn[1]).toEqual(transitionsOf('pending', states, deliveryMayBecome));
  expect(drawn).toHaveLength(2);
});
