import {
  type AverageMix,
  fewestWeeksForAnAverage,
  flagsOf,
  fourWeekAverage,
  type Mix,
  type TimeFlag,
  type TimeReport,
  trendOf,
} from './manager-time.ts';

/** An average over the four weeks up to and with the one named. */
export interface WeekAverage extends AverageMix {
  week: string;
}

/** What a manager's reports show, beside a single week: how it moves, and what is worth a question. */
export interface TimeOverview {
  /** Of each of the last reports, the oldest first. */
  trend: WeekAverage[];
  /** The last of them; undefined where too few weeks are told for an average. */
  latest: WeekAverage | undefined;
  flags: TimeFlag[];
}

const reportsInTrend = 8;

/** The first average of a trend looks back three weeks more. */
export const weeksForATrend = reportsInTrend + 3;

export function overviewOf(reports: readonly TimeReport[], reference: Readonly<Mix>): TimeOverview {
  const trend = trendOf(reports, reportsInTrend).map(({ week }) => ({
    week,
    ...fourWeekAverage(reports, week),
  }));
  const last = trend.at(-1);
  const latest = last !== undefined && last.n >= fewestWeeksForAnAverage ? last : undefined;
  return { trend, latest, flags: latest?.mix === undefined ? [] : flagsOf(latest.mix, reference) };
}

/** What others see of one manager: an average over several weeks, never a single report. */
export function averageForOthers(reports: readonly TimeReport[], week: string): AverageMix {
  const { n, mix } = fourWeekAverage(reports, week);
  return { n, mix: n < fewestWeeksForAnAverage ? undefined : mix };
}
