import { expect, test } from 'vitest';
import { excuseAsReason, excuses } from '#domain/excuse.ts';
import { dutyKinds } from '#domain/occurrence.ts';
import { excusedLine } from '#slack/card/excused.ts';
import type { OccurrenceFacts } from '#storage/card.ts';

const at = new Date('2026-03-05T21:00:00Z');
const fallen = (more: Partial<OccurrenceFacts>): OccurrenceFacts => ({
  occurrenceId: 'O1',
  kind: 'one_on_one',
  period: '2026-W10',
  state: 'excused',
  reason: null,
  askedId: 'U0DANA',
  askedName: 'Dana',
  aboutId: 'U0SAM',
  aboutName: 'Sam',
  standInId: null,
  subjectId: null,
  dueAt: at,
  closesAt: at,
  snoozedUntil: null,
  onNewerCard: null,
  ...more,
});

test('whoever excused something reads what they chose, and nobody what was written beside it', () => {
  for (const kind of dutyKinds) {
    for (const excuse of excuses) {
      const one = fallen({ kind, reason: excuseAsReason(excuse, 'It was my own fault.') });
      const own = excusedLine(one, 'U0DANA');
      expect(own.startsWith('\nExcused; it does not count.')).toBe(true);
      expect(own === '\nExcused; it does not count.').toBe(excuse === 'other');
      expect(own).not.toContain('fault');
      expect(excusedLine(one, 'U0SAM')).toBe('\nExcused; it does not count.');
    }
  }
  const alone = fallen({ kind: 'practice', askedId: 'U0SAM', reason: 'one_was_away' });
  expect(excusedLine(alone, 'U0SAM')).toBe('\nExcused; it does not count. I was away.');
});

test('what the product excused itself gives no reason here, and a stand-in does not read the excuse of another', () => {
  expect(excusedLine(fallen({ reason: 'paused' }), 'U0DANA')).toBe('\nExcused; it does not count.');
  const stoodIn = fallen({ reason: 'customer_first', standInId: 'U0LEE' });
  expect(excusedLine(stoodIn, 'U0DANA')).toBe('\nExcused; it does not count.');
  expect(excusedLine(stoodIn, 'U0LEE')).toContain('A customer came first');
});
