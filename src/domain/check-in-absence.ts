import { type Absence, awayOn, firstDayWithout } from './absence.ts';
import type { CheckInSide } from './retention.ts';
import { startOfDay, toInstant, toLocal } from './time/zone.ts';
import { addWorkingDays, type WorkingTime, workingDayFrom } from './working-time.ts';

/** While a check-in can be answered in time. */
export interface OpenCheckIn {
  dueAt: number;
  closesAt: number;
}

export interface Answering {
  id: string;
  time: WorkingTime;
}

/** Whether somebody was away on every working day on which their side of a check-in could be answered. */
export function couldNotAnswer(
  side: CheckInSide,
  { id, time }: Answering,
  open: OpenCheckIn,
  absences: readonly Absence[],
): boolean {
  const begins = (day: string): number => toInstant({ date: day, time: time.starts }, time.zone);
  const first = firstDayOf(side, time, open);
  if (begins(first) >= open.closesAt) return false;
  for (let day = first; begins(day) < open.closesAt; day = addWorkingDays(time, day, 1)) {
    if (awayOn(absences, id, day) === undefined) return false;
  }
  return true;
}

/**
 * Who is asked about a rep's calls in the place of the manager. Only of a manager who is away all the time: one who is
 * back before it closes has seen more of them.
 */
export function standInFor(
  manager: Answering,
  repId: string,
  open: OpenCheckIn,
  absences: readonly Absence[],
): string | null {
  if (!couldNotAnswer('manager', manager, open, absences)) return null;
  const first = firstDayOf('manager', manager.time, open);
  const standInId = awayOn(absences, manager.id, first)?.standInId ?? null;
  if (standInId === null || standInId === repId) return null;
  const there = startOfDay(firstDayWithout(absences, [standInId], first), manager.time.zone);
  return there < open.closesAt ? standInId : null;
}

/** The rep is asked first, the manager the working day after. */
function firstDayOf(side: CheckInSide, time: WorkingTime, { dueAt }: OpenCheckIn): string {
  const due = workingDayFrom(time, toLocal(dueAt, time.zone).date);
  return side === 'rep' ? due : addWorkingDays(time, due, 1);
}
