import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Calls, countCalls, countedFor, roomFor } from '#domain/slack-limits.ts';

const start = Date.parse('2026-03-02T09:00:00Z');

/** A hundred posts a second go through where nothing is limited. */
const each = 10;

/** How long a wave takes, in milliseconds, at so many posts in a batch. */
function timeOf(posts: number, batch: number): number {
  let now = start;
  let counted: Calls[] = [];
  for (let left = posts; left > 0; ) {
    const room = roomFor(300, counted, now);
    const calls = Math.min(left, batch, room.calls);
    counted = countCalls(room.recent, calls, now);
    left -= calls;
    now = room.again ?? now + calls * each;
  }
  return now - start;
}

describe('room for calls', () => {
  test('is all of the limit at first', () => {
    expect(roomFor(100, [], start)).toMatchObject({ calls: 100, again: undefined });
    expect(roomFor(1, [], start).calls).toBe(1);
  });

  test('comes back when the first calls are over a minute old, and the moment is known before', () => {
    const calls = countCalls([], 100, start);
    expect(roomFor(100, calls, start + 30_000)).toMatchObject({ calls: 0, again: start + countedFor });
    expect(roomFor(100, calls, start + countedFor - 1).calls).toBe(0);
    expect(roomFor(100, calls, start + countedFor)).toMatchObject({ calls: 100 });
  });

  test('is less by what people were answered, who wait for no limit', () => {
    const posted = countCalls([], 100, start);
    const answered = countCalls(countCalls(posted, 2, start + 200), 3, start + 400);
    const { again = 0 } = roomFor(100, answered, start + 1_000);
    expect(again).toBe(start + countedFor);
    expect(roomFor(100, answered, again).calls).toBe(95);
    const withTwo = countCalls(countCalls([], 2, start), 100, start + 200);
    expect(roomFor(100, withTwo, start + 1_000).again).toBe(start + 200 + countedFor);
  });

  test('is without end where nothing is counted', () => {
    expect(roomFor(undefined, countCalls([], 1_000_000, start), start).calls).toBeGreaterThan(1e12);
  });

  test('is not lost for hours to a clock that has been set back', () => {
    const calls = countCalls([], 100, start + 3_600_000);
    const { recent } = roomFor(100, calls, start);
    expect(roomFor(100, recent, start + countedFor).calls).toBe(100);
  });

  test('never lets more through in any minute than the limit', () => {
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
          expect(counted.length).toBeLessThanOrEqual(limit);
        },
      ),
    );
  });

  test('is used by a wave of any size in hardly more than the least time there is', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.integer({ min: 1, max: 20 }).map((minutes) => minutes * 300),
          fc.integer({ min: 1, max: 6_000 }),
        ),
        fc.integer({ min: 1, max: 20 }),
        (posts, batch) => {
          // All that a minute takes at its very beginning, and again as soon as the next begins.
          const least = Math.floor((posts - 1) / 300) * 60_000;
          expect(timeOf(posts, batch)).toBeLessThanOrEqual(Math.max(1.1 * least, each * posts));
        },
      ),
    );
  });
});
