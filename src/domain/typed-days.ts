import { addDays, civilDateSchema, weekdayOf } from './time/civil.ts';

/** Days as people type them behind a command: `tomorrow`, `monday`, `12 Dec`, `12.12.`, `2026-12-12`. */
export interface TypedDays {
  first: string | undefined;
  last: string | undefined;
  /** What could not be read as a day. */
  unread: string | undefined;
}

const weekdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];
const months = [
  'january',
  'february',
  'march',
  'april',
  'may',
  'june',
  'july',
  'august',
  'september',
  'october',
  'november',
  'december',
];
const filler = /^(?:from|to|until|till|through|and|[-–—])$/;

/** The first day counts from `today`, the last from the first; one day alone is both. */
export function readTypedDays(typed: string, today: string): TypedDays {
  const words = typed
    .toLowerCase()
    .replaceAll(/[,–—]/g, ' ')
    .split(/\s+/)
    .filter((word) => word !== '' && !filler.test(word));
  const first = readFront(words, today, 'from');
  if (first === undefined) {
    return { first: undefined, last: undefined, unread: words.length === 0 ? undefined : words.join(' ') };
  }
  const rest = words.slice(first.used);
  const last = readFront(rest, first.day, 'to');
  if (last === undefined) {
    const unread = rest.length === 0 ? undefined : rest.join(' ');
    return { first: first.day, last: unread === undefined ? first.day : undefined, unread };
  }
  const beyond = rest.slice(last.used);
  return { first: first.day, last: last.day, unread: beyond.length === 0 ? undefined : beyond.join(' ') };
}

/** A day may take several words; the longest that is one counts. */
function readFront(
  words: readonly string[],
  base: string,
  side: 'from' | 'to',
): { day: string; used: number } | undefined {
  for (const used of [3, 2, 1]) {
    if (words.length < used) continue;
    const day = readDay(words.slice(0, used).join(' '), base, side);
    if (day !== undefined) return { day, used };
  }
  return undefined;
}

/** `base`: today for a first day, the first day for a last one. */
function readDay(text: string, base: string, side: 'from' | 'to'): string | undefined {
  if (text === 'today') return side === 'from' ? base : undefined;
  if (text === 'tomorrow') return side === 'from' ? addDays(base, 1) : undefined;
  const weekday = weekdays.findIndex((name) => text.length >= 3 && name.startsWith(text)) + 1;
  if (weekday > 0) return dayOfWeek(weekday, side === 'from' ? addDays(base, 1) : base);
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(text);
  if (iso !== null) return dateOf(Number(iso[1]), Number(iso[2]), Number(iso[3]));
  const dotted = /^(\d{1,2})\.\s?(\d{1,2})\.?(?:\s?(\d{4}))?$/.exec(text);
  if (dotted !== null) return inYear(Number(dotted[2]), Number(dotted[1]), dotted[3], base);
  const dayFirst = /^(\d{1,2})(?:st|nd|rd|th|\.)? ?([a-z]{3,9})\.?(?: (\d{4}))?$/.exec(text);
  if (dayFirst !== null) return named(dayFirst[2], dayFirst[1], dayFirst[3], base);
  const monthFirst = /^([a-z]{3,9})\.? ?(\d{1,2})(?:st|nd|rd|th)?(?: (\d{4}))?$/.exec(text);
  if (monthFirst !== null) return named(monthFirst[1], monthFirst[2], monthFirst[3], base);
  return undefined;
}

function dayOfWeek(weekday: number, from: string): string {
  return addDays(from, (weekday - weekdayOf(from) + 7) % 7);
}

function named(
  month: string | undefined,
  day: string | undefined,
  year: string | undefined,
  base: string,
): string | undefined {
  const index = months.findIndex((name) => month !== undefined && name.startsWith(month));
  return index < 0 ? undefined : inYear(index + 1, Number(day), year, base);
}

/** Half a year back is meant for the year to come; a day just past is kept, so that it can be said. */
const longPast = 183;

function inYear(month: number, day: number, year: string | undefined, base: string): string | undefined {
  if (year !== undefined) return dateOf(Number(year), month, day);
  const thisYear = Number(base.slice(0, 4));
  const here = dateOf(thisYear, month, day);
  return here !== undefined && here >= addDays(base, -longPast) ? here : dateOf(thisYear + 1, month, day);
}

function dateOf(year: number, month: number, day: number): string | undefined {
  const two = (number: number): string => String(number).padStart(2, '0');
  const parsed = civilDateSchema.safeParse(`${String(year).padStart(4, '0')}-${two(month)}-${two(day)}`);
  return parsed.success ? parsed.data : undefined;
}
