import { done, type Result, refused } from '#domain/result.ts';
import { toLocal } from '#domain/time/zone.ts';
import { standInsNow } from '#storage/absences.ts';
import { noteAccess } from '#storage/access-records.ts';
import type { Trx } from '#storage/database.ts';
import { findMember } from '#storage/members.ts';
import { assignmentsOf, isCurrent, type PracticeAssignment } from '#storage/practice-assignments.ts';
import { type PracticeReview, reviewsOfReps } from '#storage/practice-reviews.ts';
import { type PracticeTime, practiceTimesOf } from '#storage/practice-times.ts';
import type { ServiceContext } from '../context.ts';
import { denied } from './denials.ts';
import { accessTo, may } from './may.ts';
import { isOpenTime } from './rep-at-practice.ts';

/** One item as it stands for a rep. */
export interface PracticeStanding {
  assignment: PracticeAssignment;
  state: 'current' | 'mastered' | 'retired' | 'withdrawn';
  /** The time that is asked now, or the next one; its local date. */
  next: { occurrenceId: string; on: string; asked: boolean } | undefined;
  /** The last that ended without a look back and can still have one. */
  missed: { occurrenceId: string; inARow: number } | undefined;
  last: PracticeReview | undefined;
}

export interface PracticeOverview {
  repId: string;
  repName: string;
  standings: PracticeStanding[];
  unverified: PracticeReview[];
}

/** Of several reps at once, by rep; what is current comes first, in the order of its dates. */
export async function practiceOverviews(
  trx: Trx,
  workspaceId: string,
  reps: readonly { id: string; name: string; timeZone: string }[],
  now: number,
): Promise<PracticeOverview[]> {
  const ids = reps.map((one) => one.id);
  const assignments = Map.groupBy(await assignmentsOf(trx, workspaceId, ids), (one) => one.repId);
  const reviews = Map.groupBy(await reviewsOfReps(trx, workspaceId, ids), (one) => one.repId);
  const times = Map.groupBy(await practiceTimesOf(trx, workspaceId, ids), (one) => one.repId);
  return reps.map(({ id, name, timeZone }) => {
    const own = reviews.get(id) ?? [];
    const standings = (assignments.get(id) ?? []).map((assignment) =>
      standingOf(
        assignment,
        own.filter((one) => one.assignmentId === assignment.id),
        (times.get(id) ?? []).filter((one) => one.assignmentId === assignment.id),
        { timeZone, now },
      ),
    );
    return {
      repId: id,
      repName: name,
      standings: standings.toSorted(byDate),
      unverified: own.filter((one) => one.verified === null),
    };
  });
}

const byDate = (one: PracticeStanding, other: PracticeStanding): number => {
  const of = ({ state, next }: PracticeStanding): string => (state === 'current' ? (next?.on ?? '8') : '9');
  return of(one) < of(other) ? -1 : of(one) > of(other) ? 1 : 0;
};

function standingOf(
  assignment: PracticeAssignment,
  reviews: readonly PracticeReview[],
  times: readonly PracticeTime[],
  { timeZone, now }: { timeZone: string; now: number },
): PracticeStanding {
  const open = times.find(isOpenTime);
  const last = reviews.at(-1);
  const reviewed = new Set(reviews.map((one) => one.occurrenceId));
  const missed = times.filter(
    (one) =>
      one.state === 'expired' &&
      !reviewed.has(one.occurrenceId) &&
      (one.settledAt ?? one.closesAt).getTime() > (last?.reflectedAt.getTime() ?? 0),
  );
  const latest = missed.at(-1);
  const state = assignment.ended?.as ?? (isCurrent(assignment) ? 'current' : 'mastered');
  return {
    assignment,
    state,
    next:
      open === undefined
        ? undefined
        : {
            occurrenceId: open.occurrenceId,
            on: toLocal((open.snoozedUntil ?? open.dueAt).getTime(), timeZone).date,
            asked: open.dueAt.getTime() <= now,
          },
    missed: latest && { occurrenceId: latest.occurrenceId, inARow: missed.length },
    last,
  };
}

export interface PracticeView extends PracticeOverview {
  today: string;
  /** The viewer is the rep, decides on what is practised, or only looks. */
  as: 'rep' | 'manager' | 'reader';
}

export type PracticeViewProblem =
  | { kind: 'you_are_unknown' }
  | { kind: 'rep_unknown'; repId: string }
  | { kind: 'not_yours_to_see'; repName: string };

/** What a rep practises, for whoever may see it. */
export async function viewPractice(
  context: ServiceContext,
  workspaceId: string,
  viewerId: string,
  repId: string,
): Promise<Result<PracticeView, PracticeViewProblem>> {
  const now = context.clock.now();
  return context.database.inWorkspace(workspaceId, async (trx) => {
    if ((await findMember(trx, workspaceId, viewerId)) === undefined) {
      return refused({ kind: 'you_are_unknown' });
    }
    const rep = await findMember(trx, workspaceId, repId);
    if (rep === undefined) return refused({ kind: 'rep_unknown', repId });
    const standIns = await standInsNow(trx, workspaceId, new Date(now));
    const asking = { workspaceId, viewerId, subjectId: repId, standIns };
    if ((await accessTo(trx, asking, 'rep_record')) === 'none') {
      return denied({ kind: 'not_yours_to_see', repName: rep.name }, repId);
    }
    const opened = { viewerId, personIds: [repId], resource: 'practice', how: 'list', now } as const;
    await noteAccess(trx, workspaceId, opened);
    const [overview] = await practiceOverviews(trx, workspaceId, [rep], now);
    if (overview === undefined) return refused({ kind: 'rep_unknown', repId });
    const decides = await may(trx, asking, 'assign_practice');
    const as = viewerId === repId ? 'rep' : decides ? 'manager' : 'reader';
    return done({ ...overview, today: toLocal(now, rep.timeZone).date, as });
  });
}
