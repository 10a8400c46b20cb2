import { afterEach, expect, test } from 'vitest';
import { everyMinute } from '#delivery/every-minute.ts';

/** A minute that is soon over, and calls that can be waited for. */
const period = 60;

const running: { stop(): void }[] = [];
afterEach(() => {
  for (const one of running.splice(0)) one.stop();
});

function begin(machineNow: () => number) {
  let called = Promise.withResolvers<number>();
  running.push(
    everyMinute(
      { machineNow },
      () => {
        called.resolve(machineNow());
        called = Promise.withResolvers();
      },
      period,
    ),
  );
  return { next: () => called.promise };
}

test('comes at the beginning of each minute', async () => {
  const { next } = begin(() => Date.now());
  const first = await next();
  // A busy machine may be late, and is never early.
  expect(first % period).toBeLessThan(period - 1);
  const second = await next();
  expect(Math.floor(second / period)).toBeGreaterThan(Math.floor(first / period));
});

test.each([-3_600_000, 3_600_000])('goes on at once where the wall clock is set by %i ms', async (jump) => {
  let wall = 0;
  const { next } = begin(() => Date.now() + wall);
  await next();
  wall = jump;
  // Not once: what had been planned before the jump would come all the same.
  for (let calls = 0; calls < 3; calls += 1) await next();
});
