/** Temporal as the second opinion. The polyfill itself, because a native Temporal brings its own tz data. */

import { Temporal } from 'temporal-polyfill/implementation';

export { Temporal };

export const FIRST = Date.UTC(2020, 0, 1);
export const LAST = Date.UTC(2041, 0, 1);

/** Every zone of the runtime, and names that people's profiles still carry. */
export const zones = [
  ...Intl.supportedValuesOf('timeZone'),
  'Asia/Kolkata',
  'Europe/Kyiv',
  'America/Argentina/Buenos_Aires',
  'US/Pacific',
  'EST5EDT',
  'UTC',
];

export type Transition = { readonly at: number; readonly before: number; readonly after: number };

export function transitionsOf(zone: string): Transition[] {
  const transitions: Transition[] = [];
  let moment = Temporal.Instant.fromEpochMilliseconds(FIRST).toZonedDateTimeISO(zone);
  for (;;) {
    const before = offsetOf(moment);
    const next = moment.getTimeZoneTransition('next');
    if (next === null || next.epochMilliseconds >= LAST) return transitions;
    transitions.push({ at: next.epochMilliseconds, before, after: offsetOf(next) });
    moment = next;
  }
}

function offsetOf(moment: Temporal.ZonedDateTime): number {
  return moment.offsetNanoseconds / 1_000_000;
}

export function instantOf(date: string, time: string, zone: string): number {
  return Temporal.PlainDateTime.from(`${date}T${time}`).toZonedDateTime(zone, {
    disambiguation: 'compatible',
  }).epochMilliseconds;
}

export function localOf(instant: number, zone: string) {
  const moment = Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(zone);
  return {
    date: moment.toPlainDate().toString(),
    time: moment.toPlainTime().toString({ smallestUnit: 'minute' }),
    second: moment.second,
    weekday: moment.dayOfWeek,
  };
}

export function startOfDayOf(date: string, zone: string): number {
  return Temporal.PlainDate.from(date).toZonedDateTime(zone).epochMilliseconds;
}
