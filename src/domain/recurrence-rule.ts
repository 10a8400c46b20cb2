/**
 * When a duty falls due, in the wall time of whoever is asked. The zone is no part of a rule: a person who
 * moves takes their rules along.
 */

import { z } from 'zod';
import { civilDateSchema, wallTimeSchema } from './time/civil.ts';

/** ISO: Monday is 1, Sunday is 7. */
const weekday = z.int().min(1).max(7);

// No fifth: a month without one would be a period without an occurrence.
const nthWeekday = z.strictObject({
  day: z.literal('nth-weekday'),
  nth: z.literal([1, 2, 3, 4, 'last']),
  weekday,
});
const firstWorkingDay = z.strictObject({ day: z.literal('first-working-day') });
const lastWorkingDay = z.strictObject({ day: z.literal('last-working-day') });

const weekly = z.strictObject({
  kind: z.literal('weekly'),
  weekday,
  time: wallTimeSchema,
  /** Every how many weeks. */
  interval: z.int().min(1).max(52),
  /** Any date of one of the weeks that count. It starts nothing: the weeks before it count alike. */
  anchor: civilDateSchema,
});

const monthly = z.strictObject({
  kind: z.literal('monthly'),
  on: z.discriminatedUnion('day', [nthWeekday, firstWorkingDay, lastWorkingDay]),
  time: wallTimeSchema,
});

const quarterly = z.strictObject({
  kind: z.literal('quarterly'),
  /** In the first month of the fiscal quarter. */
  on: z.discriminatedUnion('day', [nthWeekday, firstWorkingDay]),
  time: wallTimeSchema,
  /** The month in which the fiscal year starts: 1 is January. */
  fiscalYearStart: z.int().min(1).max(12),
});

export const ruleSchema = z.discriminatedUnion('kind', [weekly, monthly, quarterly]);

export type Rule = z.infer<typeof ruleSchema>;
export type DayOfMonth = Extract<Rule, { kind: 'monthly' }>['on'];
