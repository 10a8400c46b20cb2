import { planAhead } from '#domain/duty.ts';
import { nextOccurrence, type Rule } from '#domain/recurrence.ts';
import { isWorkingDay } from '#domain/working-time.ts';
import type { Upcoming } from '#storage/cadences.ts';

/** The occurrence after an instant, and when the planner is to make it. */
export function nextPlanned(
  { rule, timeZone, workingDays }: { rule: Rule; timeZone: string; workingDays: readonly number[] },
  after: number,
): Upcoming {
  const works = (date: string): boolean => isWorkingDay({ days: workingDays }, date);
  const next = nextOccurrence(rule, timeZone, after, works);
  return { period: next.period, dueAt: new Date(next.due), planAt: new Date(next.due - planAhead) };
}
