import type { PublicHoliday } from '#domain/holidays.ts';
import { dayInWords } from './dates.ts';

const countryNames = new Intl.DisplayNames('en', { type: 'region', style: 'short' });

/** Countries whose names are said with an article. */
const withArticle = new Set(
  'AE AX BQ BS CC CD CF CG CK DO FK FO GB GM IC IM KM KY MH MP MV NL PH SB SC TC UM US VA VG VI'.split(' '),
);

/** "Mon 25 May is a public holiday in the US (Memorial Day)" */
export function holidayInWords({ date, country, name }: PublicHoliday): string {
  const of = `${withArticle.has(country) ? 'the ' : ''}${countryNames.of(country) ?? country}`;
  return `${dayInWords(date)} is a public holiday in ${of} (${name})`;
}
