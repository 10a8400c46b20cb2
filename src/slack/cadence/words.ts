import { type Pause, type Rhythm, rhythms } from '#domain/slot.ts';
import { dayInWords } from '../dates.ts';
import type { Choice } from '../form.ts';

export const weekdays: readonly Choice[] = [
  ['1', 'Monday'],
  ['2', 'Tuesday'],
  ['3', 'Wednesday'],
  ['4', 'Thursday'],
  ['5', 'Friday'],
  ['6', 'Saturday'],
  ['7', 'Sunday'],
];

export const weekdayName = (weekday: number): string => weekdays[weekday - 1]?.[1] ?? '';

/** Which week it begins with is to be read in a menu of a row, too: it shows little more than twenty characters. */
const rhythmWords: Record<Rhythm, string> = {
  '1': 'Every week',
  '2': 'Every 2nd week: this',
  '2-next': 'Every 2nd week: next',
  '3': 'Every 3 weeks',
  '4': 'Every 4 weeks',
};

export const rhythmChoices: readonly Choice[] = rhythms.map((one) => [one, rhythmWords[one]]);

export function pauseInWords({ until }: Pause): string {
  return until === null ? 'Paused' : `Paused until ${dayInWords(until)}`;
}
