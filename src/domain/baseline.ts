/**
 * Ten statements before training, answered from 1 to 5 by the rep and then by the manager. Six of them measure
 * the pillars; four show which other habits of selling come naturally.
 */

import { z } from 'zod';
import { type Pillar, perPillar, pillars } from './pillar.ts';

export const otherHabits = [
  'relationship_builder',
  'lone_wolf',
  'reactive_problem_solver',
  'hard_worker',
] as const;
export type OtherHabit = (typeof otherHabits)[number];

export interface BaselineItem {
  measures: Pillar | OtherHabit;
  /** As the rep reads it, about themself. */
  rep: string;
  /** As the manager reads it, about the rep. */
  manager: string;
}

/** In the order asked: the number of an item is its place here, from 1. */
export const baselineItems: readonly BaselineItem[] = [
  {
    measures: 'relationship_builder',
    rep: 'I put more into being liked by a customer than into pushing their thinking.',
    manager: 'Puts more into being liked by a customer than into pushing their thinking.',
  },
  {
    measures: 'teach',
    rep: 'Customers leave my calls knowing something about their own business that was new to them.',
    manager: 'Customers leave the calls knowing something about their own business that was new to them.',
  },
  {
    measures: 'teach',
    rep: 'Before I show anything, I say why the way they work today costs them more than they think.',
    manager: 'Says why the way a customer works today costs more than they think, before showing anything.',
  },
  {
    measures: 'lone_wolf',
    rep: 'I would rather follow my own instinct on a deal than the way the team does it.',
    manager: 'Would rather follow their own instinct on a deal than the way the team does it.',
  },
  {
    measures: 'tailor',
    rep: 'I tell the same story differently to a finance lead and to somebody who will use it every day.',
    manager: 'Tells the same story differently to a finance lead and to somebody who will use it every day.',
  },
  {
    measures: 'tailor',
    rep: 'I can say what each person in a deal is measured on this year.',
    manager: 'Can say what each person in a deal is measured on this year.',
  },
  {
    measures: 'reactive_problem_solver',
    rep: 'When an existing customer has a problem, I solve it myself, even if a new deal has to wait.',
    manager: 'Solves an existing customer’s problem themself, even if a new deal has to wait.',
  },
  {
    measures: 'takeControl',
    rep: 'I name the price and then leave the silence to the customer.',
    manager: 'Names the price and then leaves the silence to the customer.',
  },
  {
    measures: 'takeControl',
    rep: 'When a deal drifts, I say so and propose a next step with a date.',
    manager: 'Says so when a deal drifts, and proposes a next step with a date.',
  },
  {
    measures: 'hard_worker',
    rep: 'When the numbers are behind, my answer is more calls and longer days.',
    manager: 'Answers numbers that are behind with more calls and longer days.',
  },
];

/** Ten answers, in the order of the items; 1 is "not like me", 5 is "just like me". */
export const baselineAnswersSchema = z.array(z.int().min(1).max(5)).length(baselineItems.length);
export type BaselineAnswers = z.infer<typeof baselineAnswersSchema>;

/** From 2 to 10 for each pillar, the scale on which a manager certifies, too. */
export type PillarScores = Record<Pillar, number>;

export function pillarScores(answers: BaselineAnswers): PillarScores {
  const checked = baselineAnswersSchema.parse(answers);
  return perPillar((pillar) =>
    checked.reduce((sum, answer, index) => sum + (baselineItems[index]?.measures === pillar ? answer : 0), 0),
  );
}

export type Level = 'strong' | 'foundation' | 'new';

export function levelOf(score: number): Level {
  if (score >= 8) return 'strong';
  return score >= 5 ? 'foundation' : 'new';
}

/** Shown to the rep alone, as what "also comes naturally"; from the rep's own answers. */
export function otherHabitsIn(answers: BaselineAnswers): OtherHabit[] {
  const checked = baselineAnswersSchema.parse(answers);
  return otherHabits.filter((habit) =>
    checked.some((answer, index) => answer >= 4 && baselineItems[index]?.measures === habit),
  );
}

export interface PillarDifference {
  pillar: Pillar;
  rep: number;
  manager: number;
  /** Positive where the manager sees more than the rep does. */
  difference: number;
}

export function differences(rep: PillarScores, manager: PillarScores): PillarDifference[] {
  return pillars.map((pillar) => ({
    pillar,
    rep: rep[pillar],
    manager: manager[pillar],
    difference: manager[pillar] - rep[pillar],
  }));
}
