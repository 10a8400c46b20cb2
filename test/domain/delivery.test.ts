import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type DeliveryState,
  deliveryMayBecome,
  deliveryStatesBefore,
  longestWait,
  mayStillPost,
  nextAttemptAt,
} from '#domain/delivery.ts';

const states: DeliveryState[] = ['pending', 'posting', 'delivered', 'uncertain', 'folded', 'dropped'];
const final: DeliveryState[] = ['delivered', 'folded', 'dropped'];

describe('the life of a delivery', () => {
  test('goes these ways and no others', () => {
    const ways = states.flatMap((from) =>
      states.filter((to) => deliveryMayBecome(from, to)).map((to) => `${from} → ${to}`),
    );
    expect(ways.sort()).toEqual(
      [
        'pending → posting',
        'pending → folded',
        'pending → dropped',
        'posting → delivered',
        'posting → uncertain',
        'posting → pending',
        'posting → dropped',
        'uncertain → delivered',
        'uncertain → pending',
        'uncertain → dropped',
      ].sort(),
    );
  });

  test('ends for good', () => {
    for (const from of final) for (const to of states) expect(deliveryMayBecome(from, to)).toBe(false);
  });

  test('is posted from pending alone, so never twice at once and never again after its end', () => {
    expect(deliveryStatesBefore('posting')).toEqual(['pending']);
  });

  test('every state leads to an end', () => {
    for (const from of states.filter((state) => !final.includes(state))) {
      expect(final.some((to) => deliveryMayBecome(from, to))).toBe(true);
    }
  });
});

describe('the fence', () => {
  const quarantine = 60_000;
  const intent = { machine: 1_000_000, monotonic: 5_000 };
  const at = (wall: number, monotonic: number) => ({
    machine: intent.machine + wall,
    monotonic: intent.monotonic + monotonic,
  });

  test('holds exactly while both clocks are under half the quarantine and wall time has not gone back', () => {
    const anyTime = fc.integer({ min: -2 * quarantine, max: 2 * quarantine });
    const elapsed = fc.integer({ min: 0, max: 2 * quarantine });
    fc.assert(
      fc.property(anyTime, elapsed, (wall, monotonic) => {
        const expected = wall >= 0 && wall < quarantine / 2 && monotonic < quarantine / 2;
        expect(mayStillPost(intent, at(wall, monotonic), quarantine)).toBe(expected);
      }),
    );
  });

  test.each([
    [0, 0, true],
    [29_999, 29_999, true],
    [30_000, 0, false],
    [0, 30_000, false],
    [-1, 0, false],
  ])('after %d ms of wall and %d ms of monotonic time: %s', (wall, monotonic, holds) => {
    expect(mayStillPost(intent, at(wall, monotonic), quarantine)).toBe(holds);
  });
});

describe('the next attempt', () => {
  test('comes after 5 s, doubling up to 10 minutes', () => {
    const waits = Array.from({ length: 10 }, (_, tries) => nextAttemptAt(0, tries + 1) / 1_000);
    expect(waits).toEqual([5, 10, 20, 40, 80, 160, 320, 600, 600, 600]);
    expect(nextAttemptAt(0, 10_000)).toBe(longestWait);
  });

  test('obeys Retry-After, and is never at once', () => {
    expect(nextAttemptAt(1_000, 9, 42)).toBe(43_000);
    expect(nextAttemptAt(1_000, 1, 0)).toBeGreaterThan(1_000);
  });
});
