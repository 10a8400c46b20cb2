import type { TravelClock } from '#domain/clock.ts';

/**
 * Both clocks in the hand of the test. Machine time starts at the machine's own, because what a Slack stamps
 * on messages is real, and then stands still until it is moved: nothing waits.
 */
export interface TestClock extends TravelClock {
  /** Time passes on the machine: wall and monotonic alike. */
  pass(milliseconds: number): void;
  /** The wall clock is set, forwards or back. */
  setWall(milliseconds: number): void;
  /** The wall clock stands while time goes on. */
  passUnseenByWall(milliseconds: number): void;
}

export function testClock(start: string, machineStart = Date.now()): TestClock {
  let business = Date.parse(start);
  let wall = machineStart;
  let monotonic = 1_000;
  return {
    now: () => business,
    machineNow: () => wall,
    monotonic: () => monotonic,
    travelTo(instant) {
      if (instant < business) throw new RangeError('business time does not travel backwards');
      business = instant;
    },
    pass(milliseconds) {
      wall += milliseconds;
      monotonic += milliseconds;
    },
    setWall(milliseconds) {
      wall += milliseconds;
    },
    passUnseenByWall(milliseconds) {
      monotonic += milliseconds;
    },
  };
}
