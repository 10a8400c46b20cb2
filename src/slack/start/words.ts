import { toLocal } from '#domain/time/zone.ts';
import type { PersonWeek } from '#services/preview-week.ts';
import { dayInWords } from '../dates.ts';

export const counted = (count: number, one: string, many = `${one}s`): string =>
  `${count} ${count === 1 ? one : many}`;

export function momentOf(at: number, zone: string): string {
  const { date, time } = toLocal(at, zone);
  return `${dayInWords(date)}, ${time}`;
}

/** In the wall time of whoever gets it. */
export function firstOf({ person, messages }: PersonWeek): string {
  const [first] = messages;
  return first === undefined ? 'not this week' : `${momentOf(first.at, person.timeZone)} their time`;
}
