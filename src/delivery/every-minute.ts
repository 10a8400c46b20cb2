import type { Clock } from '#domain/clock.ts';

const minute = 60_000;

/**
 * Calls back at the beginning of each minute of the machine's wall time. It waits by what elapses, never for a time of
 * day: a wall clock that is set forwards or back by an hour shifts the next call by a minute at most.
 */
export function everyMinute(
  { machineNow }: Pick<Clock, 'machineNow'>,
  work: () => void,
  period = minute,
): { stop(): void } {
  let timer: ReturnType<typeof setTimeout>;
  const waitOn = (): void => {
    const left = period - (machineNow() % period);
    // Timers may come a little early: the rest of that minute is no minute of its own.
    timer = setTimeout(next, left < period / 60 ? left + period : left);
  };
  const next = (): void => {
    waitOn();
    work();
  };
  waitOn();
  return { stop: () => clearTimeout(timer) };
}
