import { addDays } from './time/civil.ts';
import { toInstant, toLocal } from './time/zone.ts';

/** From one in the morning on, four hours. */
const begins = 60;
const lasts = 240;

/** The next moment of a night for which nobody waits; each has a minute of its own, so that not all come at once. */
export function nextNight(now: number, zone: string, spread: number): number {
  const minute = begins + (spread % lasts);
  const time = `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
  const { date } = toLocal(now, zone);
  const tonight = toInstant({ date, time }, zone);
  return tonight > now ? tonight : toInstant({ date: addDays(date, 1), time }, zone);
}
