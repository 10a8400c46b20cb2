import type { NotToWrite } from '#services/open-debrief.ts';
import type { NoRequest } from '#services/request-watch.ts';
import type { ReviewProblem } from '#services/review-own-call.ts';
import type { DebriefProblem } from '#services/share-debrief.ts';
import { dayInWords } from '../dates.ts';
import { firstNameOf, inMarkup, nameOf } from '../text.ts';

type KnownPersonsProblem = Exclude<NotToWrite, { kind: 'you_are_unknown' }>;

const whoMends = 'an admin or your enablement lead can change that';

/** Why there is nothing to write, and what to do about it. */
export function explain(problem: KnownPersonsProblem, botUserId: string | undefined): { text: string } {
  switch (problem.kind) {
    case 'yourself':
      return {
        text: 'That is you. Name one of your reports: `/coach observe @name`. To have a call of yours listened to, use `/coach watch`.',
      };
    case 'rep_unknown':
      if (problem.repId === botUserId) {
        return { text: 'That is me, and I make no calls. Name one of your reports: `/coach observe @name`.' };
      }
      return {
        text:
          `Sideline does not know <@${problem.repId}> as somebody who sells, so there is no call to write about. ` +
          'If they report to you, an admin or your enablement lead can add them.',
      };
    case 'rep_gone':
      return {
        text: `${inMarkup(nameOf(problem.repName))} is not active in Slack any more, so nothing can be shared with them.`,
      };
    case 'not_a_rep':
      return {
        text: `${inMarkup(nameOf(problem.repName))} is no rep in Sideline, so there is no call to write about. If that is wrong, ${whoMends}.`,
      };
    case 'not_your_report':
      return {
        text:
          `${inMarkup(nameOf(problem.repName))} does not report to you in Sideline, so their calls are not yours to ` +
          `write about. If that is wrong, ${whoMends}.`,
      };
    case 'not_yours':
      return { text: 'Somebody else wrote this, so it is theirs to change.' };
    case 'withdrawn':
      return {
        text: 'This was withdrawn, so there is nothing to change. `/coach observe @name` begins anew.',
      };
    case 'over':
      return { text: 'This has been settled already. `/coach observe @name` writes about any call.' };
  }
}

/** The same below a field of the form, where Slack shows text as it is. */
export function notSavedBecause({ kind }: DebriefProblem, repName: string): string {
  const first = firstNameOf(repName);
  const kept = 'What you wrote is still here to copy.';
  switch (kind) {
    case 'not_your_report':
      return `Not saved: ${first} does not report to you in Sideline any more. ${kept} If that is wrong, ${whoMends}; then share again.`;
    case 'rep_gone':
      return `Not saved: ${first} is not active in Slack any more, so nothing can be shared. ${kept}`;
    case 'not_a_rep':
      return `Not saved: ${first} is no rep in Sideline any more. ${kept} If that is wrong, ${whoMends}.`;
    case 'withdrawn':
      return `Not saved: this was withdrawn meanwhile. ${kept} /coach observe begins anew.`;
    case 'not_yours':
      return `Not saved: somebody else wrote this, so it is theirs to change. ${kept}`;
    case 'you_are_unknown':
      return `Not saved: Sideline does not know you any more. ${kept} An admin or your enablement lead can add you.`;
    case 'yourself':
    case 'rep_unknown':
      return `Not saved: Sideline does not know ${first} any more. ${kept} If that is wrong, ${whoMends}.`;
  }
}

export const notWithdrawn = (kind: 'not_yours' | 'not_your_report'): string =>
  kind === 'not_yours'
    ? 'Somebody else wrote this, so it is theirs to withdraw. Nothing was changed.'
    : `They do not report to you in Sideline any more, so this is not yours to withdraw. Nothing was changed. If that is wrong, ${whoMends}.`;

export function noRequest({ kind }: Exclude<NoRequest, { kind: 'you_are_unknown' }>): string {
  return kind === 'no_manager'
    ? `Nobody is your manager in Sideline yet, so there is nobody to ask; ${whoMends}.`
    : 'This is for reps, to ask their manager. To write about a call of a report, use /coach observe.';
}

export function noReview(problem: ReviewProblem): string {
  switch (problem.kind) {
    case 'not_yet':
      return `This call is on ${dayInWords(problem.callOn)}. The morning after, your card asks how it went.`;
    case 'over':
      return 'This call is settled, so its question is closed.';
    case 'not_yours':
      return 'This question was for somebody else.';
  }
}

export function noAnswer({ kind }: { kind: 'not_yours' | 'withdrawn' }): string {
  return kind === 'withdrawn'
    ? 'What was shared has been withdrawn, so there is nothing to answer.'
    : 'This was shared with somebody else.';
}
