/** What was seen of a training afterwards, and the curve that is drawn beside it. */

import { type Share, shareOf } from './adherence.ts';

export const checkInAnswers = ['unasked', 'reminded', 'not_seen', 'no_chance', 'not_watched'] as const;
export type CheckInAnswer = (typeof checkInAnswers)[number];

export type CheckInSide = 'rep' | 'manager';

/** What a rep showed at the end of training: one row for each programme, rep and pillar. */
export interface DayZero {
  programmeId: string;
  repId: string;
  pillar: string;
  shown: boolean;
}

/** One row for each programme, rep, pillar, day and side that was asked. */
export interface CheckIn {
  programmeId: string;
  repId: string;
  pillar: string;
  /** Days after training. */
  day: number;
  side: CheckInSide;
  /** Null: asked, and not answered. Who was not asked has no row. */
  answer: CheckInAnswer | null;
}

/**
 * Counts reps, never answers, so that nobody weighs more for having been trained in more. A rep is looked at
 * in the pillars they showed on day 0, and only the manager's answers count: one's own are no observation.
 * Over all pillars, and over several programmes, a rep was watched with a chance if that was so in at least
 * one of them, and seen if seen in at least one. Everybody who was asked about stands in exactly one of `n`,
 * `noChance`, `notWatched` and `unanswered`, the first of these that any of their pillars allows.
 */
export interface Retention {
  /** Watched, with a chance to show it. */
  n: number;
  /** Of `n`: unasked or when reminded. */
  seen: Share;
  /** Of `n`: unasked at least once. */
  unprompted: Share;
  noChance: number;
  notWatched: number;
  unanswered: number;
}

export interface ObservedRetention {
  overall: Retention;
  /** Every pillar that day 0 has a record of. */
  pillars: ReadonlyMap<string, Retention>;
}

export function observedRetention(
  day: number,
  dayZero: Iterable<DayZero>,
  checkIns: Iterable<CheckIn>,
): ObservedRetention {
  const records = [...dayZero];
  const shown = new Set(records.filter((record) => record.shown).map(placeOf));
  const counted = [...checkIns].filter(
    (checkIn) => checkIn.day === day && checkIn.side === 'manager' && shown.has(placeOf(checkIn)),
  );
  const byPillar = Map.groupBy(counted, ({ pillar }) => pillar);
  const pillars = new Set(records.map(({ pillar }) => pillar));
  return {
    overall: retentionOf(counted),
    pillars: new Map([...pillars].map((pillar) => [pillar, retentionOf(byPillar.get(pillar) ?? [])])),
  };
}

const placeOf = ({ programmeId, repId, pillar }: Pick<DayZero, 'programmeId' | 'repId' | 'pillar'>): string =>
  JSON.stringify([programmeId, repId, pillar]);

/** What says most about a rep comes first; the first that any of the answers is stands for the rep. */
const saysMost = [...checkInAnswers, null];

function retentionOf(checkIns: CheckIn[]): Retention {
  const best = [...Map.groupBy(checkIns, ({ repId }) => repId).values()].map((ofRep) =>
    saysMost.find((answer) => ofRep.some((checkIn) => checkIn.answer === answer)),
  );
  const count = (...answers: (CheckInAnswer | null)[]) =>
    best.filter((answer) => answer !== undefined && answers.includes(answer)).length;
  const n = count('unasked', 'reminded', 'not_seen');
  return {
    n,
    seen: shareOf(count('unasked', 'reminded'), n),
    unprompted: shareOf(count('unasked'), n),
    noChance: count('no_chance'),
    notWatched: count('not_watched'),
    unanswered: count(null),
  };
}

/** The one published figure, retold as 87 % lost within 30 days. Never a measurement of the team at hand. */
export const publishedMark = {
  day: 30,
  left: 0.13,
  source: 'Rackham at Xerox: change in skill without coaching, one company, 30 days as it is retold.',
} as const;

const tau = publishedMark.day / Math.log(1 / publishedMark.left);

/** R(t) = exp(−t/τ) up to the mark; nothing after it, for any continuation would be made up. */
export function illustratedRetention(day: number): number | undefined {
  return day >= 0 && day <= publishedMark.day ? Math.exp(-day / tau) : undefined;
}
