import { checkInPeriod, isForManagerToo } from '#domain/duty.ts';
import type { Settings } from '#domain/settings.ts';
import { waitsForManager } from '#services/open-check-in.ts';
import type { CheckInFacts } from '#storage/check-ins.ts';
import { firstNameOf, nameOf } from '../text.ts';

/** How one day of a programme stands; what was excused is in none of the counts. */
export interface DayState {
  day: number;
  /** When it fell due for the first of them. */
  since: Date;
  reps: number;
  answeredByReps: number;
  managerToo: boolean;
  answeredByManagers: number;
  /** Names of those whose answer can still come. */
  waitingReps: string[];
  waitingManagers: string[];
}

const dayLong = 24 * 60 * 60_000;

/** The days that have come for anybody, the latest first. */
export function daysOf(checkIns: readonly CheckInFacts[], settings: Settings, now: number): DayState[] {
  const counted = checkIns.filter(({ state, dueAt }) => state !== 'excused' && dueAt.getTime() <= now);
  return [...Map.groupBy(counted, ({ day }) => day)]
    .map(([day, ofDay]) => stateOf(day, ofDay, settings, now))
    .sort((one, other) => other.day - one.day);
}

function stateOf(day: number, ofDay: readonly CheckInFacts[], settings: Settings, now: number): DayState {
  const managerToo = isForManagerToo(checkInPeriod(day), settings);
  const isOpen = ({ state }: CheckInFacts): boolean => state === 'planned' || state === 'due';
  // The rep comes first: before the next day nobody waits for a manager.
  const waits = (one: CheckInFacts): boolean =>
    managerToo && waitsForManager(one) && one.dueAt.getTime() + dayLong <= now;
  const managers = Map.groupBy(
    ofDay.filter((one) => waits(one) && one.managerName !== null),
    ({ managerId }) => managerId,
  );
  return {
    day,
    since: new Date(Math.min(...ofDay.map(({ dueAt }) => dueAt.getTime()))),
    reps: ofDay.length,
    answeredByReps: ofDay.filter(({ rep }) => rep !== null).length,
    managerToo,
    answeredByManagers: ofDay.filter(({ manager }) => manager !== null).length,
    waitingReps: ofDay.filter((one) => isOpen(one) && one.rep === null).map(({ repName }) => nameOf(repName)),
    waitingManagers: [...managers.values()].map((ofManager) => {
      const name = nameOf(ofManager[0]?.managerName ?? '');
      return ofManager.length === 1
        ? `${name} for ${firstNameOf(ofManager[0]?.repName ?? '')}`
        : `${name} for ${ofManager.length}`;
    }),
  };
}

/** "Day 7: 5 of 8 reps have answered, managers about 3 of 8" */
export function dayLine(one: DayState, managers: string): string {
  const reps = `${one.answeredByReps} of ${one.reps} ${one.reps === 1 ? 'rep has' : 'reps have'} answered`;
  return one.managerToo
    ? `Day ${one.day}: ${reps}, ${managers} about ${one.answeredByManagers} of ${one.reps}`
    : `Day ${one.day}: ${reps}`;
}

/** Names up to a number, the others counted. */
export function namesUpTo(names: readonly string[], most: number): string {
  const rest = names.length - most;
  return rest > 0 ? `${names.slice(0, most).join(', ')} and ${rest} more` : names.join(', ');
}
