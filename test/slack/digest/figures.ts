import type { Share } from '#domain/adherence.ts';
import { shareOf } from '#domain/adherence.ts';
import { weekFrom } from '#domain/digest.ts';
import { gapOf, type Mix } from '#domain/manager-time.ts';
import { dutyKinds } from '#domain/occurrence.ts';
import type { Retention } from '#domain/retention.ts';
import type { DigestFigures } from '#services/measure-digest.ts';

const reference: Mix = { innovating: 0.29, coaching: 0.28, selling: 0.27, allocation: 0.16 };

export const share = (part: number, whole: number): Share => shareOf(part, whole);

export const retentionOf = (n: number, seen: number, unasked: number, rest = [0, 0, 0]): Retention => ({
  n,
  seen: share(seen, n),
  unprompted: share(unasked, n),
  noChance: rest[0] ?? 0,
  notWatched: rest[1] ?? 0,
  unanswered: rest[2] ?? 0,
});

export const atDay = (day: number, overall: Retention) => ({ day, overall, pillars: new Map() });

export const mixOf = (n: number, mix: Mix | undefined): DigestFigures['mix'] => ({
  average: { n, mix },
  reference,
  gap: mix && gapOf(mix, reference),
});

/** Certified of enrolled and of all reps, all of them in the first wave; two more are in the fourth. */
export function certifiedOf(
  part: number,
  enrolled: number,
  eligible: number,
): DigestFigures['certification'] {
  const coverage = (whole: number, apart: number) => ({
    total: share(part, whole),
    apart: share(0, apart),
    waves: new Map(whole === 0 ? [] : [[1, share(part, whole)] as const]),
  });
  return {
    coverage: { ofEnrolled: coverage(enrolled, 0), ofEligible: coverage(eligible, eligible && 2) },
    target: 0.8,
  };
}

/** A workspace in which nothing has happened. */
export const nothing: DigestFigures = {
  week: weekFrom('2026-03-02'),
  duties: [],
  calls: {
    month: '2026-03',
    over: false,
    coverage: { total: share(0, 0), apart: share(0, 0), waves: new Map() },
  },
  certification: certifiedOf(0, 0, 0),
  retention: [2, 7, 14, 30, 60, 90].map((day) => atDay(day, retentionOf(0, 0, 0))),
  mix: mixOf(0, undefined),
};

/** A team of so many reps, in which everything has happened. */
export function teamOf(reps: number): DigestFigures {
  const managers = Math.ceil(reps / 8);
  const part = (of: number) => Math.round(of * 0.6);
  return {
    ...nothing,
    duties: dutyKinds.map((duty) => ({
      duty,
      week: { done: part(reps), expired: reps - part(reps), excused: 1, late: 1 },
      open: 0,
      before: { done: 4 * reps, expired: 0, excused: 2, late: 0 },
    })),
    calls: {
      month: '2026-03',
      over: false,
      coverage: {
        total: share(part(reps), reps),
        apart: share(0, 2),
        waves: new Map([[1, share(part(reps), reps)]]),
      },
    },
    certification: certifiedOf(Math.floor(reps / 4), Math.ceil(reps / 2), reps),
    retention: [2, 7, 14, 30, 60, 90].map((day) =>
      atDay(day, retentionOf(reps, part(reps), Math.floor(part(reps) / 2), [1, 2, 3])),
    ),
    mix: mixOf(
      managers,
      managers < 5 ? undefined : { innovating: 0.35, coaching: 0.15, selling: 0.3, allocation: 0.2 },
    ),
  };
}
