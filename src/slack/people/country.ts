import { hasHolidays, holidayCountries } from '#domain/holidays.ts';

const names = new Intl.DisplayNames('en', { type: 'region' });

export const countryName = (code: string): string => names.of(code) ?? code;

/** A code or a name, however it is written; undefined where its holidays are not known. */
export function countryMeant(typed: string): string | undefined {
  const code = typed.trim().toUpperCase();
  if (/^[A-Z]{2}$/.test(code)) return hasHolidays(code) ? code : other[code];
  const name = folded(typed);
  return holidayCountries().find((one) => folded(countryName(one)) === name) ?? other[code];
}

/** What people say that is no country's code or name in the list. */
const other: Record<string, string> = { UK: 'GB', USA: 'US', 'GREAT BRITAIN': 'GB', ENGLAND: 'GB' };

const folded = (text: string): string =>
  text
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[^\p{L}]+/gu, ' ')
    .trim()
    .toLowerCase();
