/**
 * Certification: what a manager has seen, never attendance. For each pillar a rating that is high enough and
 * an unprompted demonstration on a real account, soon enough before and long enough after the training.
 */

import type { Evidence } from './one-on-one.ts';
import type { Pillar } from './pillar.ts';
import type { Settings } from './settings.ts';
import { addDays } from './time/civil.ts';

export interface CertificationCriteria {
  /** On the scale of the baseline, 2 to 10. */
  rating: number;
  /** Days after training before which a demonstration is still the training's echo. */
  earliestDay: number;
  /** How many days old a demonstration may be. */
  evidenceDays: number;
  validDays: number;
}

export const defaultCertificationCriteria: CertificationCriteria = {
  rating: 8,
  earliestDay: 14,
  evidenceDays: 60,
  validDays: 180,
};

export function criteriaOf(settings: Settings): CertificationCriteria {
  return {
    rating: settings.certificationRating,
    earliestDay: settings.certificationEarliestDay,
    evidenceDays: settings.certificationEvidenceDays,
    validDays: settings.certificationValidDays,
  };
}

/** The first day on which somebody can be certified: nothing that was shown before it counts. */
export function certifiableFrom(trainedOn: string, { earliestDay }: CertificationCriteria): string {
  return addDays(trainedOn, earliestDay);
}

/** A manager's rating of a pillar, from 2 to 10. */
export interface ManagerRating {
  id: string;
  pillar: Pillar;
  on: string;
  score: number;
}

/** What somebody showed on a call, and how the manager knows. */
export interface Demonstration {
  id: string;
  pillar: Pillar;
  on: string;
  showed: 'unasked' | 'reminded' | 'not_seen' | 'no_chance';
  /** The manager saw it, live or on a recording; heard or told of is no observation. */
  evidence: Evidence;
  /** Null where it was a role play, or nobody wrote the account down. */
  account: string | null;
}

export interface CertificationCase {
  /** What the training covered: nobody is certified, or not, in what they were not taught. */
  pillars: readonly Pillar[];
  trainedOn: string;
  /** The last certificate's day, if there was one: a renewal needs evidence from after it. */
  lastCertifiedOn: string | null;
  ratings: readonly ManagerRating[];
  demonstrations: readonly Demonstration[];
}

export type Missing = { pillar: Pillar } & (
  | { missing: 'rating' }
  | { missing: 'rating_too_low'; on: string; score: number; needed: number }
  | { missing: 'rating_used_before'; on: string }
  | { missing: 'demonstration' }
  /** `from` is the first day that counts. */
  | { missing: 'demonstration_too_early'; on: string; from: string }
  | { missing: 'demonstration_too_old'; on: string; from: string }
  | { missing: 'demonstration_used_before'; on: string }
);

/** What counts for a pillar: its rating, and every demonstration in time, newest first. */
export interface PillarEvidence {
  pillar: Pillar;
  rating: ManagerRating | null;
  demonstrations: Demonstration[];
}

export type Certification =
  | { result: 'certified'; validUntil: string; evidence: PillarEvidence[] }
  | { result: 'not_yet'; missing: Missing[]; evidence: PillarEvidence[] };

export function certification(
  about: CertificationCase,
  today: string,
  criteria: CertificationCriteria = defaultCertificationCriteria,
): Certification {
  const judged = about.pillars.map((pillar) => ({
    pillar,
    rating: judgedRating(about, pillar, today, criteria),
    demonstrations: judgedDemonstrations(about, pillar, today, criteria),
  }));
  const evidence = judged.map(({ pillar, rating, demonstrations }) => ({
    pillar,
    rating: rating.counts,
    demonstrations: demonstrations.counts,
  }));
  const missing = judged.flatMap(({ rating, demonstrations }) => [
    ...rating.missing,
    ...demonstrations.missing,
  ]);
  return missing.length === 0
    ? { result: 'certified', validUntil: addDays(today, criteria.validDays), evidence }
    : { result: 'not_yet', missing, evidence };
}

/** The last day counts. */
export function isValidOn(validUntil: string, today: string): boolean {
  return today <= validUntil;
}

export interface Certificate {
  on: string;
  validUntil: string;
}

/** How a certificate stands: good for a while, soon to be renewed, or run out; or there never was one. */
export type CertificateState = { state: 'none' } | ({ state: 'valid' | 'ending' | 'expired' } & Certificate);

/** So many days before its end a renewal is spoken of. */
export const renewalDays = 30;

/** By the one that holds longest. Whatever was taken back is not among them. */
export function certificateState(certificates: readonly Certificate[], today: string): CertificateState {
  const [first, ...others] = certificates;
  if (first === undefined) return { state: 'none' };
  const last = others.reduce((best, one) => (one.validUntil >= best.validUntil ? one : best), first);
  if (!isValidOn(last.validUntil, today)) return { state: 'expired', ...last };
  return { state: addDays(last.validUntil, -renewalDays) <= today ? 'ending' : 'valid', ...last };
}

/** The newest rating since the training counts, even where an older one was higher. */
function judgedRating(
  { ratings, trainedOn, lastCertifiedOn }: CertificationCase,
  pillar: Pillar,
  today: string,
  { rating: needed }: CertificationCriteria,
): { counts: ManagerRating | null; missing: Missing[] } {
  const newest = newestFirst(ratings, pillar, today).find(({ on }) => on >= trainedOn);
  if (newest === undefined) return { counts: null, missing: [{ pillar, missing: 'rating' }] };
  const { on, score } = newest;
  if (lastCertifiedOn !== null && on <= lastCertifiedOn) {
    return { counts: null, missing: [{ pillar, missing: 'rating_used_before', on }] };
  }
  if (score < needed) {
    return { counts: null, missing: [{ pillar, missing: 'rating_too_low', on, score, needed }] };
  }
  return { counts: newest, missing: [] };
}

function judgedDemonstrations(
  { demonstrations, trainedOn, lastCertifiedOn }: CertificationCase,
  pillar: Pillar,
  today: string,
  criteria: CertificationCriteria,
): { counts: Demonstration[]; missing: Missing[] } {
  const observed = newestFirst(demonstrations, pillar, today).filter(isObservedUnprompted);
  const earliest = addDays(trainedOn, criteria.earliestDay);
  const oldest = addDays(today, -criteria.evidenceDays);
  const wrongWith = ({ on }: Demonstration): Missing | undefined => {
    if (on < earliest) return { pillar, missing: 'demonstration_too_early', on, from: earliest };
    if (on < oldest) return { pillar, missing: 'demonstration_too_old', on, from: oldest };
    if (lastCertifiedOn !== null && on <= lastCertifiedOn) {
      return { pillar, missing: 'demonstration_used_before', on };
    }
    return undefined;
  };
  const counts = observed.filter((one) => wrongWith(one) === undefined);
  if (counts.length > 0) return { counts, missing: [] };
  // What is wrong with the newest is what stands nearest to counting.
  const newest = observed[0];
  const wrong = newest === undefined ? undefined : wrongWith(newest);
  return { counts, missing: [wrong ?? { pillar, missing: 'demonstration' }] };
}

function isObservedUnprompted({ showed, evidence, account }: Demonstration): boolean {
  return showed === 'unasked' && evidence === 'saw' && account !== null && account.trim() !== '';
}

/** Of one day, the one entered last comes first. What lies ahead of today is a slip of the pen. */
function newestFirst<T extends { pillar: Pillar; on: string }>(
  all: readonly T[],
  pillar: Pillar,
  today: string,
): T[] {
  return all
    .filter((one) => one.pillar === pillar && one.on <= today)
    .reverse()
    .sort((a, b) => (a.on === b.on ? 0 : a.on < b.on ? 1 : -1));
}
