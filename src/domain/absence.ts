import type { DutyKind } from './occurrence.ts';
import { addDays } from './time/civil.ts';
import { startOfDay, toLocal } from './time/zone.ts';

/** Who says so: a person, Slack's status, or a file. */
export type AbsenceSource = 'member' | 'status' | 'import';

/** Days, both included, on which somebody is away. */
export interface Absence {
  memberId: string;
  firstDay: string;
  lastDay: string;
  standInId: string | null;
}

/** What an absence makes of one occurrence. */
export type Fate =
  | { kind: 'ask' }
  /** Somebody else is asked instead. */
  | { kind: 'stand_in'; standInId: string }
  /** Asked from this local date on. */
  | { kind: 'wait'; until: string }
  | { kind: 'excuse' };

/**
 * What a stand-in can do for whoever is asked: they do not know where the time went. Of a check-in that is the rep; for
 * the manager, who comes second, see check-in-absence.ts.
 */
const mayBeStoodIn: Record<DutyKind, boolean> = {
  one_on_one: true,
  observed_call: true,
  commitment: false,
  check_in: false,
  practice: false,
  time_report: false,
};

export interface Affected {
  kind: DutyKind;
  dueAt: number;
  closesAt: number;
  askedId: string;
  aboutId: string;
}

/**
 * Either one of a pair being away moves an occurrence to the first day both are back, or excuses it if its time
 * is over by then. `zone` is that of the person asked.
 */
export function fateOf(occurrence: Affected, zone: string, absences: readonly Absence[]): Fate {
  const { kind, askedId, aboutId, dueAt, closesAt } = occurrence;
  const day = toLocal(dueAt, zone).date;
  const back = firstDayWithout(absences, [askedId, aboutId], day);
  if (back === day) return { kind: 'ask' };
  const standInId = awayOn(absences, askedId, day)?.standInId;
  if (standInId != null && mayBeStoodIn[kind] && standInId !== aboutId) {
    const bothThere =
      awayOn(absences, aboutId, day) === undefined && awayOn(absences, standInId, day) === undefined;
    if (bothThere) return { kind: 'stand_in', standInId };
  }
  return startOfDay(back, zone) < closesAt ? { kind: 'wait', until: back } : { kind: 'excuse' };
}

export function awayOn(absences: readonly Absence[], memberId: string, day: string): Absence | undefined {
  return absences.find((one) => one.memberId === memberId && one.firstDay <= day && day <= one.lastDay);
}

/** The first day from `day` on at which none of these people is away; absences may follow on each other. */
export function firstDayWithout(
  absences: readonly Absence[],
  memberIds: readonly string[],
  day: string,
): string {
  for (let date = day; ; ) {
    const away = memberIds.map((id) => awayOn(absences, id, date)).find((one) => one !== undefined);
    if (away === undefined) return date;
    date = addDays(away.lastDay, 1);
  }
}
