import { planAhead } from '#domain/duty.ts';
import { nextOccurrence, type Rule } from '#domain/recurrence.ts';
import { isWorkingDay } from '#domain/working-time.ts';
import type { Upcoming } from '#storage/cadences.ts';

/** A rule, and what decides on which days it falls for whoever is asked. */
export interface RuleOfSomebody {
  rule: Rule;
  timeZone: string;
  workingDays: readonly number[];
  country?: string | null | undefined;
}

/** The occurrence after an instant, and when the planner is to make it. */
export function nextPlanned(
  { rule, timeZone, workingDays, country }: RuleOfSomebody,
  after: number,
): Upcoming {
  const works = (date: string): boolean => isWorkingDay({ days: workingDays, country }, date);
  const next = nextOccurrence(rule, timeZone, after, works);
  return { period: next.period, dueAt: new Date(next.due), planAt: new Date(next.due - planAhead) };
}
