import type { AbsenceProblem } from '#services/set-absence.ts';
import { firstNameOf } from '../text.ts';
import { daysInWords, type Fields } from './view.ts';

export const howToType = 'Days like 2026-03-12, 12 Mar, 12.3., tomorrow or monday can be typed.';

/** What is wrong, below the field where it can be changed. */
export function explainAt(
  problem: Exclude<AbsenceProblem, { kind: 'long' }>,
  fields: Fields,
): Record<string, string> {
  switch (problem.kind) {
    case 'unknown':
      return {
        [fields.first]:
          'Not saved: Sideline does not know you any more. An admin or your enablement lead can add you.',
      };
    case 'in_the_past':
      return { [fields.first]: 'This day is over. Choose today or a later one.' };
    case 'ends_before_it_begins':
      return { [fields.last]: 'This is before the first day. Choose the same day or a later one.' };
    case 'overlaps':
      return {
        [fields.first]: `You are away ${daysInWords(problem)} already. Choose other days, or close this and change that one.`,
      };
    case 'gone':
      return {
        [fields.first]:
          'Not saved: what you are changing was ended meanwhile. Type /coach away to begin anew.',
      };
    case 'stand_in':
      return { [fields.standIn]: whyNot[problem.why] };
    case 'stand_in_away':
      return {
        [fields.standIn]: `${firstNameOf(problem.name)} is away ${daysInWords(problem)}. Choose somebody else, or leave this empty.`,
      };
  }
}

const whyNot: Record<Extract<AbsenceProblem, { kind: 'stand_in' }>['why'], string> = {
  yourself: 'That is you. Choose another manager, or leave this empty.',
  not_a_manager: 'Only a manager can stand in for one. Choose another manager, or leave this empty.',
  not_here:
    'Sideline cannot ask them: they are not on its list, or not a full member here any more. Choose another manager, or leave this empty.',
};
