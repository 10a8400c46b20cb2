/**
 * How a practice went, from two people: the rep, who says how it went, and the manager, who says whether it
 * could be seen.
 */
export const reflections = ['not_yet', 'partly', 'did_it'] as const;
export type Reflection = (typeof reflections)[number];

/** `not_seen` means looked for and not there; a manager who has not looked yet has verified nothing. */
export const verifications = ['not_seen', 'partly', 'seen'] as const;
export type Verification = (typeof verifications)[number];

/** The four grades of FSRS, worst first. */
export const grades = ['again', 'hard', 'good', 'easy'] as const;
export type Grade = (typeof grades)[number];

/**
 * The manager's word sets the grade, the rep's own word moves it by one at most: up, where the rep did it.
 * Unverified, the rep's word stands alone and goes no further than good.
 */
const gradeBy: Record<Verification | 'unverified', Record<Reflection, Grade>> = {
  unverified: { not_yet: 'again', partly: 'hard', did_it: 'good' },
  not_seen: { not_yet: 'again', partly: 'again', did_it: 'hard' },
  partly: { not_yet: 'hard', partly: 'hard', did_it: 'good' },
  seen: { not_yet: 'good', partly: 'good', did_it: 'easy' },
};

export function gradeOf(reflection: Reflection, verification: Verification | null): Grade {
  return gradeBy[verification ?? 'unverified'][reflection];
}

/** Hard is half a success: it lets the next date move out a little, and retires nothing. */
export function isCorrect(grade: Grade): boolean {
  return grade === 'good' || grade === 'easy';
}
