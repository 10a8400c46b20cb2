import { expect, test } from 'vitest';
import { ELEMENTS } from '#test/local-slack/blocks/elements.ts';
import { type Json, problemsOn, type Surface } from '#test/local-slack/blocks/samples.ts';

/** `make(most)` has no problem, `make(most + 1)` has exactly this one. */
export interface Limit {
  readonly what: string;
  readonly most: number;
  readonly path: string;
  readonly make: (size: number) => Json;
  readonly on?: Surface;
}

export const within = (type: string, more: Json): Json => ({ ...ELEMENTS[type], ...more });

export function holdLimits(unit: 'characters' | 'items', limits: readonly Limit[]): void {
  test.each([...limits])('$what: $most', ({ most, path, make, on = 'message' }) => {
    expect(problemsOn(on, make(most))).toEqual([]);
    expect(problemsOn(on, make(most + 1))).toEqual([
      `blocks[0]${path}: ${most + 1} ${unit}, at most ${most}`,
    ]);
  });
}

/** A good block and a bad one, with the one problem that the bad one has. */
type Case = readonly [what: string, good: Json, bad: Json, problem: string];

export function hold(surface: Surface, cases: readonly Case[]): void {
  test.each(cases)('%s', (_, good, bad, problem) => {
    expect(problemsOn(surface, good)).toEqual([]);
    expect(problemsOn(surface, bad)).toEqual([`blocks[0]${problem}`]);
  });
}
