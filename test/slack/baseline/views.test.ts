import { describe, expect, test } from 'vitest';
import { defaultSettings } from '#domain/settings.ts';
import { validateView } from '#sandbox/local-slack/blocks/validate.ts';
import type { BaselineOpened } from '#services/baseline.ts';
import { baselineModal, resultModal } from '#slack/baseline/view.ts';
import { hostileNames, programmeCalled } from '#test/slack/trainees.ts';

const answers = [5, 4, 4, 5, 3, 3, 5, 2, 2, 5];

describe.each(hostileNames)('with people called %j', (name) => {
  const opened = (more: Partial<BaselineOpened>): BaselineOpened => ({
    enrolmentId: '00000000-0000-4000-8000-000000000000',
    side: 'rep',
    programme: programmeCalled(name),
    repId: 'USAM',
    repName: name,
    managerName: name,
    own: answers,
    other: answers,
    next: [],
    pillarNames: defaultSettings.pillarNames,
    ...more,
  });

  test.each([0, 1, 8, 60])('the questions and what came out fit, with %d reps to come', (count) => {
    const next = Array.from({ length: count }, (_, index) => ({ enrolmentId: `E${index}`, repName: name }));
    for (const side of ['rep', 'manager'] as const) {
      for (const own of [undefined, answers]) {
        for (const other of [undefined, answers]) {
          const one = opened({ side, own, other, next });
          expect(validateView(baselineModal(one))).toEqual([]);
          expect(validateView(resultModal(one))).toEqual([]);
        }
      }
    }
  });

  test('a manager reads first whom it is about, and both what the numbers mean', () => {
    for (const side of ['rep', 'manager'] as const) {
      const [first] = baselineModal(opened({ side })).blocks;
      expect(JSON.stringify(first)).toContain('1 is not at all, 5 is just like');
      expect(JSON.stringify(first).includes(', before ')).toBe(side === 'manager');
    }
  });

  test('what else comes naturally is for the rep alone', () => {
    expect(JSON.stringify(resultModal(opened({ side: 'rep' })))).toContain('Also comes naturally');
    expect(JSON.stringify(resultModal(opened({ side: 'manager' })))).not.toContain('comes naturally\\n');
    expect(JSON.stringify(resultModal(opened({ side: 'manager' })))).not.toContain('hard work');
  });
});
