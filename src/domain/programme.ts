/** When a training asks what: the baseline before it, the check-ins after it. */

import { waveApart } from './coverage.ts';
import type { Settings } from './settings.ts';
import { addDays } from './time/civil.ts';
import { toInstant, toLocal } from './time/zone.ts';
import { type WorkingTime, workingDayFrom } from './working-time.ts';

/** Further away than this, a date is taken for a slip of the pen. */
const mostDaysAway = 366;

export function isDateWithinReason(sessionOn: string, today: string): boolean {
  return sessionOn >= addDays(today, -mostDaysAway) && sessionOn <= addDays(today, mostDaysAway);
}

/** The fourth wave is enrolled for the record, and asked nothing. */
export const isAskedIn = (wave: number | null): boolean => wave !== waveApart;

/** Answers about oneself before a training are of use as long as it has not been. */
export const isBaselineAsked = (sessionOn: string, today: string): boolean => today <= sessionOn;

type CheckInSettings = Pick<Settings, 'cardTime' | 'checkInDays' | 'checkInClosesAfterDays'>;

export interface CheckInMoment {
  day: number;
  /** The working day on whose card it comes. */
  askedOn: string;
  dueAt: number;
  closesAt: number;
}

/** One check-in, so many days after training, in the rep's own time. */
export function checkInMoment(
  sessionOn: string,
  day: number,
  rep: WorkingTime,
  { cardTime, checkInClosesAfterDays }: CheckInSettings,
): CheckInMoment {
  const date = addDays(sessionOn, day);
  return {
    day,
    askedOn: workingDayFrom(rep, date),
    dueAt: toInstant({ date, time: cardTime }, rep.zone),
    closesAt: toInstant({ date: addDays(date, checkInClosesAfterDays), time: cardTime }, rep.zone),
  };
}

/** What is still to be asked of somebody who is enrolled now; what would have been asked before today is left out. */
export function checkInsAhead(
  sessionOn: string,
  rep: WorkingTime,
  settings: CheckInSettings,
  now: number,
): CheckInMoment[] {
  const today = toLocal(now, rep.zone).date;
  return settings.checkInDays
    .map((day) => checkInMoment(sessionOn, day, rep, settings))
    .filter(({ askedOn }) => askedOn >= today);
}
