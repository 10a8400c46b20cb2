/**
 * A takeaway is specific, behavioural and verifiable: a situation, what to do in it, by when. The check helps
 * and does not lecture: whoever insists may save the text as it is.
 */
export type TakeawayDoubt = 'too_short' | 'no_situation';

const wordsEnough = 5;

/** "Improve discovery" names a wish; these name a moment or an act that somebody else could see. */
const situation =
  /\b(when|if|after|before|once|next|on the|in the|at the|during|every time|instead of|ask|open|start|send|call|book|name|write|show)\b/i;

export function doubtAbout(takeaway: string): TakeawayDoubt | undefined {
  const words = takeaway.trim().split(/\s+/u).filter(Boolean);
  // Scripts without spaces between words cannot be counted in words, and the list above is English.
  const countable = /\p{Script=Latin}/u.test(takeaway);
  if (!countable) return takeaway.trim().length < 4 ? 'too_short' : undefined;
  if (words.length < wordsEnough) return 'too_short';
  return situation.test(takeaway) ? undefined : 'no_situation';
}
