import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ruleSchema } from '#domain/recurrence.ts';
import { rules } from './rules.ts';

describe('the schema of rules', () => {
  it('lets every rule pass unchanged', () => {
    fc.assert(
      fc.property(rules, (rule) => {
        expect(ruleSchema.parse(rule)).toEqual(rule);
      }),
    );
  });

  const weeklyRule = { kind: 'weekly', weekday: 4, time: '16:00', interval: 1, anchor: '2026-01-01' };
  it.each([
    { ...weeklyRule, weekday: 0 },
    { ...weeklyRule, weekday: 8 },
    { ...weeklyRule, time: '24:00' },
    { ...weeklyRule, interval: 0 },
    { ...weeklyRule, interval: 1.5 },
    { ...weeklyRule, anchor: '2026-02-30' },
    { ...weeklyRule, zone: 'Europe/Berlin' },
    { kind: 'monthly', on: { day: 'nth-weekday', nth: 5, weekday: 1 }, time: '09:00' },
    { kind: 'quarterly', on: { day: 'last-working-day' }, time: '09:00', fiscalYearStart: 1 },
    { kind: 'quarterly', on: { day: 'first-working-day' }, time: '09:00', fiscalYearStart: 13 },
    { kind: 'yearly', time: '09:00' },
  ])('refuses %j', (input) => {
    expect(ruleSchema.safeParse(input).success).toBe(false);
  });
});
