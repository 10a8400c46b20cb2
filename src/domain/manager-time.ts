/** How a manager's week went over the four drivers, and how that compares with a reference. */

import { fewestForARate } from './adherence.ts';
import { done, type Result, refused } from './result.ts';
import type { Settings } from './settings.ts';
import { addDays } from './time/civil.ts';

export const drivers = ['innovating', 'coaching', 'selling', 'allocation'] as const;
export type Driver = (typeof drivers)[number];

/** Everything else is asked, so that a week can be told as it was, and stays outside the mix. */
export const timeFields = [...drivers, 'everything_else'] as const;
export type TimeField = (typeof timeFields)[number];

export const timeUnits = ['hours', 'percent'] as const;
export type TimeUnit = (typeof timeUnits)[number];

/** In either unit; a mix comes out the same. */
export type TimeSpent = Record<TimeField, number>;

/** A driver's share of the four, as a fraction. */
export type Mix = Record<Driver, number>;

/**
 * The reference of a workspace, which its settings keep in percent. The default is derived from research into
 * what makes managers effective; nobody published it as a time target.
 */
export function referenceOf({ referenceMix: percent }: Pick<Settings, 'referenceMix'>): Mix {
  return mixBy((driver) => percent[driver] / 100);
}

export type TypedProblem =
  | 'empty'
  | 'not_a_number'
  | 'negative'
  | 'too_much'
  /** More than two decimals; "1,000" could be one or a thousand. */
  | 'too_fine'
  /** "30 %" where hours are asked, or "3 h" where percent are. */
  | 'other_unit';

export type TimeProblem =
  | { kind: 'fields'; fields: Partial<Record<TimeField, TypedProblem>> }
  /** Percent that are not 100 together, or more hours than a week has. */
  | { kind: 'sum'; unit: TimeUnit; sum: number };

const mostInAField = 100;
const hoursOfAWeek = 168;

/** Thirds and sevenths typed with two decimals miss 100 by up to this much, in hundredths. */
const missedByDecimals = 5;

export function readTyped(text: string, unit: TimeUnit): Result<number, TypedProblem> {
  const typed = text.trim().toLowerCase();
  if (typed === '') return refused('empty');
  const parts = /^([-−–]?)\s*(\d+(?:[.,]\d*)?|[.,]\d+)\s*(%|h|hrs?|hours?)?$/u.exec(typed);
  const [, sign, digits = '', suffix] = parts ?? [];
  if (parts === null) return refused('not_a_number');
  if (suffix !== undefined && (suffix === '%') !== (unit === 'percent')) return refused('other_unit');
  if (sign !== '') return refused('negative');
  const point = digits.replace(',', '.');
  const value = Number(point);
  if (value > mostInAField) return refused('too_much');
  return /\.\d{3}/.test(point) ? refused('too_fine') : done(value);
}

/** A sum that is off is said with the sum and never mended: only the manager knows which number is wrong. */
export function readTimeReport(
  unit: TimeUnit,
  typed: Record<TimeField, string>,
): Result<TimeSpent, TimeProblem> {
  const fields: Partial<Record<TimeField, TypedProblem>> = {};
  const spent: TimeSpent = {
    innovating: 0,
    coaching: 0,
    selling: 0,
    allocation: 0,
    everything_else: 0,
  };
  for (const field of timeFields) {
    const read = readTyped(typed[field], unit);
    if (read.ok) spent[field] = read.value;
    else fields[field] = read.problem;
  }
  if (Object.keys(fields).length > 0) return refused({ kind: 'fields', fields });

  // In whole hundredths, for a sum of fractions is off by itself.
  const hundredths = timeFields.reduce((sum, field) => sum + Math.round(spent[field] * 100), 0);
  const fits =
    unit === 'percent' ? Math.abs(hundredths - 100_00) <= missedByDecimals : hundredths <= hoursOfAWeek * 100;
  return fits ? done(spent) : refused({ kind: 'sum', unit, sum: hundredths / 100 });
}

function mixBy(share: (driver: Driver) => number): Mix {
  return {
    innovating: share('innovating'),
    coaching: share('coaching'),
    selling: share('selling'),
    allocation: share('allocation'),
  };
}

/** Undefined for a week that went into everything else. */
export function mixOf(spent: TimeSpent): Mix | undefined {
  const whole = drivers.reduce((sum, driver) => sum + spent[driver], 0);
  return whole > 0 ? mixBy((driver) => spent[driver] / whole) : undefined;
}

/** One row a week, as last corrected. */
export interface TimeReport extends TimeSpent {
  /** The Monday of the week it tells of, '2026-03-02'. */
  week: string;
}

export interface AverageMix {
  /** How many mixes it is the average of. */
  n: number;
  mix: Mix | undefined;
}

/** A long week and a short one weigh the same, as they must where some are reported in percent. */
export function averageMix(mixes: Iterable<Mix | undefined>): AverageMix {
  const there = [...mixes].filter((mix) => mix !== undefined);
  const n = there.length;
  const mean = (driver: Driver) => there.reduce((sum, mix) => sum + mix[driver], 0) / n;
  return { n, mix: n === 0 ? undefined : mixBy(mean) };
}

/** Over several managers: with too few of them the average would tell of one. */
export function averageOfManagers(mixes: Iterable<Mix | undefined>): AverageMix {
  const average = averageMix(mixes);
  return average.n < fewestForARate ? { n: average.n, mix: undefined } : average;
}

const weeksOfAnAverage = 4;

/** One week is no pattern, and an average of one would tell of a single report. */
export const fewestWeeksForAnAverage = 2;

/** Of the week that begins on `week` and the three before it, as far as there are reports. */
export function fourWeekAverage(reports: Iterable<TimeReport>, week: string): AverageMix {
  const first = addDays(week, -7 * (weeksOfAnAverage - 1));
  const within = inOrder(reports).filter((report) => report.week >= first && report.week <= week);
  return averageMix(within.map(mixOf));
}

export interface WeekMix {
  week: string;
  mix: Mix | undefined;
}

/** The last `count` reports there are, the latest last. */
export function trendOf(reports: Iterable<TimeReport>, count: number): WeekMix[] {
  const ordered = inOrder(reports);
  return ordered
    .slice(Math.max(0, ordered.length - count))
    .map((report) => ({ week: report.week, mix: mixOf(report) }));
}

const inOrder = (reports: Iterable<TimeReport>): TimeReport[] =>
  [...reports].sort((one, other) => (one.week < other.week ? -1 : 1));

/** Reported less reference: positive is more than the reference. */
export function gapOf(mix: Mix, reference: Readonly<Mix>): Mix {
  // Without the dust of binary fractions, in which 0.28 − 0.18 is more than ten points.
  return mixBy((driver) => Math.round((mix[driver] - reference[driver]) * 1e9) / 1e9);
}

export interface TimeFlag {
  driver: Driver;
  direction: 'under' | 'over';
  gap: number;
}

const flaggedBeyond: Record<Driver, number> = {
  innovating: -0.1,
  coaching: -0.1,
  selling: 0.15,
  allocation: 0.15,
};

/** For a four-week average. */
export function flagsOf(average: Mix, reference: Readonly<Mix>): TimeFlag[] {
  const gaps = gapOf(average, reference);
  return drivers.flatMap((driver): TimeFlag[] => {
    const gap = gaps[driver];
    const edge = flaggedBeyond[driver];
    if (edge < 0) return gap < edge ? [{ driver, direction: 'under', gap }] : [];
    return gap > edge ? [{ driver, direction: 'over', gap }] : [];
  });
}
