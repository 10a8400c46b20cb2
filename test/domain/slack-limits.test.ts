import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Calls, countCalls, countedFor, roomFor } from '#domain/slack-limits.ts';

const start = Date.parse('2026-03-02T09:00:00Z');

describe('room for calls', () => {
  test('is all of the limit at first, less what is kept for people who wait', () => {
    expect(roomFor(100, [], start)).toMatchObject({ calls: 98, again: undefined });
    expect(roomFor(1, [], start).calls).toBe(1);
  });

  test('comes back when the first calls are over a minute old, and the moment is known before', () => {
    const calls = countCalls([], 98, start);
    expect(roomFor(100, calls, start + 30_000)).toMatchObject({ calls: 0, again: start + countedFor });
    expect(roomFor(100, calls, start + countedFor)).toMatchObject({ calls: 98 });
  });

  test('is without end where nothing is counted', () => {
    expect(roomFor(undefined, countCalls([], 1_000_000, start), start).calls).toBeGreaterThan(1e12);
  });

  test('is not lost for hours to a clock that has been set back', () => {
    const calls = countCalls([], 98, start + 3_600_000);
    const { recent } = roomFor(100, calls, start);
    expect(roomFor(100, recent, start + countedFor).calls).toBe(98);
  });

  test('never lets more through in any minute than the limit, and never less than it could by more than its share', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 200 }),
        fc.array(
          fc.record({ wait: fc.integer({ min: 0, max: 9_000 }), wanted: fc.integer({ min: 0, max: 40 }) }),
          {
            minLength: 1,
            maxLength: 120,
          },
        ),
        (limit, steps) => {
          let now = start;
          let counted: Calls[] = [];
          const made: { at: number; calls: number }[] = [];
          for (const { wait, wanted } of steps) {
            now += wait;
            const room = roomFor(limit, counted, now);
            const calls = Math.min(wanted, room.calls);
            counted = countCalls(room.recent, calls, now);
            made.push({ at: now, calls });
            const lastMinute = made.filter((one) => one.at > now - 60_000);
            expect(lastMinute.reduce((sum, one) => sum + one.calls, 0)).toBeLessThanOrEqual(limit);
            if (room.calls > 0) continue;
            // What it waits for is there by then.
            expect(room.again).toBeGreaterThan(now);
            expect(room.again).toBeLessThanOrEqual(now + countedFor);
            expect(roomFor(limit, counted, room.again ?? 0).calls).toBeGreaterThan(0);
          }
          expect(counted.length).toBeLessThanOrEqual(countedFor / 1000 + 1);
        },
      ),
    );
  });
});
