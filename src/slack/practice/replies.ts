import type { AssignProblem } from '#services/assign-practice.ts';
import type { EndingProblem } from '#services/end-practice.ts';
import type { NotYoursToAssign } from '#services/practice-pair.ts';
import type { ReflectionProblem } from '#services/reflect-practice.ts';
import type { VerificationProblem } from '#services/verify-practice.ts';
import { dayInWords } from '../dates.ts';
import { firstNameOf, fitted, inMarkup, inOneLine, nameOf } from '../text.ts';
import { fields, saidOf } from './view.ts';

type OfKnownPersons = Exclude<NotYoursToAssign, { kind: 'you_are_unknown' }>;

/** Why nothing can be given to practise, and what to do about it; without mark-up of its own. */
function reason(problem: OfKnownPersons): string {
  switch (problem.kind) {
    case 'yourself':
      return 'that is you, and practice comes from your manager';
    case 'rep_unknown':
      return 'Sideline does not know them. If they report to you, an admin or your enablement lead can add them';
    case 'not_active':
      return `${nameOf(problem.repName)}'s Slack account is not active, so nothing would reach them`;
    case 'not_a_rep':
      return `${nameOf(problem.repName)} is no rep in Sideline. An admin or your enablement lead can change that`;
    case 'not_your_report':
      return (
        `${nameOf(problem.repName)} does not report to you in Sideline. ` +
        'If that is wrong, an admin or your enablement lead can change the manager'
      );
    case 'no_practice':
      return problem.because === 'wave'
        ? `${nameOf(problem.repName)} is in wave 4, which gets no practice. Your enablement lead can change the wave`
        : `practice is not meant for ${nameOf(problem.repName)} at the moment. Their manager can say more`;
  }
}

/** In a message, where it can be read with mark-up. */
export function explain(problem: OfKnownPersons, botUserId: string | undefined): { text: string } {
  switch (problem.kind) {
    case 'yourself':
      return { text: 'That is you. `/coach practice` alone shows what you practise yourself.' };
    case 'rep_unknown':
      return problem.repId === botUserId
        ? { text: 'That is me, and I need no practice. Name one of your reports: `/coach practice @name`.' }
        : {
            text:
              `Sideline does not know <@${problem.repId}>, so there is nothing to practise. If they report to you, ` +
              'an admin or your enablement lead can add them.',
          };
    default: {
      const words = inMarkup(reason(problem));
      return { text: `${words.charAt(0).toUpperCase()}${words.slice(1)}.` };
    }
  }
}

/** The same below a field of the form, or about its date. */
export function assignErrors(problem: AssignProblem, repName: string): Record<string, string> {
  const first = firstNameOf(repName);
  const kept = 'What you wrote is still here.';
  switch (problem.kind) {
    case 'you_are_unknown':
      return { [fields.item]: `Not saved: Sideline does not know you any more. ${kept}` };
    case 'no_such_item':
      return { [fields.item]: 'This item is not in the list any more. Choose another.' };
    case 'practising_already':
      return { [fields.item]: `${first} practises this already. Choose another.` };
    case 'in_the_past':
      return { [fields.due]: 'This date is over. Choose today or a later one.' };
    case 'too_far':
      return { [fields.due]: `This is far away. Choose a date up to ${dayInWords(problem.latest)}.` };
    case 'no_room':
      return { [fields.due]: noRoom(problem, first) };
    default:
      return { [fields.item]: `Not saved: ${reason(problem)}. ${kept}` };
  }
}

function noRoom(
  { because, perWeek, next }: Extract<AssignProblem, { kind: 'no_room' }>,
  first: string,
): string {
  const day = dayInWords(next);
  switch (because) {
    case 'away':
      return `${first} is away then. The first day with room after that is ${day}.`;
    case 'day_off':
      return `${first} does not work that day. The next day with room is ${day}.`;
    case 'week_is_full':
      return `${first} has ${perWeek} to practise that week, which is the most. The next day with room is ${day}.`;
  }
}

export function explainEnding(
  problem: Exclude<EndingProblem, { kind: 'you_are_unknown' }>,
  botUserId: string | undefined,
): { text: string } {
  if (problem.kind === 'no_such_assignment') {
    return { text: 'This is not there any more; nothing was changed.' };
  }
  if (problem.kind === 'practising_already') {
    const title = inMarkup(fitted(inOneLine(problem.title), 75));
    return {
      text: `“${title}” has been given again meanwhile and is practised now, so nothing was changed.`,
    };
  }
  return { text: `${explain(problem, botUserId).text} Nothing was changed.` };
}

/** Plain words: they are shown below a field, too. */
export function whyNoReflection(problem: ReflectionProblem): string {
  return problem.kind === 'not_yours'
    ? 'This was for somebody else.'
    : `${firstNameOf(problem.managerName)} has answered this look back already, so it stays as it is.`;
}

export function whyNoVerification(problem: VerificationProblem): string {
  switch (problem.kind) {
    case 'no_such_review':
      return 'This look back is not there any more.';
    case 'not_your_report':
      return (
        `${nameOf(problem.repName)} does not report to you in Sideline any more; their manager is asked instead. ` +
        'If that is wrong, an admin or your enablement lead can change it.'
      );
    case 'answered_already': {
      const { verification } = problem.verified;
      return `This is answered: ${saidOf('whoever was asked', verification)}. “Change” opens it.`;
    }
  }
}
