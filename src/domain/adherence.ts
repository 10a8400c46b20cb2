import type { DutyKind, OccurrenceState } from './occurrence.ts';

export interface Endings {
  done: number;
  expired: number;
  excused: number;
  /** Of the expired: those whose work was logged all the same. They stay expired. */
  late: number;
}

/** One row for each occurrence of the period, of people who have since left, too. */
export interface OccurrenceEnding<Kind extends string = DutyKind> {
  kind: Kind;
  state: OccurrenceState;
  late: boolean;
}

export interface CountedEndings<Kind extends string = DutyKind> {
  total: Endings;
  /** Without the kinds of which nothing has ended. */
  byKind: ReadonlyMap<Kind, Endings>;
}

/** Below this many no rate is shown, only counts. */
export const fewestForARate = 5;

/** A part of a whole, with its rate where the whole is large enough for one. A fraction: 1 is all of them. */
export interface Share {
  part: number;
  whole: number;
  rate: number | undefined;
}

export function shareOf(part: number, whole: number): Share {
  return { part, whole, rate: whole < fewestForARate ? undefined : part / whole };
}

/**
 * Done of those that counted. Excused occurrences count in neither direction; one logged late stays expired.
 * Undefined where there are too few for a rate to mean anything.
 */
export function adherence({ done, expired }: Endings): number | undefined {
  return shareOf(done, done + expired).rate;
}

export function countEndings<Kind extends string = DutyKind>(
  occurrences: Iterable<OccurrenceEnding<Kind>>,
): CountedEndings<Kind> {
  const total = none();
  const byKind = new Map<Kind, Endings>();
  for (const occurrence of occurrences) {
    // An occurrence still open has not ended, so that a period may be counted before it is over.
    if (occurrence.state === 'planned' || occurrence.state === 'due') continue;
    const ofKind = byKind.get(occurrence.kind) ?? none();
    byKind.set(occurrence.kind, ofKind);
    for (const endings of [total, ofKind]) {
      endings[occurrence.state] += 1;
      if (occurrence.state === 'expired' && occurrence.late) endings.late += 1;
    }
  }
  return { total, byKind };
}

const none = (): Endings => ({ done: 0, expired: 0, excused: 0, late: 0 });
