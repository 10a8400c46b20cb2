import { type Share, shareOf } from './adherence.ts';

/** Nothing is asked of the fourth wave, so that it never pulls a total down, nor up. */
export const waveApart = 4;

export interface Coverage {
  /** Everybody but the wave apart; reps without a wave are in it. */
  total: Share;
  apart: Share;
  /** The waves of the total, in order; reps without a wave come last, as `null`. */
  waves: ReadonlyMap<number | null, Share>;
}

/**
 * One row a rep. Who was eligible is a matter of the period that is looked at: who has left since still counts
 * in the months in which they were there.
 */
export interface EligibleRep {
  repId: string;
  wave: number | null;
}

export interface ObservedCall {
  repId: string;
  /** In the observer's place, '2026-03-31'. */
  date: string;
  followed: 'live' | 'recording';
}

/** Reps with at least one live debrief in the month ('2026-03'), of all who are eligible. */
export function observedCallCoverage(
  month: string,
  eligible: Iterable<EligibleRep>,
  calls: Iterable<ObservedCall>,
): Coverage {
  const observed = new Set<string>();
  for (const { repId, date, followed } of calls) {
    if (followed === 'live' && date.startsWith(`${month}-`)) observed.add(repId);
  }
  return coverageOf(eligible, ({ repId }) => observed.has(repId));
}

export interface CertificationStanding extends EligibleRep {
  eligible: boolean;
  enrolled: boolean;
  /** Valid on the day that is looked at: neither run out nor still to come. */
  certified: boolean;
}

export interface CertificationCoverage {
  ofEnrolled: Coverage;
  /** What the workspace's target is about: enrolling few is no way to reach it. */
  ofEligible: Coverage;
}

export function certificationCoverage(reps: Iterable<CertificationStanding>): CertificationCoverage {
  const all = [...reps];
  const certified = (rep: CertificationStanding) => rep.certified;
  return {
    ofEnrolled: coverageOf(
      all.filter((rep) => rep.enrolled),
      certified,
    ),
    ofEligible: coverageOf(
      all.filter((rep) => rep.eligible),
      certified,
    ),
  };
}

function coverageOf<Rep extends EligibleRep>(
  reps: Iterable<Rep>,
  isCovered: (rep: Rep) => boolean,
): Coverage {
  const all = [...reps];
  const share = (of: Rep[]) => shareOf(of.filter(isCovered).length, of.length);
  const inTotal = all.filter(({ wave }) => wave !== waveApart);
  const waves = [...Map.groupBy(inTotal, ({ wave }) => wave)]
    .sort(([one], [other]) => (one ?? Number.POSITIVE_INFINITY) - (other ?? Number.POSITIVE_INFINITY))
    .map(([wave, of]) => [wave, share(of)] as const);
  return {
    total: share(inTotal),
    apart: share(all.filter(({ wave }) => wave === waveApart)),
    waves: new Map(waves),
  };
}
