import type { Settings } from '#domain/settings.ts';
import type { Choice } from '../form.ts';
import { inMarkup, nameOf } from '../text.ts';
import { type Field, schemaOf } from './field.ts';

export const weekdays = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];

export const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

export const callDays: Record<Settings['observedCallDay'], string> = {
  'first-working-day': 'the first working day of the month',
  'first-monday': 'the first Monday of the month',
  'second-monday': 'the second Monday of the month',
};

export const yesOrNo: readonly Choice[] = [
  ['false', 'No'],
  ['true', 'Yes'],
];

/** A value as it is read, safe inside mark-up. What an older version stored and this one does not know says so. */
export function inWords(field: Field, value: unknown): string {
  const read = schemaOf(field).safeParse(value);
  return read.success ? wordsFor(field, read.data) : 'a value of an older version';
}

function wordsFor({ kind }: Field, value: unknown): string {
  switch (kind.is) {
    case 'count':
      if (value === 0 && kind.zero !== undefined) return kind.zero;
      return kind.unit === undefined ? String(value) : `${value} ${kind.unit[value === 1 ? 0 : 1]}`;
    case 'counts':
      return (value as number[]).join(', ') || 'none';
    case 'share':
      return `${value} %`;
    case 'time':
      return String(value);
    case 'weekday':
      return weekdays[Number(value) - 1] ?? '';
    case 'weekdays':
      return daysInWords(value as number[]);
    case 'month':
      return months[Number(value) - 1] ?? '';
    case 'yes_no':
      return value === true ? 'yes' : 'no';
    case 'call_day':
      return callDays[value as Settings['observedCallDay']];
    case 'name':
      return inMarkup(nameOf(String(value)));
  }
}

/** Three or more in a row read as a range. */
function daysInWords(days: number[]): string {
  const short = days.map((day) => weekdays[day - 1]?.slice(0, 3) ?? '');
  const [first = 1] = days;
  const inARow = days.length > 2 && days.every((day, index) => day === first + index);
  return inARow ? `${short[0]}–${short.at(-1)}` : short.join(', ');
}
