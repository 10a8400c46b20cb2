import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  baselineItems,
  differences,
  levelOf,
  otherHabits,
  otherHabitsIn,
  pillarScores,
} from '#domain/baseline.ts';
import { pillars } from '#domain/pillar.ts';

const answers = fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 10, maxLength: 10 });

test('each item measures what the method says', () => {
  expect(baselineItems.map(({ measures }) => measures)).toEqual([
    'relationship_builder',
    'teach',
    'teach',
    'lone_wolf',
    'tailor',
    'tailor',
    'reactive_problem_solver',
    'takeControl',
    'takeControl',
    'hard_worker',
  ]);
});

test('items are short, calm and different for whoever reads them', () => {
  const texts = baselineItems.flatMap(({ rep, manager }) => [rep, manager]);
  expect(new Set(texts).size).toBe(20);
  for (const text of texts) {
    expect(text.length).toBeLessThanOrEqual(150);
    expect(text).toMatch(/^[A-Z][^!]*\.$/);
  }
  for (const { manager } of baselineItems) expect(manager).not.toMatch(/\b(I|my|me)\b/);
});

test('a pillar is the sum of its two items', () => {
  expect(pillarScores([5, 1, 2, 5, 3, 4, 5, 5, 5, 5])).toEqual({ teach: 3, tailor: 7, takeControl: 10 });
});

test('any answers: each pillar from 2 to 10, recomputed from the numbers of the items', () => {
  fc.assert(
    fc.property(answers, (given) => {
      const number = (item: number) => given[item - 1] ?? 0;
      expect(pillarScores(given)).toEqual({
        teach: number(2) + number(3),
        tailor: number(5) + number(6),
        takeControl: number(8) + number(9),
      });
      for (const pillar of pillars) {
        expect(pillarScores(given)[pillar]).toBeGreaterThanOrEqual(2);
        expect(pillarScores(given)[pillar]).toBeLessThanOrEqual(10);
      }
    }),
  );
});

test.each([
  [2, 'new'],
  [4, 'new'],
  [5, 'foundation'],
  [7, 'foundation'],
  [8, 'strong'],
  [10, 'strong'],
])('%i is %s', (score, level) => {
  expect(levelOf(score)).toBe(level);
});

test('another habit shows from 4 on', () => {
  expect(otherHabitsIn([4, 5, 5, 3, 5, 5, 5, 5, 5, 3])).toEqual([
    'relationship_builder',
    'reactive_problem_solver',
  ]);
  expect(otherHabitsIn([3, 5, 5, 3, 5, 5, 3, 5, 5, 3])).toEqual([]);
  expect(otherHabitsIn([5, 1, 1, 4, 1, 1, 5, 1, 1, 4])).toEqual([...otherHabits]);
});

test('the pillars do not touch the other habits, nor these the pillars', () => {
  fc.assert(
    fc.property(answers, answers, (some, others) => {
      const mixed = some.map((answer, index) =>
        [0, 3, 6, 9].includes(index) ? (others[index] ?? 1) : answer,
      );
      expect(pillarScores(mixed)).toEqual(pillarScores(some));
      expect(otherHabitsIn(mixed)).toEqual(otherHabitsIn(others));
    }),
  );
});

test('the difference is positive where the manager sees more', () => {
  const rep = { teach: 5, tailor: 8, takeControl: 2 };
  const manager = { teach: 8, tailor: 8, takeControl: 2 };
  expect(differences(rep, manager)).toEqual([
    { pillar: 'teach', rep: 5, manager: 8, difference: 3 },
    { pillar: 'tailor', rep: 8, manager: 8, difference: 0 },
    { pillar: 'takeControl', rep: 2, manager: 2, difference: 0 },
  ]);
  expect(differences(manager, rep)[0]?.difference).toBe(-3);
});

test.each([
  [[]],
  [[1, 2, 3]],
  [[1, 1, 1, 1, 1, 1, 1, 1, 1, 6]],
  [[0, 1, 1, 1, 1, 1, 1, 1, 1, 1]],
  [[1.5, 1, 1, 1, 1, 1, 1, 1, 1, 1]],
])('what are not ten answers from 1 to 5 is refused: %j', (wrong) => {
  expect(() => pillarScores(wrong)).toThrow();
  expect(() => otherHabitsIn(wrong)).toThrow();
});
