/** What a workspace may set for itself; everything here has the method's value until somebody changes it. */

import { z } from 'zod';
import type { DayOfMonth } from './recurrence-rule.ts';
import { wallTimeSchema } from './time/civil.ts';

/** ISO: Monday is 1, Sunday is 7. */
const weekday = z.int().min(1).max(7);
const percent = z.number().min(0).max(100);
const whole = (from: number, to: number) => z.int().min(from).max(to);
const name = z.string().trim().min(1).max(24);

const ascending = (numbers: number[]): boolean =>
  numbers.every((number, index) => index === 0 || number > (numbers[index - 1] ?? 0));

/** A tenth of a percent is as near as people give it; sums of such numbers are not exact. */
export const mixSum = (mix: Record<string, number>): number =>
  Math.round(Object.values(mix).reduce((sum, share) => sum + share, 0) * 10) / 10;

const budgetSchema = z
  .strictObject({
    managerPerDay: whole(1, 5),
    managerPerWeek: whole(1, 25),
    repPerDay: whole(1, 5),
    repPerWeek: whole(1, 25),
  })
  .refine((one) => one.managerPerWeek >= one.managerPerDay && one.repPerWeek >= one.repPerDay);

const referenceMixSchema = z
  .strictObject({ innovating: percent, coaching: percent, selling: percent, allocation: percent })
  .refine((mix) => mixSum(mix) === 100);

const pillarNamesSchema = z
  .strictObject({ teach: name, tailor: name, takeControl: name })
  .refine((names) => new Set(Object.values(names).map((one) => one.toLowerCase())).size === 3);

export const observedCallDays = ['first-working-day', 'first-monday', 'second-monday'] as const;

export const settingSchemas = {
  /** For people who have set nothing of their own. */
  workingDays: z.array(weekday).min(1).max(7).refine(ascending),
  workStarts: wallTimeSchema,
  workEnds: wallTimeSchema,
  /** The month: 1 is January. */
  fiscalYearStart: whole(1, 12),

  /** Or the start of the person's working day, if that is later. */
  cardTime: wallTimeSchema,
  budget: budgetSchema,

  /** For pairs without a slot of their own. */
  oneOnOneWeekday: weekday,
  oneOnOneTime: wallTimeSchema,
  /** A commitment comes onto the card if no 1:1 comes within so many working days of its date. */
  commitmentOnCardAfterWorkingDays: whole(0, 10),
  commitmentClosesAfterDays: whole(7, 90),
  habitApplications: whole(1, 10),
  habitAccounts: whole(1, 10),
  habitWeeks: whole(1, 26),

  observedCallDay: z.enum(observedCallDays),
  /** Working days of the month on whose cards it is asked again. */
  observedCallFollowUps: z.array(whole(2, 20)).max(4).refine(ascending),
  quietDaysAtQuarterEnd: whole(0, 10),

  /** Days after training. */
  checkInDays: z.array(whole(1, 365)).min(1).max(10).refine(ascending),
  /** Up to this day only the rep is asked. */
  checkInRepAloneUntilDay: whole(0, 365),
  checkInAskedAgainAfterWorkingDays: whole(1, 10),
  checkInClosesAfterDays: whole(3, 60),

  practicePerWeek: whole(1, 5),
  practiceClosesAfterDays: whole(2, 30),
  practiceLongestIntervalDays: whole(7, 365),

  timeReportWeekday: weekday,
  timeReportTime: wallTimeSchema,
  /** The first such moment after it fell due. */
  timeReportClosesWeekday: weekday,
  timeReportClosesTime: wallTimeSchema,
  referenceMix: referenceMixSchema,

  certificationRating: whole(2, 10),
  certificationEarliestDay: whole(0, 365),
  certificationEvidenceDays: whole(7, 365),
  certificationValidDays: whole(30, 730),
  /** Percent of all eligible reps. */
  certificationCoverageTarget: whole(1, 100),

  digestWeekday: weekday,
  digestTime: wallTimeSchema,

  /** Guests of the workspace itself; people of other organisations never get a message. */
  guestsAllowed: z.boolean(),

  pillarNames: pillarNamesSchema,

  /** What people wrote is removed when it is older; 0 keeps it until it is erased. */
  textsKeptMonths: whole(0, 120),
} as const;

export const settingsSchema = z
  .strictObject(settingSchemas)
  .refine((settings) => settings.workStarts < settings.workEnds);

export type Settings = z.infer<typeof settingsSchema>;
export type SettingKey = keyof Settings;

export const settingKeys = Object.keys(settingSchemas) as SettingKey[];

export const defaultSettings: Readonly<Settings> = {
  workingDays: [1, 2, 3, 4, 5],
  workStarts: '09:00',
  workEnds: '17:00',
  fiscalYearStart: 1,

  cardTime: '09:00',
  budget: { managerPerDay: 2, managerPerWeek: 10, repPerDay: 1, repPerWeek: 4 },

  oneOnOneWeekday: 4,
  oneOnOneTime: '16:00',
  commitmentOnCardAfterWorkingDays: 3,
  commitmentClosesAfterDays: 30,
  habitApplications: 3,
  habitAccounts: 2,
  habitWeeks: 3,

  observedCallDay: 'first-working-day',
  observedCallFollowUps: [10, 15],
  quietDaysAtQuarterEnd: 3,

  checkInDays: [2, 7, 14, 30, 60, 90],
  checkInRepAloneUntilDay: 2,
  checkInAskedAgainAfterWorkingDays: 2,
  checkInClosesAfterDays: 14,

  practicePerWeek: 2,
  practiceClosesAfterDays: 7,
  practiceLongestIntervalDays: 60,

  timeReportWeekday: 5,
  timeReportTime: '15:00',
  timeReportClosesWeekday: 1,
  timeReportClosesTime: '18:00',
  referenceMix: { innovating: 29, coaching: 28, selling: 27, allocation: 16 },

  certificationRating: 8,
  certificationEarliestDay: 14,
  certificationEvidenceDays: 60,
  certificationValidDays: 180,
  certificationCoverageTarget: 80,

  digestWeekday: 2,
  digestTime: '09:00',

  guestsAllowed: false,

  pillarNames: { teach: 'Teach', tailor: 'Tailor', takeControl: 'Take Control' },

  textsKeptMonths: 0,
};

/**
 * What holds, given what was ever stored. A value that no longer fits, because the product has changed since,
 * gives way to the default, and is named so that somebody learns of it.
 */
export function settingsFrom(stored: ReadonlyMap<string, unknown>): {
  settings: Settings;
  unfit: SettingKey[];
} {
  const read = settingKeys
    .filter((key) => stored.has(key))
    .map((key) => ({ key, parsed: settingSchemas[key].safeParse(stored.get(key)) }));
  const fitting = Object.fromEntries(
    read.flatMap(({ key, parsed }) => (parsed.success ? [[key, parsed.data] as const] : [])),
  );
  const unfit = read.flatMap(({ key, parsed }) => (parsed.success ? [] : [key]));
  const whole = settingsSchema.safeParse({ ...defaultSettings, ...fitting });
  if (whole.success) return { settings: whole.data, unfit };
  // One by one they fit; what does not go together is the working day.
  const { workStarts, workEnds } = defaultSettings;
  const settings = settingsSchema.parse({ ...defaultSettings, ...fitting, workStarts, workEnds });
  return { settings, unfit: [...unfit, 'workStarts', 'workEnds'] };
}

export function observedCallOn(day: Settings['observedCallDay']): DayOfMonth {
  switch (day) {
    case 'first-working-day':
      return { day };
    case 'first-monday':
      return { day: 'nth-weekday', nth: 1, weekday: 1 };
    case 'second-monday':
      return { day: 'nth-weekday', nth: 2, weekday: 1 };
  }
}
