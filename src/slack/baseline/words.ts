import {
  type BaselineAnswers,
  differences,
  type Level,
  levelOf,
  type OtherHabit,
  pillarScores,
} from '#domain/baseline.ts';
import { pillars } from '#domain/pillar.ts';
import type { Settings } from '#domain/settings.ts';
import { inOneLine } from '../text.ts';

type Names = Settings['pillarNames'];

const levels: Record<Level, string> = {
  strong: 'strong',
  foundation: 'a foundation to build on',
  new: 'new ground',
};

export const habits: Record<OtherHabit, string> = {
  relationship_builder: 'building relationships',
  lone_wolf: 'following your own instinct',
  reactive_problem_solver: 'solving problems for customers',
  hard_worker: 'hard work',
};

/** "Teach: 7 of 10, a foundation to build on" */
export function scoreLines(answers: BaselineAnswers, names: Names): string[] {
  const scores = pillarScores(answers);
  return pillars.map(
    (pillar) => `${inOneLine(names[pillar])}: ${scores[pillar]} of 10, ${levels[levelOf(scores[pillar])]}`,
  );
}

/** "Teach: you 7, Dana 6" */
export function differenceLines(
  { rep, manager }: { rep: BaselineAnswers; manager: BaselineAnswers },
  names: Names,
  called: { rep: string; manager: string },
): string[] {
  return differences(pillarScores(rep), pillarScores(manager)).map(
    (one) => `${inOneLine(names[one.pillar])}: ${called.rep} ${one.rep}, ${called.manager} ${one.manager}`,
  );
}
