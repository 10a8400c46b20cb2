import { type Excuse, excuseOf, occasionOf } from '#domain/excuse.ts';
import type { OccurrenceFacts } from '#storage/card.ts';
import { isAsked } from './row.ts';

/** What was chosen when it was excused, in the words of the form; the words that were added are shown to nobody. */
export const excuseWords = (
  { kind, askedId, aboutId }: Pick<OccurrenceFacts, 'kind' | 'askedId' | 'aboutId'>,
  excuse: Excuse,
): string =>
  ({
    customer_first: 'A customer came first',
    one_was_away: askedId === aboutId ? 'I was away' : 'One of us was away',
    no_occasion: occasionOf[kind],
    no_longer_needed: 'It is not needed any more',
    other: 'Something else',
  })[excuse];

export const excused = '\nExcused; it does not count.';

/** How a row ends that was excused: whoever is asked, and so has said why, reads what they said. */
export function excusedLine(one: OccurrenceFacts, readerId: string): string {
  const excuse = isAsked(one, readerId) ? excuseOf(one.reason) : undefined;
  const why = excuse === undefined || excuse === 'other' ? '' : ` ${excuseWords(one, excuse)}.`;
  return `${excused}${why}`;
}
