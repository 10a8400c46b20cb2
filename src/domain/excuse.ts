import type { DutyKind } from './occurrence.ts';

/** Why something is excused by whoever is asked; what the product excuses itself has reasons of its own. */
export const excuses = [
  'customer_first',
  'one_was_away',
  'no_occasion',
  'no_longer_needed',
  'other',
] as const;
export type Excuse = (typeof excuses)[number];

/** An occurrence keeps its excuse together with the words that were added to it. */
export function excuseAsReason(excuse: Excuse, words: string | undefined): string {
  return words === undefined ? excuse : `${excuse}: ${words}`;
}

/** In nobody's words: what it was, apart from what was added. */
export function excuseOf(reason: string | null): Excuse | undefined {
  return excuses.find((one) => reason === one || reason?.startsWith(`${one}: `));
}

/** What there was no occasion for, by duty. */
export const occasionOf: Record<DutyKind, string> = {
  one_on_one: 'We talked, but not in a 1:1',
  observed_call: 'There was no call to sit in on',
  check_in: 'There was no call to look back on',
  commitment: 'There was no chance for it',
  practice: 'There was no chance to try it',
  time_report: 'It was no ordinary week',
};
