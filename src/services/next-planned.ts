import { planAhead } from '#domain/duty.ts';
import { nextOccurrence, type Rule } from '#domain/recurrence.ts';
import type { Upcoming } from '#storage/cadences.ts';

/** The occurrence after an instant, and when the planner is to make it. */
export function nextPlanned(rule: Rule, zone: string, after: number): Upcoming {
  const next = nextOccurrence(rule, zone, after);
  return { period: next.period, dueAt: new Date(next.due), planAt: new Date(next.due - planAhead) };
}
