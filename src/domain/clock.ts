/**
 * The two clocks of the product. Business time decides what is due and is what people are shown; it can be
 * started elsewhere and can travel. Machine time measures what really elapses: timeouts, quarantine, limits.
 */
export interface Clock {
  /** Business time, epoch milliseconds. */
  now(): number;
  /** Machine wall time, epoch milliseconds. */
  machineNow(): number;
  /** Machine monotonic time in milliseconds; it goes on while wall time jumps. */
  monotonic(): number;
}

const machine = {
  machineNow: () => Date.now(),
  monotonic: () => performance.now(),
};

export const systemClock: Clock = { now: () => Date.now(), ...machine };

/** Business time that starts at an instant of choice and then runs as fast as the machine's. */
export function clockStartingAt(start: number): Clock {
  const origin = performance.now();
  return { now: () => start + (performance.now() - origin), ...machine };
}

export interface TravelClock extends Clock {
  travelTo(instant: number): void;
}

/** Business time that stands still until it is moved, and never moves backwards. */
export function travelClock(start: number): TravelClock {
  let at = start;
  return {
    now: () => at,
    ...machine,
    travelTo(instant) {
      if (instant < at) throw new RangeError('business time does not travel backwards');
      at = instant;
    },
  };
}
