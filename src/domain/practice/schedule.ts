/**
 * When a practice item comes back to a rep, by spaced repetition (FSRS) in whole days and without chance: the
 * same history gives the same date everywhere.
 */

import { type FSRS, fsrs, Rating } from 'ts-fsrs';
import { addDays, daysBetween } from '../time/civil.ts';
import { type Grade, gradeOf, isCorrect, type Reflection, type Verification } from './rating.ts';

export interface Review {
  /** The rep's local date. */
  on: string;
  reflection: Reflection;
  verification: Verification | null;
}

/** Plain JSON. Everything in it follows from the day of the assignment and the reviews. */
export interface PracticeProgress {
  /** Before absences and the number a week; `nextDate` heeds those. */
  dueOn: string;
  /** Days from the last review to `dueOn`; 0 before the first. */
  interval: number;
  lastReviewOn: string | null;
  /** What FSRS knows; null before the first review. */
  memory: { stability: number; difficulty: number } | null;
  correctAtLongest: number;
  retired: boolean;
}

export const defaultLongestInterval = 60;
const correctToRetire = 2;

const ratings = {
  again: Rating.Again,
  hard: Rating.Hard,
  good: Rating.Good,
  easy: Rating.Easy,
} as const satisfies Record<Grade, Rating>;

export function assigned(on: string): PracticeProgress {
  return { dueOn: on, interval: 0, lastReviewOn: null, memory: null, correctAtLongest: 0, retired: false };
}

/**
 * Where a rep stands after a review. A verification that comes later changes a review that is already in it:
 * `replayed` then makes it anew.
 */
export function reviewed(
  progress: PracticeProgress,
  review: Review,
  longestInterval: number = defaultLongestInterval,
): PracticeProgress {
  const grade = gradeOf(review.reflection, review.verification);
  // A rep who flies west can be a day before their last review.
  const elapsed =
    progress.lastReviewOn === null ? 0 : Math.max(0, daysBetween(progress.lastReviewOn, review.on));
  const scheduler = schedulerFor(longestInterval);
  const memory = scheduler.next_state(progress.memory, elapsed, ratings[grade]);
  // Not through the library's own scheduler: there good and easy come out a day or two past the longest.
  const interval = scheduler.next_interval(memory.stability, elapsed);
  const correctAtLongest = correctInARow(progress, grade, elapsed, longestInterval);
  return {
    dueOn: addDays(review.on, interval),
    interval,
    lastReviewOn: review.on,
    memory,
    correctAtLongest,
    retired: correctAtLongest >= correctToRetire,
  };
}

/** From raw rows, oldest first. */
export function replayed(
  assignedOn: string,
  reviews: readonly Review[],
  longestInterval: number = defaultLongestInterval,
): PracticeProgress {
  return reviews.reduce(
    (progress, review) => reviewed(progress, review, longestInterval),
    assigned(assignedOn),
  );
}

/** What is practised before its time proves nothing about the longest interval, and takes nothing away. */
function correctInARow(
  progress: PracticeProgress,
  grade: Grade,
  elapsed: number,
  longestInterval: number,
): number {
  if (!isCorrect(grade)) return 0;
  const waited = progress.interval >= longestInterval && elapsed >= longestInterval;
  return waited ? progress.correctAtLongest + 1 : progress.correctAtLongest;
}

const schedulers = new Map<number, FSRS>();

function schedulerFor(longestInterval: number): FSRS {
  const known = schedulers.get(longestInterval);
  if (known !== undefined) return known;
  const made = fsrs({ maximum_interval: longestInterval, enable_fuzz: false, enable_short_term: false });
  schedulers.set(longestInterval, made);
  return made;
}
