import { createRequire } from 'node:module';
import type Holidays from 'date-holidays';
import type { HolidaysTypes } from 'date-holidays';
import { addDays } from './time/civil.ts';

/**
 * The public holidays of a country: days that are free everywhere in it. What only a state or a region keeps is
 * not among them.
 */

export interface PublicHoliday {
  date: string;
  /** ISO 3166, two capital letters. */
  country: string;
  /** In English. */
  name: string;
}

interface Library {
  Calendar: typeof Holidays;
  countries: ReadonlySet<string>;
}

let library: Library | undefined;

// Only where somebody has a country: loading it takes a tenth of a second and 35 MB of memory.
function loaded(): Library {
  if (library === undefined) {
    const Calendar: typeof Holidays = createRequire(import.meta.url)('date-holidays');
    library = { Calendar, countries: new Set(Object.keys(new Calendar().getCountries())) };
  }
  return library;
}

export const hasHolidays = (country: string): boolean => loaded().countries.has(country);

/** Codes of all countries whose holidays are known. */
export const holidayCountries = (): string[] => [...loaded().countries];

export function holidayOn(country: string, date: string): PublicHoliday | undefined {
  const name = holidaysOf(country, Number(date.slice(0, 4))).get(date);
  return name === undefined ? undefined : { date, country, name };
}

type Names = ReadonlyMap<string, string>;

// Asked of every day of every person, for a few countries and years; a year takes milliseconds to reckon.
const reckoned = new Map<string, Names>();

function holidaysOf(country: string, year: number): Names {
  const key = `${country} ${year}`;
  const names = reckoned.get(key) ?? reckon(country, year);
  reckoned.set(key, names);
  return names;
}

function reckon(country: string, year: number): Names {
  const { Calendar, countries } = loaded();
  if (!countries.has(country)) return new Map();
  const calendar = new Calendar(country, { types: ['public'], languages: 'en', timezone: 'UTC' });
  // The year before, for holidays of several days that begin in it.
  const holidays = [year - 1, year].flatMap((one) =>
    calendar.getHolidays(one, `en-${country.toLowerCase()}`),
  );
  return new Map(
    holidays
      .flatMap((one) => wholeDays(one).map((day) => [day, one.name] as const))
      .filter(([day]) => Number(day.slice(0, 4)) === year)
      // Of two on one day the first is told.
      .toReversed(),
  );
}

const hour = 60 * 60_000;

/** Half a day off is a day of work. A day that is reckoned from sunset begins, in people's calendars, at midnight. */
function wholeDays({ date, start, end }: HolidaysTypes.Holiday): string[] {
  const [first = '', time = ''] = date.split(' ');
  if (time !== '00:00:00') return [];
  const days = Math.floor((end.getTime() - start.getTime()) / (24 * hour));
  return Array.from({ length: days }, (_, index) => addDays(first, index));
}
