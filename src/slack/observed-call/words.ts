import type { CallType, Followed, Learning, QuestionType, Seen } from '#domain/observed-call.ts';
import { buyerTalkAim, discoveryConcerns, earliestPitchMinute } from '#domain/observed-call.ts';
import { type Pillar, pillars } from '#domain/pillar.ts';
import { fitted, inOneLine } from '../text.ts';

/** The words of the form and of what is shown of it. */

export const followedWords: Record<Followed, string> = { live: 'Live', recording: 'Recording' };

export const seenWords: Record<Seen, string> = {
  unasked: 'Unasked',
  reminded: 'When reminded',
  not_seen: 'Not seen',
  no_chance: 'No chance',
  not_watched: "Wasn't watching",
};

export const callTypeWords: Record<CallType, string> = {
  discovery: 'Discovery',
  demo: 'Demo',
  negotiation: 'Negotiation',
  executive: 'Executive meeting',
};

export const learningWords: Record<Learning, string> = {
  problem: 'The problem',
  root_cause: 'Its root cause',
  impact: 'What it costs them',
  stakeholders: 'Who is involved',
  why_now: 'Why now',
  cost_of_nothing: 'The cost of doing nothing',
};

export const questionWords: Record<QuestionType, string> = {
  situation: 'Questions about the situation',
  problem: 'Questions about problems',
  implication: 'Questions about what follows from them',
  need_payoff: 'Questions about what a solution is worth',
};

/** "Teach: unasked · Tailor: no chance"; what nobody watched says nothing. */
export function seenInWords(seen: Record<Pillar, Seen>, names: Record<Pillar, string>): string {
  return pillars
    .filter((pillar) => seen[pillar] !== 'not_watched')
    .map((pillar) => `${names[pillar]}: ${seenWords[seen[pillar]].toLowerCase()}`)
    .join(' · ');
}

/** What is worth a word about how the call went, in numbers. */
export function concernsInWords(counted: { buyerTalk: number | null; pitchMinute: number | null }): string[] {
  const concerns = discoveryConcerns({
    buyerTalk: counted.buyerTalk ?? undefined,
    pitchMinute: counted.pitchMinute ?? undefined,
  });
  return concerns.map((concern) =>
    concern === 'buyer_talks_too_little'
      ? `The buyer talked ${counted.buyerTalk} % of the time; ${buyerTalkAim} % or more is the aim.`
      : `The pitch began in minute ${counted.pitchMinute}; before minute ${earliestPitchMinute} is early.`,
  );
}

/** An account in a line; some signs that can be typed are not there to be seen. */
export function accountOf(account: string, most: number): string {
  return fitted(inOneLine(account), most) || 'a call';
}
