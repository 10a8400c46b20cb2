/** What a week's figures ask: the three things worth acting on, without a name. */

import { adherence, type Endings, type Share } from './adherence.ts';
import type { CertificationCoverage } from './coverage.ts';
import { type Driver, flagsOf, type Mix } from './manager-time.ts';
import type { DutyKind } from './occurrence.ts';
import type { Retention } from './retention.ts';

export interface QuestionableFigures {
  duties: readonly { duty: DutyKind; week: Endings; open: number; before: Endings }[];
  calls: { over: boolean; coverage: { total: Share } };
  certification: { coverage: CertificationCoverage; target: number };
  retention: readonly { day: number; overall: Retention }[];
  mix: { average: { mix: Mix | undefined }; reference: Mix };
}

export type DigestQuestion =
  | { about: 'drop'; duty: DutyKind; from: number; to: number }
  | { about: 'lowest'; duty: DutyKind; rate: number; over: 'week' | 'four_weeks' }
  | { about: 'not_observed'; count: number; of: number }
  | { about: 'unanswered'; day: number; count: number }
  | { about: 'not_watched'; day: number; count: number }
  | { about: 'certification'; rate: number; target: number }
  | { about: 'mix'; driver: Driver; gap: number };

const most = 3;
/** Fewer points are the noise of a week. */
const worthADrop = 0.1;
const worthRaising = 0.8;

/** The first three that there are: what fell most, what is lowest, what nobody looked at, and then the slow ones. */
export function digestQuestions(figures: QuestionableFigures): DigestQuestion[] {
  const drop = largestDrop(figures);
  const questions = [
    drop,
    lowest(figures, drop),
    notObserved(figures),
    unanswered(figures),
    notWatched(figures),
    certification(figures),
    mix(figures),
  ];
  return questions.filter((one) => one !== undefined).slice(0, most);
}

/** While some of the week is open its rate is too good, and neither a rise nor a fall means anything. */
const rateOf = ({ week, open }: { week: Endings; open: number }): number | undefined =>
  open > 0 ? undefined : adherence(week);

type Drop = Extract<DigestQuestion, { about: 'drop' }>;

function largestDrop({ duties }: QuestionableFigures): Drop | undefined {
  const drops = duties.flatMap((one): Drop[] => {
    const to = rateOf(one);
    const from = adherence(one.before);
    if (to === undefined || from === undefined || points(from - to) < points(worthADrop)) return [];
    return [{ about: 'drop', duty: one.duty, from, to }];
  });
  return drops.sort((one, other) => other.from - other.to - (one.from - one.to))[0];
}

/** In whole points, without the dust of binary fractions. */
const points = (rate: number): number => Math.round(rate * 100);

function lowest({ duties }: QuestionableFigures, drop: Drop | undefined): DigestQuestion | undefined {
  const rates = duties.flatMap((one) => {
    const ofWeek = rateOf(one);
    const rate = ofWeek ?? adherence(one.before);
    if (rate === undefined || rate >= worthRaising || one.duty === drop?.duty) return [];
    const over = ofWeek === undefined ? ('four_weeks' as const) : ('week' as const);
    return [{ about: 'lowest' as const, duty: one.duty, rate, over }];
  });
  return rates.sort((one, other) => one.rate - other.rate)[0];
}

/** Once the month is over nobody can mend it. */
function notObserved({ calls }: QuestionableFigures): DigestQuestion | undefined {
  const { part, whole } = calls.coverage.total;
  if (calls.over || part >= whole) return undefined;
  return { about: 'not_observed', count: whole - part, of: whole };
}

function unanswered({ retention }: QuestionableFigures): DigestQuestion | undefined {
  const worst = [...retention].sort((one, other) => other.overall.unanswered - one.overall.unanswered)[0];
  if (worst === undefined || worst.overall.unanswered === 0) return undefined;
  return { about: 'unanswered', day: worst.day, count: worst.overall.unanswered };
}

function notWatched({ retention }: QuestionableFigures): DigestQuestion | undefined {
  const worst = [...retention].sort((one, other) => other.overall.notWatched - one.overall.notWatched)[0];
  if (worst === undefined || worst.overall.notWatched === 0) return undefined;
  return { about: 'not_watched', day: worst.day, count: worst.overall.notWatched };
}

/** Before anybody is enrolled there is nothing to ask about. */
function certification({
  certification: { coverage, target },
}: QuestionableFigures): DigestQuestion | undefined {
  const { rate } = coverage.ofEligible.total;
  if (coverage.ofEnrolled.total.whole === 0 || rate === undefined || rate >= target) return undefined;
  return { about: 'certification', rate, target };
}

function mix({ mix: { average, reference } }: QuestionableFigures): DigestQuestion | undefined {
  if (average.mix === undefined) return undefined;
  const [largest] = flagsOf(average.mix, reference).sort((a, b) => Math.abs(b.gap) - Math.abs(a.gap));
  return largest && { about: 'mix', driver: largest.driver, gap: largest.gap };
}
