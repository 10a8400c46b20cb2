import { toLocal } from '#domain/time/zone.ts';
import type { KeptCount, KeptKind } from '#storage/kept-counts.ts';
import { dayInWords } from '../dates.ts';

const kinds: Record<KeptKind, readonly [one: string, several: string]> = {
  one_on_ones: ['1:1 that was logged with you', '1:1s that were logged with you'],
  preparations: ['answer of yours before a 1:1', 'answers of yours before 1:1s'],
  commitments: [
    'thing you agreed to try, and what became of it',
    'things you agreed to try, and what became of them',
  ],
  debriefs: ['debrief of a call of yours', 'debriefs of calls of yours'],
  call_plans: ['call that was to be listened to', 'calls that were to be listened to'],
  practice: ['item you were given to practise', 'items you were given to practise'],
  look_backs: [
    'look back on practice, with what was said to it',
    'looks back on practice, with what was said to them',
  ],
  check_ins: [
    'check-in after a training, of you or about you',
    'check-ins after a training, of you and about you',
  ],
  baselines: ['set of answers before a training', 'sets of answers before a training'],
  certifications: ['rating for a certificate', 'ratings for certificates'],
  written: ['record that you wrote about somebody', 'records that you wrote about others'],
  time_reports: ['report of your time', 'reports of your time'],
  absences: ['absence', 'absences'],
  messages: ['message to you: when, not what it said', 'messages to you: when, not what they said'],
};

/** "12 debriefs of calls of yours, since Mon 2 Mar 2026" */
export function keptInWords({ kind, count, since }: KeptCount, timeZone: string): string {
  const [one, several] = kinds[kind];
  return `${count} ${count === 1 ? one : several}, since ${dateInWords(since, timeZone)}`;
}

export function dateInWords(at: Date, timeZone: string): string {
  const { date } = toLocal(at.getTime(), timeZone);
  return `${dayInWords(date)} ${date.slice(0, 4)}`;
}

export function momentInWords(at: Date, timeZone: string): string {
  return `${dateInWords(at, timeZone)}, ${toLocal(at.getTime(), timeZone).time}`;
}

const resources: Record<string, string> = {
  one_on_one: 'your 1:1s',
  debrief: 'debriefs of your calls',
  certification: 'your certification',
  practice: 'your practice',
  programme: 'how you stand in a training',
  check_in: 'your check-in',
  baseline: 'the answers before a training',
  messages: 'why messages to you came or not',
  home: 'what you see on your Home',
  everything: 'everything that is kept about you',
};
const ways: Record<string, string> = {
  form: 'to write',
  history: 'what was saved before',
  list: 'to read',
  look: 'to read',
  export: 'as an export',
};

export const openedInWords = (resource: string, how: string): string =>
  `${resources[resource] ?? 'your record'}, ${ways[how] ?? 'to read'}`;
