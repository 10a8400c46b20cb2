import type { NotToCertify } from '#services/certification-pair.ts';
import type { CertifyProblem } from '#services/certify.ts';
import { calledIn, sessionDay } from '../programme/view.ts';
import { inMarkup, nameOf } from '../text.ts';

type OfKnownPersons = Exclude<CertifyProblem, { kind: 'you_are_unknown' | 'yourself' | 'rep_unknown' }>;

const whoMends = 'an admin or your enablement lead can change that';

/** Why somebody cannot be certified, and what to do about it; without mark-up of its own. */
function reason(problem: OfKnownPersons): string {
  switch (problem.kind) {
    case 'not_active':
      return `${nameOf(problem.repName)} is not active in Slack any more, so there is nobody to certify.`;
    case 'not_a_rep':
      return `${nameOf(problem.repName)} is no rep in Sideline. If that is wrong, ${whoMends}.`;
    case 'not_your_report':
      return (
        `${nameOf(problem.repName)} does not report to you in Sideline, and certifying is for their manager. ` +
        `If that is wrong, ${whoMends}.`
      );
    case 'not_enrolled':
      return (
        `${nameOf(problem.repName)} is in no training that goes on, so there is nothing to certify. ` +
        'Your enablement lead enrols them with /coach programme.'
      );
    case 'too_early':
      return (
        `${nameOf(problem.repName)} can be certified from ${sessionDay(problem.from)} on, some time after the session ` +
        `of ${calledIn({ name: problem.programmeName })} on ${sessionDay(problem.sessionOn)}. Calls listened to from that day on count.`
      );
    case 'changed_meanwhile':
      return 'What the training covers was changed meanwhile. Close this and open it anew; it shows what to rate now.';
  }
}

/** In a message, where it can be read with mark-up. */
export function explain(
  problem: Exclude<NotToCertify, { kind: 'you_are_unknown' }>,
  botUserId: string | undefined,
): { text: string } {
  switch (problem.kind) {
    case 'yourself':
      return {
        text: 'That is you, and certifying is for your manager. Your Home tab shows where you stand.',
      };
    case 'rep_unknown':
      return problem.repId === botUserId
        ? { text: 'That is me, and I make no calls. Name one of your reports: `/coach certify @name`.' }
        : {
            text:
              `Sideline does not know <@${problem.repId}>, so there is nothing to certify. If they report to you, ` +
              'an admin or your enablement lead can add them.',
          };
    default:
      return { text: inMarkup(reason(problem)) };
  }
}

/** The same below a field of the form, where Slack shows text as it is. */
export function notSavedBecause(problem: CertifyProblem): string {
  switch (problem.kind) {
    case 'you_are_unknown':
    case 'yourself':
    case 'rep_unknown':
      return 'Not saved: Sideline does not know one of you any more. An admin or your enablement lead can add them.';
    default:
      return `Not saved. ${reason(problem)} What you entered is still here.`;
  }
}

export const notTakenBack = (kind: 'not_yours' | 'gone'): string =>
  kind === 'not_yours'
    ? 'They do not report to you in Sideline any more, so the certificate is for their manager to take back. Nothing was changed.'
    : 'There is no such certificate. Nothing was changed.';
