import type { PracticeCalendar } from '#domain/practice/calendar.ts';
import { progressOf } from '#domain/practice/plan.ts';
import type { PracticeProgress, Review } from '#domain/practice/schedule.ts';
import { weekOf } from '#domain/sending.ts';
import type { Settings } from '#domain/settings.ts';
import { addDays } from '#domain/time/civil.ts';
import { toLocal } from '#domain/time/zone.ts';
import { isWorkingDay, type WorkingTime } from '#domain/working-time.ts';
import type { Trx } from '#storage/database.ts';
import { findMember, type Member } from '#storage/members.ts';
import { assignmentsOf, type PracticeAssignment } from '#storage/practice-assignments.ts';
import { type PracticeReview, reviewsOfReps } from '#storage/practice-reviews.ts';
import { type PracticeTime, practiceTimesOf } from '#storage/practice-times.ts';
import { type ReceiverRow, receiversOf } from '#storage/receivers.ts';
import { currentSettings } from '#storage/settings.ts';

/** A rep with all that decides when something is practised. */
export interface RepAtPractice {
  workspaceId: string;
  member: Member;
  time: WorkingTime;
  absences: ReceiverRow['absences'];
  settings: Settings;
  assignments: PracticeAssignment[];
  /** By assignment, the oldest first. */
  reviews: Map<string, PracticeReview[]>;
  times: PracticeTime[];
}

export async function loadRepAtPractice(
  trx: Trx,
  workspaceId: string,
  repId: string,
  now: number,
): Promise<RepAtPractice | undefined> {
  const member = await findMember(trx, workspaceId, repId);
  const since = addDays(toLocal(now, 'UTC').date, -8);
  const receiver = (await receiversOf(trx, workspaceId, [repId], since)).get(repId);
  if (member === undefined || receiver === undefined) return undefined;
  return {
    workspaceId,
    member,
    time: receiver.time,
    absences: receiver.absences,
    settings: await currentSettings(trx, workspaceId),
    assignments: await assignmentsOf(trx, workspaceId, [repId]),
    reviews: Map.groupBy(await reviewsOfReps(trx, workspaceId, [repId]), (one) => one.assignmentId),
    times: await practiceTimesOf(trx, workspaceId, [repId]),
  };
}

export const isOpenTime = ({ state }: PracticeTime): boolean => state === 'planned' || state === 'due';

/** Asked already, or put off by the rep: it is theirs now and does not move by itself. */
export const isFixed = (time: PracticeTime, now: number): boolean =>
  isOpenTime(time) && (time.dueAt.getTime() <= now || time.askedAt !== null || time.snoozedUntil !== null);

/** Where a rep stands with an item, made anew from what was said each time. */
export function progressIn(
  { firstDueOn, broughtBackAt }: PracticeAssignment,
  reviews: readonly PracticeReview[],
  { practiceLongestIntervalDays }: Pick<Settings, 'practiceLongestIntervalDays'>,
): PracticeProgress {
  const asReview = ({ reflectedOn: on, reflection, verified }: PracticeReview): Review => ({
    on,
    reflection,
    verification: verified?.verification ?? null,
  });
  const isBefore = ({ reflectedAt }: PracticeReview): boolean =>
    broughtBackAt !== null && reflectedAt <= broughtBackAt;
  return progressOf(
    firstDueOn,
    {
      before: reviews.filter(isBefore).map(asReview),
      since: reviews.filter((one) => !isBefore(one)).map(asReview),
    },
    practiceLongestIntervalDays,
  );
}

/** The days of these times from this week on; where one was put off, the day after that. */
function daysOf(times: readonly PracticeTime[], zone: string, now: number): string[] {
  const monday = weekOf(toLocal(now, zone).date);
  return times
    .map(({ dueAt, settledAt, state, snoozedUntil }) => {
      const due = snoozedUntil !== null && snoozedUntil > dueAt ? snoozedUntil : dueAt;
      // Done before its day came, it was that day's.
      const at = state === 'done' && settledAt !== null && settledAt < due ? settledAt : due;
      return toLocal(at.getTime(), zone).date;
    })
    .filter((date) => date >= monday);
}

/** The calendar in which something new has to find its day, beside `beside` and what was asked this week already. */
export function calendarFor(
  { member, time, absences, settings, times }: RepAtPractice,
  now: number,
  beside: (time: PracticeTime) => boolean,
): PracticeCalendar {
  const counted = times.filter((one) => (isOpenTime(one) ? beside(one) : one.state !== 'excused'));
  return {
    repId: member.id,
    absences,
    isWorkingDay: (date) => isWorkingDay(time, date),
    planned: daysOf(counted, time.zone, now),
    perWeek: settings.practicePerWeek,
  };
}
