import { mayBeMessaged } from '#domain/people.ts';
import { placedDates, type Unanswered, wantedFrom } from '#domain/practice/plan.ts';
import { addDays } from '#domain/time/civil.ts';
import { toLocal } from '#domain/time/zone.ts';
import { cardMoment } from '#domain/working-time.ts';
import type { Trx } from '#storage/database.ts';
import type { Member } from '#storage/members.ts';
import {
  isCurrent,
  lockPractice,
  type PracticeAssignment,
  setFollowUps,
  setMastered,
} from '#storage/practice-assignments.ts';
import { type PracticeTime, practiceTimesOf } from '#storage/practice-times.ts';
import { excuseOccurrence, moveOccurrence, tellOccurrence } from '#storage/told-occurrences.ts';
import {
  calendarFor,
  isFixed,
  isOpenTime,
  loadRepAtPractice,
  progressIn,
  type RepAtPractice,
} from './rep-at-practice.ts';

/** Whose wave, role or account leaves no room for practice: nothing is asked until that changes. */
export const takesPractice = ({ wave, roles, status }: Pick<Member, 'wave' | 'roles' | 'status'>): boolean =>
  wave !== 4 && roles.includes('rep') && mayBeMessaged(status);

/** How long after which somebody who takes no practice is looked at again. */
const lookAgainAfter = 7 * 24 * 60 * 60_000;

/** Why the product itself calls a time off. */
const calledOff = { ended: 'practice_ended', notForThem: 'no_practice' } as const;

/**
 * Brings what a rep is asked to practise into line with what is assigned, what was said of it, absences and the
 * number a week. What was asked already, or put off by the rep, stays where it is; the rest moves. Called in the
 * transaction that changes any of that.
 */
export async function alignPractice(
  trx: Trx,
  workspaceId: string,
  repId: string,
  now: number,
): Promise<void> {
  await lockPractice(trx, workspaceId, repId);
  const rep = await loadRepAtPractice(trx, workspaceId, repId, now);
  if (rep === undefined || rep.assignments.length === 0) return;
  await retireMastered(trx, rep, now);
  await excuseEnded(trx, rep, now);
  if (takesPractice(rep.member)) await placeOpen(trx, rep, now);
  await setFollowUps(trx, workspaceId, await followUpsOf(trx, rep, now));
}

/** A word of the manager that comes later can retire an item, or bring it back. */
async function retireMastered(trx: Trx, rep: RepAtPractice, now: number): Promise<void> {
  for (const assignment of rep.assignments) {
    if (assignment.ended !== null) continue;
    const { retired } = progressIn(assignment, rep.reviews.get(assignment.id) ?? [], rep.settings);
    if (retired === (assignment.masteredAt !== null)) continue;
    assignment.masteredAt = retired ? new Date(now) : null;
    await setMastered(trx, rep.workspaceId, assignment.id, assignment.masteredAt);
  }
}

async function excuseEnded(trx: Trx, rep: RepAtPractice, now: number): Promise<void> {
  const asks = takesPractice(rep.member);
  const current = new Set(rep.assignments.filter(isCurrent).map((one) => one.id));
  for (const time of rep.times) {
    if (!isOpenTime(time) || (asks && current.has(time.assignmentId))) continue;
    const reason = asks ? calledOff.ended : calledOff.notForThem;
    await excuseOccurrence(trx, rep.workspaceId, time.occurrenceId, reason, new Date(now));
    time.state = 'excused';
    time.reason = reason;
    time.settledAt = new Date(now);
  }
}

async function placeOpen(trx: Trx, rep: RepAtPractice, now: number): Promise<void> {
  const stays = (time: PracticeTime): boolean => isFixed(time, now);
  const fixed = new Set(rep.times.filter(stays).map((one) => one.assignmentId));
  const movable = rep.assignments.filter((one) => isCurrent(one) && !fixed.has(one.id));
  const wanted = movable.map((one) => ({ id: one.id, from: wantedOn(one, rep, now) }));
  const { planned, ...calendar } = calendarFor(rep, now, stays);
  for (const [id, date] of placedDates(wanted, planned, calendar)) await askOn(trx, rep, id, date);
}

/** Moves the open time of an item to its day, or makes the next one. */
async function askOn(
  trx: Trx,
  { workspaceId, member: { id: repId }, time, settings, times }: RepAtPractice,
  assignmentId: string,
  date: string,
): Promise<void> {
  const closesOn = addDays(date, settings.practiceClosesAfterDays);
  const at = {
    dueAt: new Date(cardMoment(time, date, settings.cardTime)),
    closesAt: new Date(cardMoment(time, closesOn, settings.cardTime)),
  };
  const own = times.filter((one) => one.assignmentId === assignmentId);
  const open = own.find(isOpenTime);
  if (open !== undefined) {
    const differs = open.dueAt.getTime() !== at.dueAt.getTime();
    if (differs) await moveOccurrence(trx, workspaceId, open.occurrenceId, at);
    return;
  }
  await tellOccurrence(trx, workspaceId, {
    kind: 'practice',
    askedId: repId,
    aboutId: repId,
    subjectId: assignmentId,
    period: `N${own.length + 1}`,
    ...at,
  });
}

function wantedOn(assignment: PracticeAssignment, rep: RepAtPractice, now: number): string {
  const reviews = rep.reviews.get(assignment.id) ?? [];
  const { date: today } = toLocal(now, rep.time.zone);
  // Today's card may be out already: only what a manager asks for today is for today.
  const earliest = assignment.firstDueOn === today && reviews.length === 0 ? today : addDays(today, 1);
  return wantedFrom(
    progressIn(assignment, reviews, rep.settings),
    unansweredOf(assignment.id, rep),
    earliest,
    rep.settings.practiceLongestIntervalDays,
  );
}

/** What the product called off says nothing of when it is wanted, so it is left out. */
function unansweredOf(assignmentId: string, { reviews, times, time: { zone } }: RepAtPractice): Unanswered[] {
  const own = reviews.get(assignmentId) ?? [];
  const reviewed = new Set(own.map((one) => one.occurrenceId));
  const since = own.at(-1)?.reflectedAt ?? new Date(0);
  const reasons: (string | null)[] = Object.values(calledOff);
  return times
    .filter((one) => one.assignmentId === assignmentId && !isOpenTime(one) && !reasons.includes(one.reason))
    .map(({ occurrenceId, state, settledAt, closesAt }) => ({
      occurrenceId,
      at: settledAt ?? closesAt,
      missed: state === 'expired',
    }))
    .filter(({ occurrenceId, at }) => !reviewed.has(occurrenceId) && at > since)
    .map(({ at, missed }) => ({ endedOn: toLocal(at.getTime(), zone).date, missed }));
}

async function followUpsOf(
  trx: Trx,
  { workspaceId, member, assignments }: RepAtPractice,
  now: number,
): Promise<{ id: string; at: Date | null }[]> {
  const open = (await practiceTimesOf(trx, workspaceId, [member.id])).filter(isOpenTime);
  return assignments.map((one) => {
    if (!isCurrent(one)) return { id: one.id, at: null };
    const time = open.find(({ assignmentId }) => assignmentId === one.id);
    return { id: one.id, at: time?.closesAt ?? new Date(now + lookAgainAfter) };
  });
}
