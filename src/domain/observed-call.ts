/** A call that the manager listens to, and what is written down about it. */

import { type CheckInAnswer, checkInAnswers } from './retention.ts';
import { toLocal } from './time/zone.ts';
import { addWorkingDays, cardMoment, nextCardMoment, type WorkingTime } from './working-time.ts';

/** Only a live call makes the month's observation; a recording counts as evidence elsewhere. */
export const followed = ['live', 'recording'] as const;
export type Followed = (typeof followed)[number];

export const callTypes = ['discovery', 'demo', 'negotiation', 'executive'] as const;
export type CallType = (typeof callTypes)[number];

/** What was seen of a pillar; the same words as in check-ins, which are filled in from them. */
export const seenAnswers = checkInAnswers;
export type Seen = CheckInAnswer;

/** What a discovery should bring to light. */
export const learnings = [
  'problem',
  'root_cause',
  'impact',
  'stakeholders',
  'why_now',
  'cost_of_nothing',
] as const;
export type Learning = (typeof learnings)[number];

export const questionTypes = ['situation', 'problem', 'implication', 'need_payoff'] as const;
export type QuestionType = (typeof questionTypes)[number];
export type QuestionCounts = Partial<Record<QuestionType, number>>;

/**
 * asked → planned → watched; a request may be declined, and a plan dropped. Declined, dropped and watched are
 * final.
 */
export const callPlanStates = ['asked', 'planned', 'declined', 'dropped', 'watched'] as const;
export type CallPlanState = (typeof callPlanStates)[number];

/** Percent of the talking that is the buyer's, at least. */
export const buyerTalkAim = 60;
/** A pitch before this minute comes before the discovery is done. */
export const earliestPitchMinute = 15;

export type DiscoveryConcern = 'buyer_talks_too_little' | 'pitch_too_early';

/** What about a discovery is worth a word, in numbers; silent about what nobody counted. */
export function discoveryConcerns(counted: {
  buyerTalk: number | undefined;
  pitchMinute: number | undefined;
}): DiscoveryConcern[] {
  const { buyerTalk, pitchMinute } = counted;
  return [
    ...(buyerTalk !== undefined && buyerTalk < buyerTalkAim ? (['buyer_talks_too_little'] as const) : []),
    ...(pitchMinute !== undefined && pitchMinute < earliestPitchMinute ? (['pitch_too_early'] as const) : []),
  ];
}

/** An account as it is compared, however it was typed: the same call is not asked for twice. */
export function accountKey(account: string): string {
  return account.normalize('NFKC').toLowerCase().replaceAll(/\s+/gu, ' ').trim();
}

/** The period of the month's observation that a call on this date belongs to. */
export const observedCallPeriod = (date: string): string => date.slice(0, 7);

/**
 * On which cards of a person a planned call stands: the next one that comes before or on its day, if any does,
 * and that of the working day after it; where that is past already, the next one.
 */
export function cardsAboutCall(
  callOn: string,
  receiver: WorkingTime,
  cardTime: string,
  now: number,
): { before: number | undefined; after: number } {
  const next = nextCardMoment(receiver, now, cardTime);
  const after = cardMoment(receiver, addWorkingDays(receiver, callOn, 1), cardTime);
  const isBefore = toLocal(next, receiver.zone).date <= callOn;
  return { before: isBefore ? next : undefined, after: Math.max(after, next) };
}
