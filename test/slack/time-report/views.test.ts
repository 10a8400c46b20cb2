import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { drivers, mixOf, referenceOf, type TimeSpent } from '#domain/manager-time.ts';
import { weeksToTell } from '#domain/reported-week.ts';
import { defaultSettings } from '#domain/settings.ts';
import { addDays } from '#domain/time/civil.ts';
import { overviewOf } from '#domain/time-comparison.ts';
import { validateView } from '#sandbox/local-slack/blocks/validate.ts';
import type { TimeToReport } from '#services/open-time-report.ts';
import type { TimeCompared } from '#services/report-time.ts';
import { mixBars, trendTable } from '#slack/time-report/bars.ts';
import { comparisonModal } from '#slack/time-report/comparison.ts';
import { timeModal } from '#slack/time-report/modal.ts';
import type { KeptTimeReport } from '#storage/time-reports.ts';

const reference = referenceOf(defaultSettings);
const at = new Date('2026-03-06T20:00:00Z');
const week = '2026-03-02';

const kept = (spent: TimeSpent, of = week, note: string | null = null): KeptTimeReport => ({
  ...spent,
  id: '00000000-0000-4000-8000-000000000000',
  managerId: 'U0DANA',
  week: of,
  occurrenceId: null,
  unit: 'hours',
  note,
  reportedAt: at,
  savedAt: at,
  late: false,
});
const spent = { innovating: 100, coaching: 33.33, selling: 0.01, allocation: 0, everything_else: 12.5 };

const hostile = [
  'M'.repeat(200),
  '<!channel> &<>"*_~`',
  '🧑🏽‍🚀'.repeat(60),
  'שרה'.repeat(80),
  '\u202E!',
  ' ',
];

function toReport(reps: number, name: string): TimeToReport {
  const people = Array.from({ length: reps }, (_, index) => ({
    id: `U0REP${index}`,
    name: `${name} ${index}`,
  }));
  return {
    week,
    zone: 'America/New_York',
    asked: 'due',
    said: {
      report: kept(spent, week, 'n'.repeat(1000)),
      minutes: new Map(people.map(({ id }) => [id, 6000])),
    },
    unit: 'percent',
    weeks: weeksToTell(week).map((one) => ({ week: one, reported: true, dueAt: undefined })),
    reps: people,
  };
}

describe.each([0, 1, 8, 60, 200])('with %d reports', (reps) => {
  test.each(hostile)('called %j, the form stays within the limits', (name) => {
    const shown = toReport(reps, name);
    const forms = [0, 20, 80].flatMap((count) => [
      timeModal(shown, { week, saved: week, more: count > 0, reps: count }),
      timeModal({ ...shown, said: undefined, asked: 'expired' }, { week, more: count > 0, reps: count }),
    ]);
    for (const form of forms) {
      expect(validateView(form)).toEqual([]);
      expect(JSON.stringify(form)).not.toContain('\u202E');
    }
  });
});

const hours = fc.double({ min: 0, max: 100, noNaN: true }).map((one) => Math.round(one * 100) / 100);
const week_ = fc.record({
  innovating: hours,
  coaching: hours,
  selling: hours,
  allocation: hours,
  everything_else: hours,
});

test('bars and columns fit a phone, and what is there is seen', () => {
  fc.assert(
    fc.property(week_, (one) => {
      const mix = mixOf(one);
      fc.pre(mix !== undefined);
      const lines = mixBars(mix, reference).split('\n');
      expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(28);
      const own = lines.filter((line) => line.startsWith('you'));
      expect(own.map((line) => /[█▌]/.test(line))).toEqual(drivers.map((driver) => mix[driver] > 0));
      const table = trendTable([
        { week: '2026-11-16', n: 1, mix },
        { week: '2026-11-23', n: 0, mix: undefined },
      ]);
      expect(table.split('\n').every((line) => line.length <= 28)).toBe(true);
    }),
  );
});

test('what is shown back stays within the limits, whatever was reported', () => {
  const several = fc.array(week_, { minLength: 1, maxLength: 11 });
  const outcomes = fc.constantFrom('reported' as const, 'corrected' as const, 'unchanged' as const);
  fc.assert(
    fc.property(several, outcomes, fc.boolean(), (all, outcome, late) => {
      const reports = all.map((one, index) => kept(one, addDays(week, 7 * index)));
      const report = { ...(reports.at(-1) ?? kept(spent)), late };
      const compared: TimeCompared = {
        outcome,
        report,
        mix: mixOf(report),
        reference,
        overview: overviewOf(reports, reference),
        managersManagerId: undefined,
      };
      expect(validateView(comparisonModal(compared))).toEqual([]);
    }),
    { numRuns: 50 },
  );
});
